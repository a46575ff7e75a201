import { bitRate, fixed, percent } from "../../format/number.ts";
import type { Schemas } from "../../api/types.ts";
import type { Language } from "../../state/settings.ts";

type Alert = Schemas["Alert"];

export function summaryOf(alert: Alert, language: Language): string {
  return language === "zh-CN" && alert.summaryZh !== undefined && alert.summaryZh !== "" ? alert.summaryZh : alert.summary;
}

/** A value in the alert's own unit. */
export function valueText(value: number | null, unit: string | undefined): string {
  if (value === null) {
    return "–";
  }
  switch (unit) {
    case "fraction":
      return percent(value, 1);
    case "bit/s":
      return bitRate(value);
    default:
      return `${fixed(value, Number.isInteger(value) ? 0 : 2)}${unit === undefined || unit === "" ? "" : `\u00a0${unit}`}`;
  }
}

export function subjectText(alert: Alert): string {
  return Object.entries(alert.subject)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
