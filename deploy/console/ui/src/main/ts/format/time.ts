/** Times are always shown in the zone of the settings, which is printed beside them. */

export const DEFAULT_ZONE = "Asia/Shanghai";

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat("en-CA-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formatters.set(zone, found);
  }
  return found;
}

export function isZone(zone: string): boolean {
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

export function civil(ms: number, zone: string): Civil {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(ms)) {
    parts[type] = Number(value);
  }
  return {
    year: parts["year"] ?? 0,
    month: parts["month"] ?? 1,
    day: parts["day"] ?? 1,
    hour: parts["hour"] ?? 0,
    minute: parts["minute"] ?? 0,
    second: parts["second"] ?? 0,
  };
}

/** Milliseconds by which the zone's clock is ahead of UTC at a time. */
export function offsetMs(ms: number, zone: string): number {
  const c = civil(ms, zone);
  const asUtc = Date.UTC(c.year, c.month - 1, c.day, c.hour, c.minute, c.second);
  return asUtc - Math.floor(ms / 1000) * 1000;
}

/** A clock time of the zone as an instant. */
export function instantOf(local: string, zone: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?$/.exec(local);
  if (match === null) {
    return null;
  }
  const [, y, mo, d, h = "0", mi = "0"] = match;
  const asUtc = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi));
  // Twice, for the hours around a change of the clock.
  const guess = asUtc - offsetMs(asUtc, zone);
  return asUtc - offsetMs(guess, zone);
}

const two = (value: number): string => String(value).padStart(2, "0");

export function day(ms: number, zone: string): string {
  const c = civil(ms, zone);
  return `${c.year}-${two(c.month)}-${two(c.day)}`;
}

export function month(ms: number, zone: string): string {
  const c = civil(ms, zone);
  return `${c.year}-${two(c.month)}`;
}

export function minute(ms: number, zone: string): string {
  const c = civil(ms, zone);
  return `${day(ms, zone)} ${two(c.hour)}:${two(c.minute)}`;
}

export function second(ms: number, zone: string): string {
  const c = civil(ms, zone);
  return `${minute(ms, zone)}:${two(c.second)}`;
}

export function clock(ms: number, zone: string): string {
  const c = civil(ms, zone);
  return `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`;
}

/** `UTC+08:00` of the zone at a time. */
export function offsetText(ms: number, zone: string): string {
  const minutes = Math.round(offsetMs(ms, zone) / 60000);
  const sign = minutes < 0 ? "−" : "+";
  return `UTC${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** Instant of a text of the API: RFC 3339, or `YYYY-MM-DD hh:mm:ss` in UTC. */
export function parseInstant(text: string | number | null | undefined): number | null {
  if (text === null || text === undefined || text === "") {
    return null;
  }
  if (typeof text === "number") {
    return text < 1e11 ? text * 1000 : text;
  }
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  const ms = Date.parse(hasZone ? text : `${text.replace(" ", "T")}${text.length === 10 ? "T00:00:00" : ""}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** The beginning of a calendar day or month of the API, in the zone shown. */
export function startOfDay(text: string, zone: string): number {
  return instantOf(text.slice(0, 10), zone) ?? 0;
}

/** A time as short as its neighbours allow, for an axis or a table of buckets. */
export function bucket(ms: number, zone: string, stepSeconds: number): string {
  if (stepSeconds >= 28 * 86400) {
    return month(ms, zone);
  }
  if (stepSeconds >= 86400) {
    return day(ms, zone);
  }
  return stepSeconds < 60 ? second(ms, zone) : minute(ms, zone);
}

/** `42 s`, `3 min`, `5 h`, `2 d`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return "–";
  }
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) {
    return `${s}\u00a0s`;
  }
  if (s < 7200) {
    return `${Math.round(s / 60)}\u00a0min`;
  }
  return s < 172800 ? `${Math.round(s / 3600)}\u00a0h` : `${Math.round(s / 86400)}\u00a0d`;
}
