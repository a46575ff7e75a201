/** Positions of nodes on the map. */

export interface Place {
  readonly x: number;
  readonly y: number;
  /** Where longitude and latitude are; the node itself may have been moved aside. */
  readonly anchorX: number;
  readonly anchorY: number;
}

interface Located {
  readonly node: string;
  readonly latitude: number;
  readonly longitude: number;
}

const WEST = 95;
const EAST = 128;
const SOUTH = 17;
const NORTH = 45;

/**
 * Equirectangular places, pushed apart until no two nodes overlap: several nodes share a city. The
 * same input gives the same places.
 */
export function placeNodes(nodes: readonly Located[], width: number, height: number, distance = 66): ReadonlyMap<string, Place> {
  const margin = 40;
  const at = nodes.map((node, index) => {
    const x = ((node.longitude - WEST) / (EAST - WEST)) * width;
    const y = height - ((node.latitude - SOUTH) / (NORTH - SOUTH)) * height;
    // A tiny offset by index, so that nodes of one city have a direction to go.
    return { node: node.node, anchorX: x, anchorY: y, x: x + Math.cos(index * 2.4) * 0.5, y: y + Math.sin(index * 2.4) * 0.5 };
  });
  for (let round = 0; round < 200; round += 1) {
    let moved = false;
    for (let i = 0; i < at.length; i += 1) {
      for (let j = i + 1; j < at.length; j += 1) {
        const a = at[i];
        const b = at[j];
        if (a === undefined || b === undefined) {
          continue;
        }
        const dx = b.x - a.x;
        const dy = (b.y - a.y) * 1.15;
        const apart = Math.hypot(dx, dy);
        if (apart < distance) {
          const push = (distance - apart) / 2 / Math.max(apart, 0.01);
          a.x -= dx * push;
          a.y -= dy * push;
          b.x += dx * push;
          b.y += dy * push;
          moved = true;
        }
      }
    }
    for (const one of at) {
      one.x = Math.min(width - margin, Math.max(margin, one.x));
      one.y = Math.min(height - margin, Math.max(margin, one.y));
    }
    if (!moved) {
      break;
    }
  }
  return new Map(at.map((one) => [one.node, { x: one.x, y: one.y, anchorX: one.anchorX, anchorY: one.anchorY }]));
}
