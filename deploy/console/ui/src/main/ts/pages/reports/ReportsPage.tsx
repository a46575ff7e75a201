import { useState } from "preact/hooks";
import { BASE, send, urlOf } from "../../api/client.ts";
import { problemOfError } from "../../api/problem.ts";
import type { Schemas } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Select } from "../../components/Controls.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Finality } from "../../components/Provenance.tsx";
import { Empty } from "../../components/States.tsx";
import { octets, percent } from "../../format/number.ts";
import { minute, month as monthOf, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useMay } from "../../state/session.ts";
import { useSettings } from "../../state/settings.ts";

type Report = Schemas["Report"];
type Issue = Schemas["ReportIssue"];

/** The monthly reports: frozen, with checksums; what a later issue changed is listed. */
export function ReportsPage() {
  const t = useT();
  const may = useMay();
  const result = useApi("/reports", { refreshSeconds: 15 });
  return (
    <div class="grid">
      <ApiPanel title={t("reports.title")} note={t("reports.note")} result={result} hasExports={false} span={may("createReport") ? 8 : 12}>
        {(data) =>
          data.reports.length === 0 ? <Empty reason={t("reports.none")} /> : [...data.reports].sort((a, b) => b.month.localeCompare(a.month)).map((report) => <Month key={report.month} report={report} />)
        }
      </ApiPanel>
      {may("createReport") ? <Make onDone={result.refresh} /> : null}
    </div>
  );
}

function Month({ report }: { readonly report: Report }) {
  return (
    <section class="report">
      <h3>{report.month}</h3>
      {[...report.issues]
        .sort((a, b) => b.issue - a.issue)
        .map((issue) => (
          <IssueOf key={issue.issue} month={report.month} issue={issue} />
        ))}
    </section>
  );
}

function IssueOf({ month, issue }: { readonly month: string; readonly issue: Issue }) {
  const t = useT();
  const { zone } = useSettings();
  const at = parseInstant(issue.issuedAt);
  return (
    <div class="issue">
      <p>
        <b>{t("reports.issue", { number: issue.issue })}</b>{" "}
        <span class={`mark${issue.state === "failed" ? " mark-bad" : issue.state === "issued" ? " mark-good" : ""}`}>{t(`reportState.${issue.state}`)}</span> <Finality isProvisional={issue.provisional} />{" "}
        <span class="hint">
          {at === null ? "" : `${minute(at, zone)} ${zone}`}
          {issue.completeness === null || issue.completeness === undefined ? "" : ` · ${t("reports.completeness")} ${percent(issue.completeness, 1)}`}
          {issue.reason === null || issue.reason === undefined || issue.reason === "" ? "" : ` · ${issue.reason}`}
        </span>
      </p>
      {issue.problem === null || issue.problem === undefined ? null : <p class="notice bad">{issue.problem}</p>}
      {issue.files.length === 0 ? null : (
        <div class="table-scroll" tabIndex={0} role="group" aria-label={`${month} ${t("reports.files")}`}>
          <table class="data">
            <caption class="visually-hidden">{`${month} ${t("reports.files")}`}</caption>
            <thead>
              <tr>
                <th scope="col">{t("reports.file")}</th>
                <th scope="col">{t("reports.language")}</th>
                <th scope="col" class="number">
                  {t("reports.size")}
                </th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {issue.files.map((file) => (
                <tr key={file.name}>
                  <th scope="row">
                    <a href={`${BASE}/reports/${encodeURIComponent(month)}/${encodeURIComponent(file.name)}`}>{file.name}</a>
                  </th>
                  <td>{file.language ?? "–"}</td>
                  <td class="number">{octets(file.size)}</td>
                  <td>
                    <code title={file.sha256}>{file.sha256.slice(0, 16)}…</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {issue.changes === undefined || issue.changes.length === 0 ? null : (
        <details>
          <summary>{t("reports.changes", { count: issue.changes.length })}</summary>
          <table class="data">
            <thead>
              <tr>
                <th scope="col">{t("reports.table")}</th>
                <th scope="col">{t("reports.row")}</th>
                <th scope="col">{t("reports.column")}</th>
                <th scope="col" class="number">
                  {t("reports.before")}
                </th>
                <th scope="col" class="number">
                  {t("reports.after")}
                </th>
              </tr>
            </thead>
            <tbody>
              {issue.changes.map((change) => (
                <tr key={`${change.table} ${change.row} ${change.column}`}>
                  <th scope="row">{change.table}</th>
                  <td>{change.row}</td>
                  <td>{change.column}</td>
                  <td class="number">{String(change.before ?? "–")}</td>
                  <td class="number">{String(change.after ?? "–")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}

function Make({ onDone }: { readonly onDone: () => void }) {
  const t = useT();
  const { zone } = useSettings();
  const [year = 1970, number = 1] = monthOf(Date.now(), zone).split("-").map(Number);
  const months = Array.from({ length: 18 }, (_, i) => {
    const index = year * 12 + number - 2 - i;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  });
  const [month, setMonth] = useState(months[0] ?? "");
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await send("POST", urlOf("/reports"), reason === "" ? { month } : { month, reason });
      onDone();
    } catch (error) {
      const problem = problemOfError(error);
      setFailure(`${problem.title} ${problem.detail}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="span-4 cell">
      <Panel title={t("reports.make")} note={t("reports.makeNote")}>
        <div class="settings-box">
          <Select label={t("column.month")} value={month} options={months.map((one) => ({ value: one, label: one }))} onChange={setMonth} />
          <label>
            {t("reports.reason")}
            <input value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          </label>
          {failure === null ? null : (
            <p class="notice bad" role="alert">
              {failure}
            </p>
          )}
          <button type="button" class="button primary" disabled={isBusy} onClick={() => void submit()}>
            {t("reports.make")}
          </button>
        </div>
      </Panel>
    </div>
  );
}
