import { withUnit } from "../../format/number.ts";
import type { Measure } from "./useExplore.ts";

const UNITS: Readonly<Record<Measure, string>> = { bps: "bit/s", pps: "packet/s", octets: "B", packets: "packets", records: "records" };

/** Values of a measure with their unit. */
export function formatterOf(measure: Measure): (value: number | null) => string {
  return (value) => withUnit(value, UNITS[measure]);
}
