import { useCode } from "../i18n/index.ts";

const SIGNS: Readonly<Record<string, string>> = { reporting: "●", silent: "○", unknown: "?" };
const CLASSES: Readonly<Record<string, string>> = { reporting: "mark-good", silent: "mark-bad", unknown: "mark-warn" };

export function ExporterState({ state }: { readonly state: string }) {
  const code = useCode();
  return (
    <span class={`mark ${CLASSES[state] ?? ""}`}>
      <span aria-hidden="true">{SIGNS[state] ?? ""}</span> {code("exporterState", state)}
    </span>
  );
}
