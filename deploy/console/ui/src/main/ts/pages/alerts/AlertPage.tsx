import { useState } from "preact/hooks";
import { send, urlOf } from "../../api/client.ts";
import { problemOfError } from "../../api/problem.ts";
import type { Schemas } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { SeverityMark, StateMark } from "../../components/AlertMarks.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Select } from "../../components/Controls.tsx";
import { Link } from "../../components/Link.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Figure, Stat } from "../../components/Stat.tsx";
import { percent } from "../../format/number.ts";
import { minute, parseInstant } from "../../format/time.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useMay } from "../../state/session.ts";
import { useSettings } from "../../state/settings.ts";
import { LinkLoad } from "../interconnects/LinkLoad.tsx";
import { subjectText, summaryOf, valueText } from "./text.ts";

type Alert = Schemas["Alert"];

/** Is it real? The value with its error and coverage, the row that fired, and what to do with it. */
export function AlertPage({ id }: { readonly id: string }) {
  const t = useT();
  const may = useMay();
  const { language } = useSettings();
  const result = useApi("/alerts/{alert}", { path: { alert: id }, refreshSeconds: 60 });
  return (
    <>
      <p class="crumbs page-crumbs">
        <Link to="/alerts">{t("nav.alerts")}</Link> / <b>{result.data === null ? id : summaryOf(result.data, language)}</b>
      </p>
      <div class="grid">
        <ApiPanel title={t("alert.title")} result={result} hasExports={false} span={8}>
          {(alert) => <Facts alert={alert} />}
        </ApiPanel>
        {result.data === null ? null : (
          <div class="span-4 cell stack">
            {may("acknowledgeAlert") ? <Acknowledge alert={result.data} onDone={result.refresh} /> : null}
            {may("createSilence") ? <Silence alert={result.data} onDone={result.refresh} /> : null}
          </div>
        )}
        {result.data?.subject["link"] === undefined ? null : <LinkLoad link={result.data.subject["link"]} />}
      </div>
    </>
  );
}

function Facts({ alert }: { readonly alert: Alert }) {
  const t = useT();
  const code = useCode();
  const { zone, language } = useSettings();
  const time = (text: string | null) => {
    const at = parseInstant(text);
    return at === null ? "–" : minute(at, zone);
  };
  return (
    <>
      <p class="alert-summary">
        <SeverityMark severity={alert.severity} /> <StateMark state={alert.state} /> <b>{summaryOf(alert, language)}</b>
      </p>
      <div class="stats-row">
        <Stat label={t("alerts.value")} value={<Figure text={valueText(alert.value, alert.unit)} />} sub={alert.error95 === null ? t("alert.noError") : `± ${valueText(alert.error95, alert.unit)} (95 %)`} />
        <Stat label={t("alerts.threshold")} value={<Figure text={valueText(alert.threshold, alert.unit)} />} />
        <Stat label={t("column.coverage")} value={<Figure text={percent(alert.coverage, 0)} />} />
      </div>
      <dl class="facts">
        <div>
          <dt>{t("alerts.rule")}</dt>
          <dd>
            {code("rule", alert.rule)} <small>{alert.rule}</small>
          </dd>
        </div>
        <div>
          <dt>{t("silences.subject")}</dt>
          <dd>{subjectText(alert)}</dd>
        </div>
        <div>
          <dt>{t("alerts.started")}</dt>
          <dd>{time(alert.startedAt)}</dd>
        </div>
        <div>
          <dt>{t("alerts.ended")}</dt>
          <dd>{time(alert.endedAt)}</dd>
        </div>
        <div>
          <dt>{t("alert.acknowledged")}</dt>
          <dd>{alert.acknowledgedBy === null ? "–" : `${alert.acknowledgedBy}, ${time(alert.acknowledgedAt)}`}</dd>
        </div>
        {alert.note === null || alert.note === "" ? null : (
          <div>
            <dt>{t("alert.note")}</dt>
            <dd>{alert.note}</dd>
          </div>
        )}
      </dl>
      <h3>{t("alert.evidence")}</h3>
      <table class="data">
        <caption class="visually-hidden">{t("alert.evidence")}</caption>
        <tbody>
          {Object.entries(alert.evidence).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="wrap">{typeof value === "object" && value !== null ? <pre class="sql">{JSON.stringify(value, null, 1)}</pre> : name === "sql" ? <pre class="sql">{String(value)}</pre> : String(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Acknowledge({ alert, onDone }: { readonly alert: Alert; readonly onDone: () => void }) {
  const t = useT();
  const [note, setNote] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async () => {
    try {
      await send("POST", urlOf("/alerts/{alert}/acknowledge", { alert: alert.id }), note === "" ? {} : { note });
      setNote("");
      setFailure(null);
      onDone();
    } catch (error) {
      const problem = problemOfError(error);
      setFailure(`${problem.title} ${problem.detail}`);
    }
  };
  return (
    <Panel title={t("alert.acknowledge")}>
      <div class="settings-box">
        <label>
          {t("alert.note")}
          <textarea rows={2} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        {failure === null ? null : (
          <p class="bad-text" role="alert">
            {failure}
          </p>
        )}
        <button type="button" class="button primary" disabled={alert.state === "resolved"} onClick={() => void submit()}>
          {t("alert.acknowledge")}
        </button>
      </div>
    </Panel>
  );
}

const HOURS = ["1", "4", "8", "24", "72"] as const;

function Silence({ alert, onDone }: { readonly alert: Alert; readonly onDone: () => void }) {
  const t = useT();
  const [hours, setHours] = useState<string>("4");
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async () => {
    try {
      const until = new Date(Date.now() + Number(hours) * 3600000).toISOString();
      await send("POST", urlOf("/silences"), { rule: alert.rule, subject: alert.subject, until, reason });
      setReason("");
      setFailure(null);
      onDone();
    } catch (error) {
      const problem = problemOfError(error);
      setFailure(`${problem.title} ${problem.detail}`);
    }
  };
  return (
    <Panel title={t("silences.create")}>
      <div class="settings-box">
        <Select label={t("silences.for")} value={hours} options={HOURS.map((one) => ({ value: one, label: `${one} h` }))} onChange={setHours} />
        <label>
          {t("silences.reason")}
          <input required value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        {failure === null ? null : (
          <p class="bad-text" role="alert">
            {failure}
          </p>
        )}
        <button type="button" class="button" disabled={reason.trim() === ""} onClick={() => void submit()}>
          {t("silences.create")}
        </button>
      </div>
    </Panel>
  );
}
