import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import type { Series } from "../../charts/series.ts";
import { shareBands } from "../../charts/shareBands.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Coverage } from "../../components/Coverage.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { MemberPicker, PopulationPicker, useMember, usePopulation } from "../../components/PopulationPicker.tsx";
import { Finality } from "../../components/Provenance.tsx";
import { bitRate, percent, percentRange, points, shareWithError, signed } from "../../format/number.ts";
import { startOfDay } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/ipv6/months">["data"]>>[number];

/** Months in which nothing was heard say nothing, not 0. */
const isHeard = (row: Row): boolean => row.octets > 0 || (row.coverage ?? 0) > 0;

const growth = (value: number | null): string => (value === null ? "–" : `${signed(value * 100, 1)} %`);

/** Calendar months with the change against the month and the year before. */
export function MonthsView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const { dimension, direction } = usePopulation("role");
  const member = useMember(dimension, "interconnect");
  const result = useApi("/ipv6/months", {
    query: { from: "now/M-24M", to: "now", tz: zone, dimension, direction, member: member === "" ? undefined : [member] },
    isOff: member === "",
  });
  const summary = useApi("/ipv6/share/summary", { query: { dimension, direction } });
  const monthColumns = useMemo(
    (): Array<Column<Row>> => [
      { key: "month", title: t("column.month"), isHeader: true, sortBy: (row) => row.month, render: (row) => row.month.slice(0, 7) },
      ...shareColumns(t),
      { key: "final", title: t("column.finality"), render: (row) => <Finality isProvisional={row.provisional} /> },
    ],
    [t],
  );
  const memberColumns = useMemo(
    (): Array<Column<Row>> => [
      { key: "member", title: t(`dimension.${dimension}`), isHeader: true, sortBy: (row) => names.member(dimension, row.member), render: (row) => names.member(dimension, row.member) },
      ...shareColumns(t),
      { key: "final", title: t("column.finality"), render: (row) => <Finality isProvisional={row.provisional} /> },
    ],
    [t, names, dimension],
  );
  return (
    <>
      <div class="toolbar">
        <PopulationPicker fallback="role" />
        <MemberPicker dimension={dimension} value={member} />
      </div>
      <div class="grid">
        <ApiPanel title={t("months.chart", { member: names.member(dimension, member) })} result={result}>
          {(data) => <MonthChart answer={data} />}
        </ApiPanel>
        <ApiPanel title={t("months.table")} note={t("months.note")} result={result}>
          {(data) => <DataTable caption={t("months.table")} columns={monthColumns} rows={rowsOf(data).filter(isHeard)} rowKey={(row) => `${row.month} ${row.member}`} sort={{ key: "month", isDescending: true }} limit={24} />}
        </ApiPanel>
        <ApiPanel
          title={t("months.summary", { month: summary.data === null || summary.data.rows === 0 ? "" : (rowsOf(summary.data)[0]?.month ?? "").slice(0, 7) })}
          note={t("months.summaryNote")}
          result={summary}
        >
          {(data) => <DataTable caption={t("months.summaryNote")} columns={memberColumns} rows={rowsOf(data)} rowKey={(row) => row.member} sort={{ key: "wire", isDescending: true }} limit={30} />}
        </ApiPanel>
      </div>
    </>
  );
}

function shareColumns(t: ReturnType<typeof useT>): Array<Column<Row>> {
  return [
    { key: "wire", title: t("share.wire"), isNumber: true, sortBy: (row) => row.share_wire, render: (row) => shareWithError(row.share_wire, row.share_wire_error95) },
    { key: "native", title: t("share.native"), isNumber: true, sortBy: (row) => row.share_native, render: (row) => shareWithError(row.share_native, row.share_native_error95) },
    { key: "payload", title: t("share.payload"), isNumber: true, sortBy: (row) => row.share_payload_lower, render: (row) => percentRange(row.share_payload_lower, row.share_payload_upper, 1) },
    { key: "dm", title: t("months.changeMonth"), isNumber: true, sortBy: (row) => row.share_wire_change_month, render: (row) => points(row.share_wire_change_month, t("unit.points")) },
    { key: "dy", title: t("months.changeYear"), isNumber: true, sortBy: (row) => row.share_wire_change_year, render: (row) => points(row.share_wire_change_year, t("unit.points")) },
    { key: "mean6", title: t("months.mean6"), isNumber: true, sortBy: (row) => row.mean_bps_v6, render: (row) => bitRate(row.mean_bps_v6) },
    { key: "g6", title: t("months.growth6"), isNumber: true, sortBy: (row) => row.growth_v6_year, render: (row) => growth(row.growth_v6_year) },
    { key: "mean4", title: t("months.mean4"), isNumber: true, sortBy: (row) => row.mean_bps_v4, render: (row) => bitRate(row.mean_bps_v4) },
    { key: "g4", title: t("months.growth4"), isNumber: true, sortBy: (row) => row.growth_v4_year, render: (row) => growth(row.growth_v4_year) },
    { key: "coverage", title: t("column.coverage"), isNumber: true, sortBy: (row) => row.coverage, render: (row) => <Coverage value={row.coverage} /> },
  ];
}

function MonthChart({ answer }: { readonly answer: Answer<"/ipv6/months"> }) {
  const t = useT();
  const { zone } = useSettings();
  const { times, series } = useMemo(() => {
    const rows = rowsOf(answer).filter(isHeard).sort((a, b) => a.month.localeCompare(b.month));
    return {
      times: rows.map((row) => startOfDay(row.month, zone)),
      series: [
        { key: "wire", label: t("share.wire"), role: "v6", values: rows.map((row) => row.share_wire), errors: rows.map((row) => row.share_wire_error95) },
        { key: "native", label: t("share.native"), values: rows.map((row) => row.share_native), errors: rows.map((row) => row.share_native_error95) },
        { key: "lower", label: t("share.lower"), role: "bound", values: rows.map((row) => row.share_payload_lower) },
        { key: "upper", label: t("share.upper"), role: "bound", values: rows.map((row) => row.share_payload_upper) },
      ] satisfies Series[],
    };
  }, [answer, t, zone]);
  const bands = useMemo(() => shareBands(series), [series]);
  return <TimePanel label={t("months.table")} times={times} stepSeconds={2592000} series={series} bands={bands} height={240} format={(value) => percent(value, 2)} isLegendPlain isShare />;
}
