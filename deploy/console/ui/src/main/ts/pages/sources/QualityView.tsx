import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Coverage } from "../../components/Coverage.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { integer, percent } from "../../format/number.ts";
import { second, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/quality">["data"]>>[number];
type Issue = ReturnType<typeof rowsOf<Answer<"/reissues">["data"]>>[number];

/** Whose data are incomplete or doubtful, and what was issued again. */
export function QualityView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-3h");
  const quality = useApi("/quality", { query: { ...range, tz: zone } });
  const reissues = useApi("/reissues");
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "operator", title: t("column.operator"), isHeader: true, sortBy: (row) => row.operator, render: (row) => (row.operator === "all" ? t("series.total") : names.operator(row.operator)) },
      { key: "exporters", title: t("sources.exporters"), isNumber: true, sortBy: (row) => row.exporters, render: (row) => integer(row.exporters) },
      { key: "silent", title: t("overview.silent"), isNumber: true, sortBy: (row) => row.silent_exporters, render: (row) => integer(row.silent_exporters) },
      { key: "coverage", title: t("column.coverage"), isNumber: true, sortBy: (row) => row.coverage, render: (row) => <Coverage value={row.coverage} /> },
      { key: "loss", title: t("column.loss"), isNumber: true, sortBy: (row) => row.loss, render: (row) => percent(row.loss, 3) },
      { key: "sampling", title: t("quality.samplingUnknown"), isNumber: true, sortBy: (row) => row.sampling_unknown, render: (row) => percent(row.sampling_unknown, 3) },
      { key: "clock", title: t("quality.clockSuspect"), isNumber: true, sortBy: (row) => row.clock_suspect, render: (row) => percent(row.clock_suspect, 3) },
      { key: "records", title: t("exporter.flowRecords"), isNumber: true, sortBy: (row) => row.flow_records, render: (row) => integer(row.flow_records) },
    ],
    [t, names],
  );
  const time = (text: string) => second(parseInstant(text) ?? 0, zone);
  const issueColumns = useMemo(
    (): Array<Column<Issue>> => [
      { key: "at", title: t("reissues.at"), isHeader: true, sortBy: (row) => row.issued_at, render: (row) => time(row.issued_at) },
      { key: "from", title: t("range.from"), sortBy: (row) => row.from, render: (row) => time(row.from) },
      { key: "until", title: t("range.until"), sortBy: (row) => row.until, render: (row) => time(row.until) },
      { key: "reason", title: t("reissues.reason"), render: (row) => row.reason },
      { key: "issue", title: t("reissues.issue"), render: (row) => row.issue },
    ],
    [t, zone],
  );
  return (
    <div class="grid">
      <ApiPanel title={t("sources.quality")} note={t("quality.note")} result={quality} emptyReason={t("quality.empty")}>
        {(data) => <DataTable caption={t("sources.quality")} columns={columns} rows={rowsOf(data)} rowKey={(row) => row.operator} rowClass={(row) => (row.operator === "all" ? "is-total" : undefined)} />}
      </ApiPanel>
      <ApiPanel title={t("reissues.title")} note={t("reissues.note")} result={reissues} emptyReason={t("reissues.none")}>
        {(data) => <DataTable caption={t("reissues.title")} columns={issueColumns} rows={rowsOf(data)} rowKey={(row) => `${row.issue} ${row.from}`} sort={{ key: "at", isDescending: true }} limit={20} />}
      </ApiPanel>
    </div>
  );
}
