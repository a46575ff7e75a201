/** Why a request failed: RFC 9457, or what the browser says when no answer came. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Seconds after which asking again may succeed; null: asking the same again will not. */
  readonly retryAfterSeconds: number | null;
  /** What to change, when the server knows. */
  readonly hint: string | null;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
  }
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Between 1 and 30; a server that names none means soon. */
function seconds(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.min(30, Math.max(1, value)) : 2;
}

export function problemOf(status: number, body: unknown): Problem {
  const fields: Record<string, unknown> = typeof body === "object" && body !== null ? { ...body } : {};
  return {
    status,
    retryAfterSeconds: status === 429 || status === 503 ? seconds(fields["retryAfterSeconds"]) : null,
    title: text(fields["title"]) ?? `HTTP ${status}`,
    detail: text(fields["detail"]) ?? "",
    hint: text(fields["hint"]) ?? text(fields["suggestion"]) ?? text(fields["remedy"]),
  };
}

export function problemOfError(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  return { status: 0, retryAfterSeconds: null, title: "", detail: error instanceof Error ? error.message : String(error), hint: null };
}
