import { useEffect } from "preact/hooks";
import { DEFAULT_ZONE, isZone } from "../format/time.ts";
import { useLocation } from "./location.ts";

export type Language = "en" | "zh-CN";
export type Theme = "light" | "dark";

export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  readonly zone: string;
  readonly isWall: boolean;
}

const KEY = "ipv6flow.";

/** What the reader chose last on this machine; the address has precedence, the browser comes last. */
function remembered(name: string): string | null {
  try {
    return window.localStorage.getItem(KEY + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    window.localStorage.setItem(KEY + name, value);
  } catch {
    // A browser that stores nothing shows the defaults next time.
  }
}

export function languageOf(text: string | null | undefined): Language | null {
  const lower = text?.toLowerCase() ?? "";
  return lower.startsWith("zh") ? "zh-CN" : lower.startsWith("en") ? "en" : null;
}

function themeOf(text: string | null | undefined): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}

export function settingsOf(params: ReadonlyMap<string, string>): Settings {
  const isWall = params.get("wall") === "1";
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const zone = params.get("tz") ?? remembered("tz") ?? DEFAULT_ZONE;
  return {
    language: languageOf(params.get("lang")) ?? languageOf(remembered("lang")) ?? languageOf(navigator.language) ?? "en",
    theme: themeOf(params.get("theme")) ?? (isWall ? "dark" : null) ?? themeOf(remembered("theme")) ?? (prefersDark ? "dark" : "light"),
    zone: isZone(zone) ? zone : DEFAULT_ZONE,
    isWall,
  };
}

export function useSettings(): Settings {
  const { params } = useLocation();
  return settingsOf(params);
}

/** Tells the document about language and theme, for the style sheet and for screen readers. */
export function useSettingsOnDocument(settings: Settings): void {
  useEffect(() => {
    const root = document.documentElement;
    root.lang = settings.language;
    root.dataset["theme"] = settings.theme;
    root.dataset["wall"] = String(settings.isWall);
  }, [settings.language, settings.theme, settings.isWall]);
}
