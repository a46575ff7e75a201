import type { ComponentChildren } from "preact";
import type { ApiResult } from "../api/useApi.ts";
import type { Meta } from "../api/types.ts";
import { duration, minute, parseInstant } from "../format/time.ts";
import { isMessageKey, useT } from "../i18n/index.ts";
import { useSettings } from "../state/settings.ts";
import { Panel } from "./Panel.tsx";
import { Provenance } from "./Provenance.tsx";
import { Empty, Failed, Loading } from "./States.tsx";

interface Answered {
  readonly meta?: Meta | undefined;
  readonly rows?: number | undefined;
  readonly series?: readonly unknown[] | undefined;
  readonly t?: readonly unknown[] | undefined;
}

interface Props<T extends object> {
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly span?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;
  readonly result: ApiResult<T>;
  /** Live numbers grow stale; those of a past period do not. */
  readonly isLive?: boolean;
  readonly emptyReason?: string;
  readonly hasExports?: boolean;
  readonly children: (data: T) => ComponentChildren;
}

/** Seconds behind which live data are shown as stale. A flow is kept by its exporter for a minute or two. */
const STALE_SECONDS = 300;

function isEmpty(answer: Answered): boolean {
  if (answer.series !== undefined) {
    return answer.series.length === 0 || answer.t?.length === 0;
  }
  return answer.rows === 0;
}

/** A panel of one answer of the API: loading, failed, empty, stale and good look different, and say why. */
export function ApiPanel<T extends object>(props: Props<T>) {
  const { title, note, actions, span, result, isLive = false, emptyReason, hasExports = true, children } = props;
  const t = useT();
  const { zone } = useSettings();
  const { data, problem } = result;
  const answered: Answered | null = data;
  const meta = answered?.meta;

  let body: ComponentChildren;
  let staleText: string | null = null;
  if (data === null) {
    body = problem === null ? <Loading /> : <Failed problem={problem} onRetry={result.refresh} />;
  } else if (isEmpty(data as Answered)) {
    const key = `empty.${meta?.emptyReason ?? ""}`;
    body = <Empty reason={isMessageKey(key) ? t(key) : emptyReason} />;
  } else {
    body = children(data);
    const asOf = parseInstant(meta?.asOf);
    if (problem !== null && result.answeredAt !== null) {
      staleText = t("state.staleFailed", { time: minute(result.answeredAt, zone), reason: problem.title === "" ? t("state.noAnswer") : problem.title });
    } else if (isLive && asOf !== null && (meta?.dataDelaySeconds ?? 0) > STALE_SECONDS) {
      staleText = t("state.stale", { time: `${minute(asOf, zone)} ${zone}`, delay: duration(meta?.dataDelaySeconds ?? null) });
    }
  }

  return (
    <div class={`span-${span ?? 12} cell${staleText === null ? "" : " is-stale"}`}>
      <Panel
        title={title}
        {...(note === undefined ? {} : { note })}
        {...(actions === undefined ? {} : { actions })}
        {...(meta === undefined ? {} : { footer: <Provenance meta={meta} url={hasExports ? result.url : undefined} /> })}
      >
        {staleText === null ? null : (
          <p class="stale-note" role="status">
            <span aria-hidden="true">◷</span> {staleText}
          </p>
        )}
        {meta?.warnings?.map((warning) => (
          <p key={warning} class="stale-note">
            <span aria-hidden="true">!</span> {warning}
          </p>
        ))}
        {body}
      </Panel>
    </div>
  );
}
