import type { ComponentChildren } from "preact";

interface Props {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly sub?: ComponentChildren;
}

/** One number with its name above and what qualifies it below. */
export function Stat({ label, value, sub }: Props) {
  return (
    <div class="stat">
      <p class="label">{label}</p>
      <p class="value">{value}</p>
      {sub === undefined ? null : <p class="sub">{sub}</p>}
    </div>
  );
}

/** `12.34 Tbit/s` with the unit small. */
export function Figure({ text }: { readonly text: string }) {
  const parts = /^(.*?)\u00a0?([^\d\u00a0]*)$/.exec(text);
  return (
    <>
      {parts?.[1] ?? text}
      <small>{` ${parts?.[2] ?? ""}`}</small>
    </>
  );
}
