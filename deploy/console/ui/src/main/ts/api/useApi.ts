import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get, urlOf, type Params } from "./client.ts";
import { problemOfError, type Problem } from "./problem.ts";
import type { Answer, GetPath, QueryOf } from "./types.ts";

/** Seconds between two questions for the same live numbers. */
export const REFRESH_SECONDS = 30;

export interface ApiResult<T> {
  readonly url: string;
  /** The last answer to this question; stays while it is asked again, so that nothing flickers. */
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  readonly answeredAt: number | null;
  readonly refresh: () => void;
}

interface State<T> {
  readonly url: string;
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly answeredAt: number | null;
}

export interface Question<P extends GetPath> {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: QueryOf<P>;
  /** 0: ask once. */
  readonly refreshSeconds?: number;
  readonly isOff?: boolean;
}

/** Answers that were given already: a page that is opened again shows them at once, and asks anew. */
const cache = new Map<string, { readonly data: unknown; readonly answeredAt: number }>();
const CACHE_SIZE = 120;

function keep(url: string, data: unknown): void {
  cache.delete(url);
  cache.set(url, { data, answeredAt: Date.now() });
  if (cache.size > CACHE_SIZE) {
    const oldest = cache.keys().next().value;
    if (oldest !== undefined) {
      cache.delete(oldest);
    }
  }
}

export function forget(): void {
  cache.clear();
}

function initial<T>(url: string): State<T> {
  const known = cache.get(url);
  return {
    url,
    data: known === undefined ? null : (known.data as T),
    problem: null,
    answeredAt: known?.answeredAt ?? null,
  };
}

export function useApi<P extends GetPath>(path: P, question: Question<P> = {}): ApiResult<Answer<P>> {
  const url = urlOf(path, question.path, question.query as Params | undefined);
  const refreshSeconds = question.refreshSeconds ?? 0;
  const isOff = question.isOff === true;
  const [state, setState] = useState<State<Answer<P>>>(() => initial(url));
  const [round, setRound] = useState(0);
  const asked = useRef("");

  useEffect(() => {
    if (isOff) {
      return undefined;
    }
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      try {
        const data = await get<Answer<P>>(url, abort.signal);
        keep(url, data);
        setState({ url, data, problem: null, answeredAt: Date.now() });
      } catch (error) {
        if (abort.signal.aborted) {
          return;
        }
        const problem = problemOfError(error);
        setState((before) => ({ ...(before.url === url ? before : initial<Answer<P>>(url)), problem }));
      }
      if (refreshSeconds > 0 && !abort.signal.aborted) {
        timer = setTimeout(() => void next(), refreshSeconds * 1000);
      }
    };
    const next = () => {
      // A page nobody looks at asks nothing.
      if (document.visibilityState === "hidden") {
        timer = setTimeout(() => void next(), 1000);
        return undefined;
      }
      return run();
    };
    if (asked.current !== url) {
      asked.current = url;
      setState(initial(url));
    }
    void run();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [url, refreshSeconds, isOff, round]);

  const shown = state.url === url ? state : initial<Answer<P>>(url);
  const refresh = useCallback(() => setRound((n) => n + 1), []);
  return {
    url,
    data: shown.data,
    problem: shown.problem,
    isLoading: !isOff && shown.data === null && shown.problem === null,
    answeredAt: shown.answeredAt,
    refresh,
  };
}
