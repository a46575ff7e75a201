import { instantOf, minute } from "../format/time.ts";
import { useLocation } from "./location.ts";
import { useSettings } from "./settings.ts";

/** Periods one can choose by name; each is `now` and how far back. */
export const PRESETS = ["now-1h", "now-3h", "now-6h", "now-24h", "now-7d", "now-30d", "now-90d", "now-1y", "now-2y"] as const;

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  m: 60,
  h: 3600,
  d: 86400,
  w: 7 * 86400,
  y: 366 * 86400,
};

export interface TimeRange {
  /** As in the address: `now-24h`, or a clock time of the zone. */
  readonly from: string;
  readonly to: string;
  readonly isLive: boolean;
}

/** Milliseconds of `now`, `now-24h` or `2026-11-01T00:00` in the zone; null when it is none of them. */
export function resolve(text: string, now: number, zone: string): number | null {
  if (text === "now") {
    return now;
  }
  const relative = /^now-(\d{1,4})([mhdwy])$/.exec(text);
  if (relative !== null) {
    return now - Number(relative[1]) * (UNIT_SECONDS[relative[2] ?? "h"] ?? 3600) * 1000;
  }
  return instantOf(text, zone);
}

/** What the API is asked for: relative times as they are, clock times as RFC 3339. */
export function forApi(text: string, zone: string): string {
  if (text.startsWith("now")) {
    return text;
  }
  const ms = instantOf(text, zone);
  return ms === null ? text : new Date(ms).toISOString().replace(".000Z", "Z");
}

export function toLocalInput(ms: number, zone: string): string {
  return minute(ms, zone).replace(" ", "T");
}

/** The period in the address, or the page's own. Both ends are checked, so that a typing error is said. */
export function useTimeRange(fallbackFrom = "now-24h"): TimeRange {
  const { params } = useLocation();
  const from = params.get("from") ?? fallbackFrom;
  const to = params.get("to") ?? "now";
  return { from, to, isLive: to === "now" };
}

/** The period as the API's parameters. */
export function useApiRange(fallbackFrom = "now-24h"): { readonly from: string; readonly to: string } {
  const { zone } = useSettings();
  const { from, to } = useTimeRange(fallbackFrom);
  return { from: forApi(from, zone), to: forApi(to, zone) };
}
