import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { PopulationPicker, usePopulation } from "../../components/PopulationPicker.tsx";
import { bitRate, signed } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/capacity/growth">["data"]>>[number];

const growth = (value: number | null): string => (value === null ? "–" : `${signed(value * 100, 1)} %`);

/** Growth a year of IPv6 and IPv4, over all months there are. */
export function GrowthView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const { dimension, direction } = usePopulation("operator_pair");
  const result = useApi("/capacity/growth", { query: { from: "now/M-24M", to: "now", tz: zone, dimension, direction } });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "member", title: t(`dimension.${dimension}`), isHeader: true, sortBy: (row) => names.member(dimension, row.member), render: (row) => names.member(dimension, row.member) },
      { key: "period", title: t("growth.period"), sortBy: (row) => row.first_month, render: (row) => `${row.first_month.slice(0, 7)} – ${row.last_month.slice(0, 7)}` },
      { key: "first6", title: `IPv6 ${t("growth.first")}`, isNumber: true, sortBy: (row) => row.first_bps_v6, render: (row) => bitRate(row.first_bps_v6) },
      { key: "last6", title: `IPv6 ${t("growth.last")}`, isNumber: true, sortBy: (row) => row.last_bps_v6, render: (row) => bitRate(row.last_bps_v6) },
      { key: "g6", title: `IPv6 ${t("growth.aYear")}`, isNumber: true, sortBy: (row) => row.growth_v6_a_year, render: (row) => growth(row.growth_v6_a_year) },
      { key: "first4", title: `IPv4 ${t("growth.first")}`, isNumber: true, sortBy: (row) => row.first_bps_v4, render: (row) => bitRate(row.first_bps_v4) },
      { key: "last4", title: `IPv4 ${t("growth.last")}`, isNumber: true, sortBy: (row) => row.last_bps_v4, render: (row) => bitRate(row.last_bps_v4) },
      { key: "g4", title: `IPv4 ${t("growth.aYear")}`, isNumber: true, sortBy: (row) => row.growth_v4_a_year, render: (row) => growth(row.growth_v4_a_year) },
      { key: "g", title: `${t("series.total")} ${t("growth.aYear")}`, isNumber: true, sortBy: (row) => row.growth_a_year, render: (row) => growth(row.growth_a_year) },
    ],
    [t, names, dimension],
  );
  return (
    <>
      <div class="toolbar">
        <PopulationPicker fallback="operator_pair" />
      </div>
      <ApiPanel title={t("growth.title")} note={t("growth.note")} result={result}>
        {(data) => <DataTable caption={t("growth.title")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.member} ${row.direction}`} sort={{ key: "last6", isDescending: true }} limit={40} />}
      </ApiPanel>
    </>
  );
}
