import { percent } from "../format/number.ts";

/** Below this, a number is of too little to stand without a mark. */
export const GOOD_COVERAGE = 0.98;

/** How much of what was to be heard was heard; too little is marked. */
export function Coverage({ value }: { readonly value: number | null | undefined }) {
  const text = percent(value, 1);
  return value !== null && value !== undefined && value < GOOD_COVERAGE ? <span class="mark mark-warn">▲ {text}</span> : <>{text}</>;
}
