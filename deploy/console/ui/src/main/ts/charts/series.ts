import type { SeriesStatistics } from "../api/types.ts";

/** A series of numbers over buckets of time, as charts and tables share it. */
export interface Series {
  readonly key: string;
  readonly label: string;
  readonly values: ReadonlyArray<number | null>;
  /** 95 % error of each value, in the unit of the values. */
  readonly errors?: ReadonlyArray<number | null> | undefined;
  /** Of a series of the period before: which series of now it is compared with. */
  readonly before?: { readonly role: Series["role"]; readonly index: number } | undefined;
  readonly role?: "v6" | "v4" | "total" | "previous" | "other" | "target" | "bound" | undefined;
  /** What the server says of the whole series; without it, only what the points shown say. */
  readonly stats?: SeriesStatistics | null | undefined;
  /** Drawn below the axis: the other direction. */
  readonly isMirrored?: boolean | undefined;
}

export interface SeriesStats {
  readonly last: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  readonly maxAt: number | null;
}

/** What a table can say about the points shown. Percentiles are the server's: they are not computed here. */
export function statsOf(times: readonly number[], values: ReadonlyArray<number | null>): SeriesStats {
  let max: number | null = null;
  let maxAt: number | null = null;
  let last: number | null = null;
  let sum = 0;
  let count = 0;
  values.forEach((value, index) => {
    if (value === null) {
      return;
    }
    last = value;
    sum += value;
    count += 1;
    if (max === null || value > max) {
      max = value;
      maxAt = times[index] ?? null;
    }
  });
  return { last, mean: count === 0 ? null : sum / count, max, maxAt };
}
