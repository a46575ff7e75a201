import { useApi } from "../../api/useApi.ts";
import { Panel } from "../../components/Panel.tsx";
import { Figure, Stat } from "../../components/Stat.tsx";
import { Failed, Loading } from "../../components/States.tsx";
import type { Answer } from "../../api/types.ts";
import { fixed } from "../../format/number.ts";
import { duration, minute, parseInstant } from "../../format/time.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";

type Part = Answer<"/pipeline">["parts"][number];

const SIGNS = { up: "●", down: "✗", unknown: "?" } as const;
const CLASSES = { up: "mark-good", down: "mark-bad", unknown: "" } as const;

/** Collector, Kafka, Flink and ClickHouse in the order in which a record passes them. */
export function PipelineView() {
  const t = useT();
  const { zone } = useSettings();
  const result = useApi("/pipeline", { refreshSeconds: 15 });
  const data = result.data;
  if (data === null) {
    return result.problem === null ? <Loading /> : <Failed problem={result.problem} onRetry={result.refresh} />;
  }
  const time = (text: string | null | undefined) => {
    const at = parseInstant(text);
    return at === null ? "–" : minute(at, zone);
  };
  const order: ReadonlyArray<Part["kind"]> = ["collector", "kafka", "flink", "clickhouse", "console"];
  return (
    <div class="grid">
      <div class="span-12 cell">
        <Panel title={t("pipeline.progress")} note={zone}>
          <div class="stats-row">
            <Stat label={t("pipeline.delay")} value={<Figure text={duration(data.dataDelaySeconds)} />} sub={t("pipeline.delayNote")} />
            <Stat label={t("pipeline.flowsUntil")} value={<small>{time(data.flowsStoredUntil)}</small>} />
            <Stat label={t("pipeline.statusUntil")} value={<small>{time(data.statusStoredUntil)}</small>} />
            <Stat label={t("pipeline.finalUntil")} value={<small>{time(data.finalUntil)}</small>} sub={t("pipeline.finalNote")} />
          </div>
        </Panel>
      </div>
      {order.flatMap((kind) => data.parts.filter((part) => part.kind === kind)).map((part) => (
        <PartPanel key={`${part.kind} ${part.name}`} part={part} />
      ))}
    </div>
  );
}

function PartPanel({ part }: { readonly part: Part }) {
  const t = useT();
  const code = useCode();
  const metrics = Object.entries(part.metrics ?? {});
  return (
    <div class="span-3 cell">
      <Panel title={`${code("part", part.kind)}`} note={part.name === part.kind ? "" : part.name}>
        <p>
          <span class={`mark ${CLASSES[part.state]}`}>
            <span aria-hidden="true">{SIGNS[part.state]}</span> {t(`partState.${part.state}`)}
          </span>
        </p>
        {part.detail === undefined || part.detail === "" ? null : <p class="hint">{part.detail}</p>}
        {metrics.length === 0 ? null : (
          <table class="data">
            <caption class="visually-hidden">{part.name}</caption>
            <tbody>
              {metrics.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{code("partMetric", name)}</th>
                  <td class="number">{fixed(value, Number.isInteger(value) ? 0 : 2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </div>
  );
}
