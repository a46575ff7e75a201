/** What stands where a number is not known. Never 0, never empty. */
export const UNKNOWN = "–";

const MINUS = "−";
/** Between groups of digits. */
const THIN_SPACE = "\u202f";
/** Between a number and its unit, which belong on one line. */
const GAP = "\u00a0";

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** Fixed decimals, groups of three by a narrow space, a true minus sign: reads the same in every language. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (!isNumber(value)) {
    return UNKNOWN;
  }
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  const isZero = /^[0.\u202f]*$/.test(text);
  return value < 0 && !isZero ? MINUS + text : text;
}

export function signed(value: number | null | undefined, decimals: number): string {
  if (!isNumber(value)) {
    return UNKNOWN;
  }
  const text = fixed(value, decimals);
  return value > 0 && !/^[0.\u202f]*$/.test(text) ? `+${text}` : text;
}

export function integer(value: number | null | undefined): string {
  return fixed(value, 0);
}

/** A fraction as percent, with its unit. */
export function percent(fraction: number | null | undefined, decimals = 1): string {
  return isNumber(fraction) ? `${fixed(fraction * 100, decimals)}${GAP}%` : UNKNOWN;
}

/** Lower and upper bound of a fraction. */
export function percentRange(lower: number | null | undefined, upper: number | null | undefined, decimals = 1): string {
  return isNumber(lower) && isNumber(upper) ? `${fixed(lower * 100, decimals)}–${fixed(upper * 100, decimals)}${GAP}%` : UNKNOWN;
}

/** The difference of two fractions, in percentage points. */
export function points(difference: number | null | undefined, unit: string, decimals = 2): string {
  return isNumber(difference) ? `${signed(difference * 100, decimals)}${GAP}${unit}` : UNKNOWN;
}

/** Decimals of a share that its error gives sense to: one digit of the error, at most three. */
export function decimalsForError(error: number | null | undefined): number {
  if (!isNumber(error) || error <= 0) {
    return 2;
  }
  const digits = Math.ceil(-Math.log10(error * 100));
  return Math.min(3, Math.max(1, digits));
}

const PREFIXES = ["", "k", "M", "G", "T", "P"] as const;

export interface Scaled {
  readonly text: string;
  readonly unit: string;
  readonly factor: number;
}

/** The decimal prefix for the largest of some values, so that a column or an axis has one unit. */
export function prefixFor(largest: number): { readonly prefix: string; readonly factor: number } {
  let index = 0;
  let factor = 1;
  while (index < PREFIXES.length - 1 && Math.abs(largest) >= factor * 1000) {
    factor *= 1000;
    index += 1;
  }
  return { prefix: PREFIXES[index] ?? "", factor };
}

/** Three or four significant digits, in a decimal prefix of its own; 999 999 bit/s rounds to 1.00 Mbit/s. */
export function scaled(value: number, unit: string): Scaled {
  const { prefix, factor } = prefixFor(Math.abs(value) < 999.95 ? value : value * (1 + 0.00005));
  const inUnit = value / factor;
  const size = Math.abs(inUnit);
  const decimals = factor === 1 ? (Number.isInteger(value) ? 0 : 1) : size >= 100 ? 1 : 2;
  return { text: fixed(inUnit, decimals), unit: prefix + unit, factor };
}

export function withUnit(value: number | null | undefined, unit: string): string {
  if (!isNumber(value)) {
    return UNKNOWN;
  }
  const { text, unit: full } = scaled(value, unit);
  return `${text}${GAP}${full}`;
}

/** Bits of a second: `bit/s` with SI prefixes, 1 kbit/s = 1000 bit/s. */
export function bitRate(value: number | null | undefined): string {
  return withUnit(value, "bit/s");
}

export function octets(value: number | null | undefined): string {
  return withUnit(value, "B");
}

/** Value ± error in one unit. */
export function rateWithError(value: number | null | undefined, error: number | null | undefined): string {
  if (!isNumber(value)) {
    return UNKNOWN;
  }
  if (!isNumber(error)) {
    return bitRate(value);
  }
  const { factor, unit, text } = scaled(value, "bit/s");
  return `${text} ± ${fixed(error / factor, factor === 1 ? 0 : 2)}${GAP}${unit}`;
}

/** An error that the decimals cannot show is less than the smallest they can; it is not 0. */
export function errorInPercent(error: number, decimals: number): string {
  const text = fixed(error * 100, decimals);
  return error > 0 && /^[0.]+$/.test(text) ? `< ${fixed(10 ** -decimals, decimals)}` : text;
}

export function shareWithError(share: number | null | undefined, error: number | null | undefined): string {
  if (!isNumber(share)) {
    return UNKNOWN;
  }
  if (!isNumber(error)) {
    return percent(share, 2);
  }
  const decimals = decimalsForError(error);
  return `${fixed(share * 100, decimals)} ± ${errorInPercent(error, decimals)}${GAP}%`;
}

export function toNumber(value: unknown): number | null {
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : null;
  }
  if (typeof value === "string" && value !== "" && Number.isFinite(Number(value))) {
    return Number(value);
  }
  return null;
}
