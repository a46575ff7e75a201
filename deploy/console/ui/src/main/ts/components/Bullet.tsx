import { bitRate, percent } from "../format/number.ts";

interface Props {
  readonly value: number | null;
  readonly target: number;
  readonly label: string;
}

/** What there is as a bar, what was asked for as a line. */
export function Bullet({ value, target, label }: Props) {
  const max = Math.max(target, value ?? 0) * 1.1;
  const x = (n: number) => (n / max) * 100;
  return (
    <span class="bullet" role="img" aria-label={`${label}: ${bitRate(value)} / ${bitRate(target)} (${percent(value === null ? null : value / target, 0)})`}>
      <svg viewBox="0 0 100 14" preserveAspectRatio="none">
        <rect class="track" x="0" y="2" width="100" height="10" />
        <rect class={value !== null && value >= target ? "reached" : "open"} x="0" y="4" width={x(value ?? 0)} height="6" />
        <path d={`M${x(target)} 0V14`} />
      </svg>
    </span>
  );
}
