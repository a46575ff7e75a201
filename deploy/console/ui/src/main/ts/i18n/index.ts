import { useCallback } from "preact/hooks";
import { useSettings, type Language } from "../state/settings.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export type MessageKey = keyof typeof en;

export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

const CATALOGUES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, "zh-CN": zh };

/** A message with `{name}` replaced by values. */
export function translate(language: Language, key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return CATALOGUES[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(en, text);
}

export function useT(): Translate {
  const { language } = useSettings();
  return useCallback((key, values) => translate(language, key, values), [language]);
}

/** The message of a code of the API, or the code itself where we have no word for it. */
export function useCode(): (group: string, code: string | null | undefined) => string {
  const { language } = useSettings();
  return useCallback(
    (group, code) => {
      if (code === null || code === undefined || code === "") {
        return "–";
      }
      const key = `${group}.${code}`;
      return isMessageKey(key) ? translate(language, key) : code;
    },
    [language],
  );
}
