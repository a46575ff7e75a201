import { useMemo } from "preact/hooks";
import { send, urlOf } from "../../api/client.ts";
import type { Schemas } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { SeverityMark, StateMark } from "../../components/AlertMarks.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments } from "../../components/Controls.tsx";
import { Coverage } from "../../components/Coverage.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { Link } from "../../components/Link.tsx";
import { Empty } from "../../components/States.tsx";
import { minute, parseInstant } from "../../format/time.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useMay } from "../../state/session.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";
import { summaryOf, valueText } from "./text.ts";

type Alert = Schemas["Alert"];

const STATES = ["", "firing", "acknowledged", "silenced", "resolved"] as const;
const RANK = { critical: 0, warning: 1, info: 2 } as const;

/** What is wrong now, and what was: the same list is the hand-over of a shift. */
export function AlertList() {
  const t = useT();
  const code = useCode();
  const { zone, language } = useSettings();
  const range = useApiRange("now-7d");
  const [state, setState] = useParam("state", "");
  const result = useApi("/alerts", {
    query: { ...range, tz: zone, state: state === "" ? undefined : (state as Alert["state"]) },
    refreshSeconds: REFRESH_SECONDS,
  });
  const columns = useMemo(
    (): Array<Column<Alert>> => [
      { key: "severity", title: t("alerts.severity"), sortBy: (row) => RANK[row.severity], render: (row) => <SeverityMark severity={row.severity} /> },
      { key: "summary", title: t("alerts.summary"), isHeader: true, sortBy: (row) => summaryOf(row, language), render: (row) => <span class="wrap"><Link to={`/alerts/${encodeURIComponent(row.id)}`}>{summaryOf(row, language)}</Link></span> },
      { key: "rule", title: t("alerts.rule"), sortBy: (row) => row.rule, render: (row) => code("rule", row.rule) },
      { key: "value", title: t("alerts.value"), isNumber: true, sortBy: (row) => row.value, render: (row) => valueText(row.value, row.unit) },
      { key: "error", title: "± 95 %", isNumber: true, sortBy: (row) => row.error95, render: (row) => valueText(row.error95, row.unit) },
      { key: "threshold", title: t("alerts.threshold"), isNumber: true, sortBy: (row) => row.threshold, render: (row) => valueText(row.threshold, row.unit) },
      { key: "coverage", title: t("column.coverage"), isNumber: true, sortBy: (row) => row.coverage, render: (row) => <Coverage value={row.coverage} /> },
      { key: "state", title: t("column.state"), sortBy: (row) => row.state, render: (row) => <StateMark state={row.state} /> },
      { key: "started", title: t("alerts.started"), sortBy: (row) => row.startedAt, render: (row) => minute(parseInstant(row.startedAt) ?? 0, zone) },
      {
        key: "ended",
        title: t("alerts.ended"),
        sortBy: (row) => row.endedAt,
        render: (row) => {
          const at = parseInstant(row.endedAt);
          return at === null ? "–" : minute(at, zone);
        },
      },
    ],
    [t, code, zone, language],
  );
  return (
    <>
      <div class="toolbar">
        <Segments label={t("column.state")} value={state} options={STATES.map((one) => ({ value: one, label: one === "" ? t("interconnects.all") : t(`alertState.${one}`) }))} onChange={setState} />
      </div>
      <div class="grid">
        <ApiPanel title={t("alerts.title")} note={result.data === null ? "" : t("alerts.firing", { count: result.data.firing })} result={result} hasExports={false}>
          {(data) =>
            data.alerts.length === 0 ? (
              <Empty reason={t("alerts.none")} />
            ) : (
              <DataTable caption={t("alerts.title")} columns={columns} rows={data.alerts} rowKey={(row) => `${row.id} ${row.startedAt}`} sort={{ key: "started", isDescending: true }} limit={100} />
            )
          }
        </ApiPanel>
        <SilenceList />
      </div>
    </>
  );
}

function SilenceList() {
  const t = useT();
  const code = useCode();
  const may = useMay();
  const { zone } = useSettings();
  const result = useApi("/silences", { refreshSeconds: 60 });
  return (
    <ApiPanel title={t("silences.title")} note={t("silences.note")} result={result} hasExports={false}>
      {(data) =>
        data.silences.length === 0 ? (
          <Empty reason={t("silences.none")} />
        ) : (
          <table class="data">
            <caption class="visually-hidden">{t("silences.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("alerts.rule")}</th>
                <th scope="col">{t("silences.subject")}</th>
                <th scope="col">{t("silences.until")}</th>
                <th scope="col">{t("silences.reason")}</th>
                <th scope="col">{t("silences.by")}</th>
                <th scope="col">{t("silences.end")}</th>
              </tr>
            </thead>
            <tbody>
              {data.silences.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.rule === null || one.rule === undefined ? t("interconnects.all") : code("rule", one.rule)}</th>
                  <td>
                    {Object.entries(one.subject ?? {})
                      .map(([name, value]) => `${name} ${value}`)
                      .join(", ")}
                  </td>
                  <td>{minute(parseInstant(one.until) ?? 0, zone)}</td>
                  <td class="wrap">{one.reason}</td>
                  <td>{one.createdBy}</td>
                  <td>
                    {may("deleteSilence") ? (
                      <button type="button" class="link" onClick={() => void send("DELETE", urlOf("/silences/{silence}", { silence: one.id })).then(result.refresh)}>
                        {t("silences.end")}
                      </button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </ApiPanel>
  );
}
