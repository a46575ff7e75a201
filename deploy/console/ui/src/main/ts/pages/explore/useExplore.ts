import { useLocation, setParams } from "../../state/location.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

export const CHARTS = ["stacked", "lines", "percent", "heat", "sankey"] as const;
export type ChartKind = (typeof CHARTS)[number];
export const MEASURES = ["bps", "pps", "octets", "packets", "records"] as const;
export type Measure = (typeof MEASURES)[number];
export const ORDERS = ["mean", "p95", "max", "last"] as const;
export const PREVIOUS = ["none", "hour", "day", "week", "month", "year"] as const;
export const STEPS = ["auto", "10s", "1m", "5m", "1h", "1d", "1mo"] as const;
export const TOPS = ["5", "10", "20", "50"] as const;

export interface Explore {
  readonly dimensions: readonly string[];
  readonly filter: string;
  readonly measure: Measure;
  readonly chart: ChartKind;
  readonly top: string;
  readonly orderBy: (typeof ORDERS)[number];
  readonly previous: (typeof PREVIOUS)[number];
  readonly step: (typeof STEPS)[number];
  readonly truncate4: string;
  readonly truncate6: string;
}

export const DEFAULTS: Explore = {
  dimensions: ["ip_version"],
  filter: "",
  measure: "bps",
  chart: "stacked",
  top: "10",
  orderBy: "mean",
  previous: "none",
  step: "auto",
  truncate4: "24",
  truncate6: "48",
};

function oneOf<T extends string>(values: readonly T[], text: string | undefined, fallback: T): T {
  return values.find((value) => value === text) ?? fallback;
}

/** What the address asks for; what it does not say is the default. */
export function exploreOf(params: ReadonlyMap<string, string>): Explore {
  const dimensions = (params.get("dimensions") ?? "").split(",").filter((name) => name !== "");
  return {
    dimensions: dimensions.length === 0 ? DEFAULTS.dimensions : dimensions,
    filter: params.get("filter") ?? "",
    measure: oneOf(MEASURES, params.get("measure"), DEFAULTS.measure),
    chart: oneOf(CHARTS, params.get("chart"), DEFAULTS.chart),
    top: params.get("top") ?? DEFAULTS.top,
    orderBy: oneOf(ORDERS, params.get("order_by"), DEFAULTS.orderBy),
    previous: oneOf(PREVIOUS, params.get("previous"), DEFAULTS.previous),
    step: oneOf(STEPS, params.get("step"), DEFAULTS.step),
    truncate4: params.get("truncate4") ?? DEFAULTS.truncate4,
    truncate6: params.get("truncate6") ?? DEFAULTS.truncate6,
  };
}

const PARAM: Readonly<Record<keyof Explore, string>> = {
  dimensions: "dimensions",
  filter: "filter",
  measure: "measure",
  chart: "chart",
  top: "top",
  orderBy: "order_by",
  previous: "previous",
  step: "step",
  truncate4: "truncate4",
  truncate6: "truncate6",
};

/** The address's parameters of a change; defaults are left out of it. */
export function paramsOf(change: Partial<Explore>): Record<string, string | undefined> {
  const params: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(change) as Array<[keyof Explore, string | readonly string[]]>) {
    const text = typeof value === "string" ? value : value.join(",");
    const fallback = DEFAULTS[name];
    params[PARAM[name]] = text === (typeof fallback === "string" ? fallback : fallback.join(",")) ? undefined : text;
  }
  return params;
}

export function useExplore(): readonly [Explore, (change: Partial<Explore>) => void] {
  const { params } = useLocation();
  return [exploreOf(params), (change) => setParams(paramsOf(change))];
}

/** The parameters of the API's three questions. */
export function useExploreQuery(explore: Explore) {
  const { zone } = useSettings();
  const range = useApiRange();
  const common = {
    ...range,
    tz: zone,
    dimensions: explore.dimensions.join(","),
    filter: explore.filter === "" ? undefined : explore.filter,
    measure: explore.measure,
    top: Number(explore.top),
    truncate4: Number(explore.truncate4),
    truncate6: Number(explore.truncate6),
  };
  return {
    common,
    series: { ...common, step: explore.step, order_by: explore.orderBy, previous: explore.previous },
    table: { ...common, step: explore.step, order_by: explore.orderBy, previous: explore.previous },
  };
}
