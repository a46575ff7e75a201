import { useT } from "../i18n/index.ts";
import type { Schemas } from "../api/types.ts";

type Alert = Schemas["Alert"];

const SIGNS = { info: "ℹ", warning: "▲", critical: "◆" } as const;
const CLASSES = { info: "mark-info", warning: "mark-warn", critical: "mark-bad" } as const;

export function SeverityMark({ severity }: { readonly severity: Alert["severity"] }) {
  const t = useT();
  return (
    <span class={`mark ${CLASSES[severity]}`}>
      <span aria-hidden="true">{SIGNS[severity]}</span> {t(`severity.${severity}`)}
    </span>
  );
}

export function StateMark({ state }: { readonly state: Alert["state"] }) {
  const t = useT();
  return <span class={`mark${state === "firing" ? " mark-bad" : ""}`}>{t(`alertState.${state}`)}</span>;
}
