import { bucket, offsetMs } from "../format/time.ts";
import type { EChartsCoreOption } from "./echarts.ts";
import { DASHES, type ChartFont, type Palette } from "./palette.ts";
import type { Series } from "./series.ts";
import { tip } from "./tip.ts";

export type Shape = "lines" | "stacked" | "percent";

/** An area between two lines: where a value lies for certain, or with 95 %. */
export interface Band {
  readonly role: Series["role"];
  readonly lower: ReadonlyArray<number | null>;
  readonly upper: ReadonlyArray<number | null>;
}

/** value ± error as a band. */
export function errorBand(series: Series): Band {
  const at = (sign: 1 | -1) => series.values.map((value, i) => (value === null ? null : value + sign * (series.errors?.[i] ?? 0)));
  return { role: series.role, lower: at(-1), upper: at(1) };
}

export interface TimeChart {
  readonly times: readonly number[];
  readonly stepSeconds: number;
  readonly series: readonly Series[];
  readonly bands?: readonly Band[] | undefined;
  readonly shape: Shape;
  readonly zone: string;
  readonly format: (value: number | null) => string;
  /** Horizontal lines with a text: a capacity, a target, a threshold. */
  readonly marks?: ReadonlyArray<{ readonly value: number; readonly text: string }> | undefined;
  readonly max?: number | undefined;
  readonly isStep?: boolean | undefined;
  /** From here on, numbers may still grow. */
  readonly provisionalFrom?: number | null | undefined;
  readonly provisionalText?: string | undefined;
}

export function colorOf(series: Series, index: number, colors: Palette): string {
  switch (series.role) {
    case "v6":
      return colors.v6;
    case "v4":
      return colors.v4;
    case "total":
      return colors.total;
    case "previous":
      return series.before === undefined
        ? colors.previous
        : colorOf({ ...series, role: series.before.role, before: undefined }, series.before.index, colors);
    case "other":
      return colors.other;
    case "target":
      return colors.target;
    case "bound":
      return colors.muted;
    default:
      return colors.series[index % colors.series.length] ?? colors.total;
  }
}

export function dashOf(series: Series, index: number): "solid" | number[] {
  switch (series.role) {
    case "v6":
    case "total":
      return "solid";
    case "v4":
      return [6, 3];
    case "previous":
      return [2, 3];
    case "target":
      return [10, 4];
    case "bound":
      return [2, 2];
    default:
      return DASHES[Math.floor(index / 2) % DASHES.length] ?? "solid";
  }
}

/** ECharts knows UTC and the browser's zone only: times are moved so that its UTC is our zone. */
function shifted(ms: number, zone: string): number {
  return ms + offsetMs(ms, zone);
}

/** Without zeros behind the point: an axis has round numbers. */
function short(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, "$1").replace(/\.(?=\D|$)/, "");
}

interface TooltipPoint {
  readonly seriesIndex: number;
  readonly dataIndex: number;
}

/** Outlines of more areas than this would hide the areas. */
const MOST_OUTLINES = 12;

const DEFAULT_FONT: ChartFont = { family: "sans-serif", size: 11 };

/** A band is a line nobody sees and, stacked on it, the height of the band as an area. */
function bandsOf(chart: TimeChart, x: readonly number[], colors: Palette): object[] {
  return (chart.bands ?? []).flatMap((band, i) => {
    const color = colorOf({ key: "", label: "", values: [], role: band.role }, i, colors);
    const hidden = { type: "line", silent: true, showSymbol: false, stack: `band ${i}`, stackStrategy: "all", lineStyle: { opacity: 0 }, emphasis: { disabled: true } };
    return [
      { ...hidden, data: x.map((t, k) => [t, band.lower[k] ?? null]) },
      {
        ...hidden,
        areaStyle: { color, opacity: 0.2 },
        data: x.map((t, k) => {
          const lower = band.lower[k];
          const upper = band.upper[k];
          return [t, lower === null || lower === undefined || upper === null || upper === undefined ? null : upper - lower];
        }),
      },
    ];
  });
}

