import { ProblemError, problemOf } from "./problem.ts";
import { inTurn } from "./queue.ts";

export const BASE = "/api/v1";

type Value = string | number | boolean | readonly string[] | undefined;
export type Params = Readonly<Record<string, Value>>;

/** The address of a question; parameters in the order of their names, so that equal questions are equal. */
export function urlOf(path: string, pathParams: Readonly<Record<string, string>> = {}, query: Params = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathParams[name] ?? ""));
  const search = new URLSearchParams();
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value === undefined || value === "") {
      continue;
    }
    if (Array.isArray(value)) {
      (value as readonly string[]).forEach((one) => search.append(name, one));
    } else {
      search.append(name, String(value));
    }
  }
  const text = search.toString();
  return BASE + filled + (text === "" ? "" : `?${text}`);
}

let csrfToken = "";

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, { credentials: "same-origin", ...init });
  const body = await bodyOf(response);
  if (!response.ok) {
    throw new ProblemError(problemOf(response.status, body));
  }
  return body as T;
}

/** Times that a busy server is asked again before its refusal is shown. */
const MOST_RETRIES = 6;

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

/** Asks in turn with the other questions of the page; a server that is busy is asked again when it says. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const init = { headers: { Accept: "application/json" }, ...(signal === undefined ? {} : { signal }) };
  for (let round = 0; ; round += 1) {
    try {
      return await inTurn(() => ask<T>(url, init));
    } catch (error) {
      const after = error instanceof ProblemError ? error.problem.retryAfterSeconds : null;
      if (after === null || round >= MOST_RETRIES || signal?.aborted === true) {
        throw error;
      }
      await pause(after);
    }
  }
}

export function send<T>(method: "POST" | "PUT" | "DELETE", url: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "X-CSRF-Token": csrfToken };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  return ask<T>(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

/** The same question in another format, for a link that downloads. */
export function exportUrl(url: string, format: "csv" | "xlsx" | "json" | "arrow"): string {
  return `${url}${url.includes("?") ? "&" : "?"}format=${format}`;
}
