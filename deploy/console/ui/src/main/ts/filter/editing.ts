/** Editing of a filter's text, apart from the page. */

export interface TextError {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

export interface Segment {
  readonly text: string;
  readonly error: TextError | null;
}

/** The text cut where errors begin and end. An error at the very end is shown on a space behind it. */
export function segmentsOf(text: string, errors: readonly TextError[]): Segment[] {
  const sorted = [...errors].sort((a, b) => a.offset - b.offset);
  const segments: Segment[] = [];
  let at = 0;
  for (const error of sorted) {
    const start = Math.min(Math.max(error.offset, at), text.length);
    const end = Math.min(text.length, Math.max(start, error.offset + error.length));
    if (start > at) {
      segments.push({ text: text.slice(at, start), error: null });
    }
    if (end > start) {
      segments.push({ text: text.slice(start, end), error });
      at = end;
    } else if (start === text.length) {
      segments.push({ text: " ", error });
      at = start;
    } else {
      segments.push({ text: text.slice(start, start + 1), error });
      at = start + 1;
    }
  }
  if (at < text.length) {
    segments.push({ text: text.slice(at), error: null });
  }
  return segments;
}

export interface Edit {
  readonly text: string;
  readonly cursor: number;
}

/** Puts a completion in the place of the word at the cursor, with one space behind it. */
export function complete(text: string, from: number, to: number, completion: string): Edit {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const gap = after.startsWith(" ") || after.startsWith(")") || after.startsWith(",") ? "" : " ";
  const inserted = completion + gap;
  return { text: before + inserted + after, cursor: before.length + inserted.length + (gap === "" && after.startsWith(" ") ? 1 : 0) };
}

/** Adds a condition to a filter, as clicking on a value does. */
export function narrow(filter: string, field: string, value: string): string {
  const quoted = /^[\w.:/-]+$/.test(value) ? value : `"${value.replace(/(["\\])/g, "\\$1")}"`;
  const condition = `${field} = ${quoted}`;
  const trimmed = filter.trim();
  if (trimmed === "") {
    return condition;
  }
  return / or /i.test(trimmed) ? `(${trimmed}) AND ${condition}` : `${trimmed} AND ${condition}`;
}