export function timeOption(chart: TimeChart, colors: Palette, font: ChartFont = DEFAULT_FONT): EChartsCoreOption {
  const { times, series, zone } = chart;
  const x = times.map((t) => shifted(t, zone));
  const isStacked = chart.shape !== "lines";
  const sums =
    chart.shape === "percent"
      ? times.map((_, i) => series.reduce((sum, s) => sum + Math.max(0, s.values[i] ?? 0), 0))
      : null;

  const tooltip = (points: readonly TooltipPoint[]): HTMLElement | string => {
    const index = points[0]?.dataIndex;
    const time = index === undefined ? undefined : times[index];
    if (index === undefined || time === undefined) {
      return "";
    }
    return tip(
      `${bucket(time, zone, chart.stepSeconds)} · ${zone}`,
      series.map((s, i) => {
        const value = s.values[index] ?? null;
        const error = s.errors?.[index];
        const hasError = error !== null && error !== undefined && value !== null;
        return {
          color: colorOf(s, i, colors),
          label: s.label,
          text: chart.format(value) + (hasError ? ` ± ${chart.format(error)}` : ""),
        };
      }),
    );
  };

  const firstLine = {
    ...(chart.marks === undefined || chart.marks.length === 0
      ? {}
      : {
          markLine: {
            silent: true,
            symbol: "none",
            animation: false,
            lineStyle: { color: colors.target, type: [8, 4], width: 1 },
            label: { position: "insideEndTop", color: colors.target, fontSize: font.size, formatter: (p: { name: string }) => p.name },
            data: chart.marks.map((mark) => ({ yAxis: mark.value, name: mark.text })),
          },
        }),
    ...(chart.provisionalFrom === null || chart.provisionalFrom === undefined
      ? {}
      : {
          markArea: {
            silent: true,
            animation: false,
            itemStyle: { color: colors.muted, opacity: 0.08 },
            label: { position: chart.shape === "lines" ? "insideBottomRight" : "insideTopRight", color: colors.muted, fontSize: font.size },
            data: [
              [
                { xAxis: shifted(chart.provisionalFrom, zone), name: chart.provisionalText ?? "" },
                { xAxis: x[x.length - 1] ?? 0 },
              ],
            ],
          },
        }),
  };

  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: font.family, color: colors.text },
    grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
    aria: { enabled: false },
    tooltip: {
      trigger: "axis",
      confine: true,
      transitionDuration: 0,
      backgroundColor: colors.panel,
      borderColor: colors.axis,
      padding: 8,
      textStyle: { color: colors.text, fontSize: 12 },
      axisPointer: { type: "line", lineStyle: { color: colors.axis } },
      formatter: tooltip,
    },
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: colors.axis } },
      axisLabel: { color: colors.muted, hideOverlap: true, fontSize: font.size, formatter: { year: "{yyyy}", month: "{yyyy}-{MM}", day: "{MM}-{dd}", hour: "{HH}:{mm}", minute: "{HH}:{mm}", second: "{HH}:{mm}:{ss}" } },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      ...(chart.max === undefined ? {} : { max: chart.max }),
      ...(chart.shape === "percent" ? { max: 1 } : {}),
      axisLabel: {
        color: colors.muted,
        fontSize: font.size,
        formatter: (value: number) =>
          chart.shape === "percent" ? `${Math.round(value * 100)} %` : short(chart.format(Math.abs(value))),
      },
      splitLine: { lineStyle: { color: colors.grid } },
    },
    series: [...bandsOf(chart, x, colors), ...series.map((s, i) => {
      const color = colorOf(s, i, colors);
      const isArea = isStacked && s.role !== "previous" && s.role !== "target" && s.role !== "bound";
      return {
        type: "line",
        name: s.label,
        showSymbol: times.length <= 1,
        symbol: "circle",
        symbolSize: 4,
        sampling: times.length > 2000 ? "lttb" : undefined,
        connectNulls: false,
        ...(chart.isStep === true ? { step: "end" } : {}),
        color,
        lineStyle: { width: !isArea ? font.size / 6 : series.length > MOST_OUTLINES ? 0 : 1, type: dashOf(s, i), color },
        ...(isArea ? { stack: s.isMirrored ? "out" : "in", areaStyle: { color, opacity: s.role === "other" ? 0.5 : 0.72 } } : {}),
        emphasis: { disabled: true },
        data: x.map((t, k) => {
          const value = s.values[k];
          if (value === null || value === undefined) {
            return [t, null];
          }
          const sum = sums?.[k];
          const shown = sum === undefined ? value : sum > 0 ? value / sum : null;
          return [t, shown !== null && s.isMirrored ? -shown : shown];
        }),
        ...(i === 0 ? firstLine : {}),
      };
    })],
  };
}
