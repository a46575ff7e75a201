import type { ComponentChildren } from "preact";
import { palette } from "../charts/palette.ts";
import { useSettings } from "../state/settings.ts";

export interface HeatCell {
  readonly text: string;
  /** 0 to 1: how strong the cell is shaded. Null: nothing is known. */
  readonly strength: number | null;
  readonly title?: string | undefined;
  readonly isHatched?: boolean | undefined;
  readonly content?: ComponentChildren;
}

interface Props {
  readonly caption: string;
  readonly corner: string;
  readonly columns: ReadonlyArray<{ readonly key: string; readonly title: string }>;
  readonly rows: ReadonlyArray<{ readonly key: string; readonly title: ComponentChildren }>;
  readonly cell: (row: string, column: string) => HeatCell | null;
  readonly isCompact?: boolean;
}

/** Dark text on light cells, light text on dark ones. */
export function inkOf(hex: string): string {
  const channel = (from: number) => {
    const c = parseInt(hex.slice(from, from + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  // Equal contrast to black and to white is at 0.179.
  return luminance > 0.179 ? "#000000" : "#ffffff";
}

/** A heat map that is a table: every cell says its number, the shade only helps the eye. */
export function HeatTable({ caption, corner, columns, rows, cell, isCompact = false }: Props) {
  const { theme } = useSettings();
  const ramp = palette(theme).ramp;
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table class={`heat${isCompact ? " is-compact" : ""}`}>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.title}</th>
              {columns.map((column) => {
                const found = cell(row.key, column.key);
                if (found === null) {
                  return <td key={column.key} class="heat-0" />;
                }
                const index = found.strength === null ? -1 : Math.min(ramp.length - 1, Math.max(0, Math.round(found.strength * (ramp.length - 1))));
                const color = ramp[index];
                return (
                  <td
                    key={column.key}
                    title={found.title}
                    class={found.isHatched === true ? "hatch" : color === undefined ? "heat-0" : undefined}
                    style={color === undefined || found.isHatched === true ? undefined : { background: color, color: inkOf(color) }}
                  >
                    {found.content ?? found.text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The scale of the shades. */
export function HeatLegend({ from, to }: { readonly from: string; readonly to: string }) {
  const { theme } = useSettings();
  return (
    <span class="heat-legend">
      {from}
      {palette(theme).ramp.map((color) => (
        <i key={color} style={{ background: color }} />
      ))}
      {to}
    </span>
  );
}
