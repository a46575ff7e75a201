import { fixed, percent } from "../format/number.ts";
import { useT } from "../i18n/index.ts";

/** Limits of load: 50, 70, 80, 90 % of the usable capacity, as docs/definitions.md has them. */
export const THRESHOLDS = [0.5, 0.7, 0.8, 0.9] as const;

export type Level = 0 | 1 | 2 | 3 | 4;

export function levelOf(utilisation: number | null | undefined): Level | null {
  if (utilisation === null || utilisation === undefined || !Number.isFinite(utilisation)) {
    return null;
  }
  return THRESHOLDS.filter((threshold) => utilisation >= threshold).length as Level;
}

/** A mark of growing fullness, so that the level is readable without colour. */
export const LEVEL_MARKS = ["○", "◔", "◑", "◕", "●"] as const;

interface Props {
  readonly value: number | null | undefined;
  readonly error?: number | null | undefined;
}

export function Utilisation({ value, error }: Props) {
  const level = levelOf(value);
  if (level === null || value === null || value === undefined) {
    return <span class="util util-unknown">–</span>;
  }
  return (
    <span class={`util level-${level}`}>
      <svg class="util-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" x="0" y="0" width="100" height="8" />
        <rect class="fill" x="0" y="0" width={Math.min(100, value * 100)} height="8" />
        <path class="ticks" d="M70 0V8M80 0V8M90 0V8" />
      </svg>
      <span class="util-text">{error === null || error === undefined ? percent(value, 1) : `${fixed(value * 100, 1)} ± ${fixed(error * 100, 1)}\u00a0%`}</span>
      <span class="util-mark" aria-hidden="true">
        {LEVEL_MARKS[level]}
      </span>
    </span>
  );
}

/** The scale that marks and colours follow, beside what uses it. */
export function UtilisationLegend() {
  const t = useT();
  const texts = ["< 50 %", "≥ 50 %", "≥ 70 %", "≥ 80 %", "≥ 90 %"];
  return (
    <p class="legend-inline">
      <span>{t("legend.utilisation")}</span>
      {texts.map((text, level) => (
        <span key={text} class={`level-${level}`}>
          <span class="util-mark" aria-hidden="true">
            {LEVEL_MARKS[level]}
          </span>{" "}
          {text}
        </span>
      ))}
    </p>
  );
}
