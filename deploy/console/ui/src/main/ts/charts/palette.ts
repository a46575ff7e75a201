import type { Theme } from "../state/settings.ts";

/** Colours of a theme. Blue and orange for the IP versions: told apart by every kind of colour sight. */
/** Letters of a chart: a canvas inherits nothing from the page. */
export interface ChartFont {
  readonly family: string;
  readonly size: number;
}

export function chartFont(isWall: boolean): ChartFont {
  return { family: getComputedStyle(document.body).fontFamily, size: isWall ? 16 : 11 };
}

export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
  readonly panel: string;
  readonly v6: string;
  readonly v4: string;
  readonly total: string;
  readonly previous: string;
  readonly other: string;
  readonly target: string;
  readonly series: readonly string[];
  /** From little to much, for heat maps. */
  readonly ramp: readonly string[];
}

const LIGHT: Palette = {
  text: "#1a2330",
  muted: "#55606f",
  grid: "#e8ebef",
  axis: "#b8c0ca",
  panel: "#ffffff",
  v6: "#1d5fd0",
  v4: "#d98a1f",
  total: "#2d3a4a",
  previous: "#7d8896",
  other: "#b3bac4",
  target: "#b3261e",
  series: ["#1d5fd0", "#d98a1f", "#138a72", "#b4418e", "#6a55c2", "#8a6d1b", "#3b8fc4", "#c2523c", "#5f8f2f", "#7c6a8f", "#2f7f86", "#a86a4a"],
  ramp: ["#eef3fb", "#c7d8f2", "#8fb2e6", "#5488d6", "#1d5fd0", "#143f8c"],
};

const DARK: Palette = {
  text: "#e6eaf0",
  muted: "#a3adba",
  grid: "#232b36",
  axis: "#4a5566",
  panel: "#151b24",
  v6: "#6ea3ff",
  v4: "#e6a64c",
  total: "#d5dce6",
  previous: "#8b96a5",
  other: "#59636f",
  target: "#ff8a80",
  series: ["#6ea3ff", "#e6a64c", "#3fc1a3", "#e08ac2", "#a493f0", "#c9ad52", "#74c2ee", "#f0907a", "#9fca6c", "#b9a6cc", "#66bfc6", "#d9a182"],
  ramp: ["#182231", "#1d3457", "#234b85", "#3467b5", "#6ea3ff", "#c3d9ff"],
};

export function palette(theme: Theme): Palette {
  return theme === "dark" ? DARK : LIGHT;
}

/** Line styles told apart without colour, in turn with the colours. */
export const DASHES: ReadonlyArray<"solid" | number[]> = ["solid", [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 2, 1, 2]];

/** Symbols told apart without colour; they stand in legends and at line ends. */
export const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"] as const;
