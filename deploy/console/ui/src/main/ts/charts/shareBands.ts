import type { Series } from "./series.ts";
import { errorBand, type Band } from "./timeOption.ts";

/** The payload share between its bounds, and the 95 % errors of the others. */
export function shareBands(series: readonly Series[]): Band[] {
  const find = (key: string) => series.find((one) => one.key === key);
  const lower = find("lower");
  const upper = find("upper");
  return [
    ...(lower === undefined || upper === undefined ? [] : [{ role: "bound" as const, lower: lower.values, upper: upper.values }]),
    ...series.filter((one) => one.errors !== undefined).map(errorBand),
  ];
}
