import { colorOf, dashOf } from "./timeOption.ts";
import { palette } from "./palette.ts";
import type { Series } from "./series.ts";
import { useSettings } from "../state/settings.ts";

/** The key of one series: colour and line style together, so that either is enough. */
export function SeriesKey({ series, index, isArea }: { readonly series: Series; readonly index: number; readonly isArea: boolean }) {
  const { theme } = useSettings();
  const colors = palette(theme);
  const color = colorOf(series, index, colors);
  const dash = dashOf(series, index);
  return (
    <svg class="series-key" viewBox="0 0 22 10" width="22" height="10" aria-hidden="true">
      {isArea && series.role !== "previous" && series.role !== "target" ? <rect x="0" y="1" width="22" height="8" fill={color} opacity="0.72" /> : null}
      <path d="M0 5H22" stroke={color} stroke-width="2" stroke-dasharray={dash === "solid" ? undefined : dash.join(" ")} />
    </svg>
  );
}
