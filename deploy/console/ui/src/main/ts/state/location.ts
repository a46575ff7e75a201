import { useLayoutEffect, useState } from "preact/hooks";

/** Where the console is: a path and readable parameters. It is all that a shared link carries. */
export interface Location {
  readonly path: string;
  readonly params: ReadonlyMap<string, string>;
}

/** Characters that stay as they are in a query string, because people read these links. */
const READABLE: ReadonlyArray<readonly [RegExp, string]> = [
  [/%3A/g, ":"],
  [/%2F/g, "/"],
  [/%2C/g, ","],
  [/%3D/g, "="],
  [/%40/g, "@"],
  [/%20/g, "+"],
];

export function encodeValue(value: string): string {
  return READABLE.reduce((text, [from, to]) => text.replace(from, to), encodeURIComponent(value));
}

/** Parameters in alphabetical order, so that the same view always has the same address. */
export function formatQuery(params: ReadonlyMap<string, string>): string {
  const parts = [...params]
    .filter(([, value]) => value !== "")
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeValue(value)}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

export function parseQuery(search: string): ReadonlyMap<string, string> {
  return new Map(new URLSearchParams(search));
}

/** Parameters that belong to the reader, not to the page: they follow to every page. */
export const GLOBAL_PARAMS = ["lang", "theme", "tz", "wall", "from", "to"] as const;

export function keepGlobal(params: ReadonlyMap<string, string>): Map<string, string> {
  const kept = new Map<string, string>();
  for (const name of GLOBAL_PARAMS) {
    const value = params.get(name);
    if (value !== undefined) {
      kept.set(name, value);
    }
  }
  return kept;
}

const listeners = new Set<() => void>();
let current: Location | undefined;

function read(): Location {
  return { path: window.location.pathname, params: parseQuery(window.location.search) };
}

function changed(): void {
  current = read();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener("popstate", changed);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.removeEventListener("popstate", changed);
    }
  };
}

export function currentLocation(): Location {
  current ??= read();
  return current;
}

export function useLocation(): Location {
  const [location, setLocation] = useState(currentLocation);
  useLayoutEffect(() => {
    const update = () => setLocation(currentLocation());
    update();
    return subscribe(update);
  }, []);
  return location;
}

/** The address of a page with the reader's own parameters and the page's. */
export function hrefOf(path: string, page: Readonly<Record<string, string | undefined>> = {}): string {
  const params = keepGlobal(currentLocation().params);
  for (const [name, value] of Object.entries(page)) {
    if (value === undefined || value === "") {
      params.delete(name);
    } else {
      params.set(name, value);
    }
  }
  return path + formatQuery(params);
}

export function navigate(href: string, replace = false): void {
  if (replace) {
    window.history.replaceState(null, "", href);
  } else {
    window.history.pushState(null, "", href);
  }
  changed();
}

/** Sets some parameters of the present page; an empty value takes a parameter away. */
export function setParams(changes: Readonly<Record<string, string | undefined>>, replace = false): void {
  const { path, params } = currentLocation();
  const next = new Map(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") {
      next.delete(name);
    } else {
      next.set(name, value);
    }
  }
  navigate(path + formatQuery(next), replace);
}

/** One parameter of the address as a value; `fallback` is not written into the address. */
export function useParam(name: string, fallback: string): readonly [string, (value: string) => void] {
  const { params } = useLocation();
  const value = params.get(name) ?? fallback;
  return [value, (next) => setParams({ [name]: next === fallback ? undefined : next })];
}
