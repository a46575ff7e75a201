import type { ComponentChildren } from "preact";
import type { Problem } from "../api/problem.ts";
import { useT } from "../i18n/index.ts";

/** Three pictures that must never be taken for one another: nothing there, not asked yet, failed. */

function Picture({ kind, children }: { readonly kind: "empty" | "failed" | "loading"; readonly children: ComponentChildren }) {
  return (
    <svg class={`picture picture-${kind}`} viewBox="0 0 64 40" width="64" height="40" aria-hidden="true">
      {children}
    </svg>
  );
}

export function Loading() {
  const t = useT();
  return (
    <div class="state state-loading" role="status">
      <Picture kind="loading">
        <path d="M4 36 H60" />
        <rect x="10" y="24" width="8" height="12" />
        <rect x="28" y="16" width="8" height="20" />
        <rect x="46" y="20" width="8" height="16" />
      </Picture>
      <p>{t("state.loading")}</p>
    </div>
  );
}

/** The question was answered, and the answer is nothing; `reason` says why. */
export function Empty({ reason }: { readonly reason?: string | undefined }) {
  const t = useT();
  return (
    <div class="state state-empty" role="status">
      <Picture kind="empty">
        <path d="M4 36 H60 M4 36 V4" />
        <path d="M8 30 H56" stroke-dasharray="3 4" />
      </Picture>
      <p>
        <b>{t("state.empty")}</b>
      </p>
      <p>{reason ?? t("state.emptyReason")}</p>
    </div>
  );
}

/** The question was not answered. */
export function Failed({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: (() => void) | undefined }) {
  const t = useT();
  return (
    <div class="state state-failed" role="alert">
      <Picture kind="failed">
        <path d="M32 4 L58 36 H6 Z" />
        <path d="M32 15 V25 M32 30 V31" />
      </Picture>
      <p>
        <b>
          {t("state.failed")}
          {problem.status === 0 ? "" : ` (${problem.status})`}
        </b>
      </p>
      <p>{problem.status === 0 ? t("state.noAnswer") : problem.title}</p>
      {problem.detail === "" ? null : <p class="detail">{problem.detail}</p>}
      {problem.hint === null ? null : <p>{problem.hint}</p>}
      {onRetry === undefined ? null : (
        <button type="button" class="button" onClick={onRetry}>
          {t("action.retry")}
        </button>
      )}
    </div>
  );
}
