import { parseInstant } from "../format/time.ts";
import { toNumber } from "../format/number.ts";
import type { Meta, SeriesStatistics } from "../api/types.ts";
import type { Series } from "./series.ts";

/** A series of the API, whatever its columns. */
export interface ApiSeries {
  readonly key: Readonly<Record<string, unknown>>;
  readonly label: string;
  readonly isOther?: boolean;
  readonly isPrevious?: boolean;
  readonly stats?: unknown;
  readonly values: Readonly<Record<string, ReadonlyArray<number | boolean | null> | undefined>>;
}

export interface ApiSeriesAnswer {
  readonly meta: Meta;
  readonly t: readonly string[];
  readonly series: readonly ApiSeries[];
}

export function timesOf(answer: { readonly t: readonly string[] }): number[] {
  return answer.t.map((text) => parseInstant(text) ?? 0);
}

export function numbersOf(values: ReadonlyArray<number | boolean | null> | undefined): Array<number | null> {
  return (values ?? []).map((value) => toNumber(value));
}

/**
 * Loads of a link. Where its exporter did not report, nothing is known, and it is no 0; a bucket that
 * is not stored to its end is not a load yet.
 */
export function loadsOf(answer: { readonly meta: Meta; readonly t: readonly string[] }, series: ApiSeries, column: string): Array<number | null> {
  const reported = series.values["reported"];
  const asOf = parseInstant(answer.meta.asOf);
  const times = timesOf(answer);
  const step = stepOf(answer.meta) * 1000;
  return numbersOf(series.values[column]).map((value, i) => {
    const isOver = asOf === null || (times[i] ?? 0) + step <= asOf;
    return reported?.[i] === false || !isOver ? null : value;
  });
}

export function statsOfApi(series: ApiSeries, column: string): SeriesStatistics | null {
  const stats = series.stats as Readonly<Record<string, SeriesStatistics | undefined>> | undefined;
  return stats?.[column] ?? null;
}

export function stepOf(meta: Meta): number {
  return meta.resolutionSeconds ?? 300;
}

/** Where the provisional part of a series begins: at what is not final until then. */
export function provisionalFrom(answer: { readonly meta: Meta; readonly t: readonly string[] }): number | null {
  const final = parseInstant(answer.meta.finalUntil);
  const last = parseInstant(answer.t[answer.t.length - 1] ?? null);
  if (final === null || last === null || answer.meta.provisional !== true) {
    return null;
  }
  const first = timesOf(answer).find((time) => time + stepOf(answer.meta) * 1000 > final);
  return first === undefined || first >= last ? null : first;
}

/** Which part of the picture a series plays, by what it is of. */
export function roleOf(series: ApiSeries): Series["role"] {
  if (series.isPrevious === true) {
    return "previous";
  }
  if (series.isOther === true) {
    return "other";
  }
  const keys = Object.keys(series.key);
  if (keys.length === 1 && keys[0] === "ip_version") {
    return Number(series.key["ip_version"]) === 6 ? "v6" : "v4";
  }
  return undefined;
}

export function toSeries(answer: ApiSeriesAnswer, column: string, label: (series: ApiSeries) => string, errors?: string): Series[] {
  const made = answer.series.map((series, index): Series => ({
    key: `${index}:${series.label}`,
    label: label(series),
    role: roleOf(series),
    values: numbersOf(series.values[column]),
    errors: errors === undefined ? undefined : numbersOf(series.values[errors]),
    stats: statsOfApi(series, column),
  }));
  const same = (a: ApiSeries | undefined, b: ApiSeries | undefined) => JSON.stringify(a?.key) === JSON.stringify(b?.key) && a?.isOther === b?.isOther;
  // IPv6 lies on the axis of a stack, where it is read without subtracting.
  const order = [...made.keys()].sort((a, b) => Number(made[b]?.role === "v6") - Number(made[a]?.role === "v6") || a - b);
  return order.flatMap((i) => {
    const one = made[i];
    if (one?.role !== "previous") {
      return one === undefined ? [] : [one];
    }
    const index = order.findIndex((j) => made[j]?.role !== "previous" && same(answer.series[j], answer.series[i]));
    const now = made[order[index] ?? -1];
    return [{ ...one, before: now === undefined ? undefined : { role: now.role, index } }];
  });
}
