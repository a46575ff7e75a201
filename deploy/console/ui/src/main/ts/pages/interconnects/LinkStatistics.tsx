import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { bitRate, integer, percent } from "../../format/number.ts";
import { minute, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/links/{link}/statistics">["data"]>>[number];

/** Mean, percentiles and peak of each direction and IP version. */
export function LinkStatistics({ link }: { readonly link: string }) {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange();
  const result = useApi("/links/{link}/statistics", { path: { link }, query: { ...range, tz: zone } });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      {
        key: "what",
        title: t("column.direction"),
        isHeader: true,
        render: (row) => `${row.direction === "a_to_b" ? "A → B" : "B → A"} ${row.ip_version === 0 ? t("series.total") : `IPv${row.ip_version}`}`,
      },
      { key: "p95", title: "p95", isNumber: true, render: (row) => bitRate(row.p95_bps) },
      { key: "u95", title: t("column.utilisation"), isNumber: true, render: (row) => percent(row.utilisation_p95, 1) },
      { key: "mean", title: t("stat.mean"), isNumber: true, render: (row) => bitRate(row.mean_bps) },
      { key: "p99", title: "p99", isNumber: true, render: (row) => bitRate(row.p99_bps) },
      { key: "peak", title: t("stat.max"), isNumber: true, render: (row) => bitRate(row.peak_bps) },
      {
        key: "peakAt",
        title: t("stat.maxAt"),
        render: (row) => {
          const at = parseInstant(row.peak_at);
          return at === null ? "–" : minute(at, zone);
        },
      },
      { key: "missing", title: t("column.missing"), isNumber: true, render: (row) => `${integer(row.missing_samples)} / ${integer(row.samples)}` },
    ],
    [t, zone],
  );
  return (
    <ApiPanel title={t("link.statistics")} note={t("link.statisticsNote")} result={result}>
      {(data) => (
        <DataTable caption={t("link.statistics")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.direction} ${row.ip_version}`} rowClass={(row) => (row.ip_version === 0 ? "is-total" : undefined)} />
      )}
    </ApiPanel>
  );
}
