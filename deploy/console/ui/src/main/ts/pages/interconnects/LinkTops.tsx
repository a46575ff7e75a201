import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Select } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { ShareBar } from "../../components/ShareBar.tsx";
import { bitRate, octets, percent } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

const BY = ["source_as", "destination_as", "source_prefix", "destination_prefix", "service", "source_organisation", "destination_organisation", "traffic_class"] as const;

type Row = ReturnType<typeof rowsOf<Answer<"/links/{link}/tops">["data"]>>[number];

/** Which neighbours, prefixes and services bring the traffic. Prefixes are /24 and /48 and estimated from samples. */
export function LinkTops({ link }: { readonly link: string }) {
  const t = useT();
  const code = useCode();
  const { zone } = useSettings();
  const range = useApiRange();
  const [by, setBy] = useParam("by", "source_as");
  const [direction] = useParam("direction", "any");
  const result = useApi("/links/{link}/tops", {
    path: { link },
    query: { ...range, tz: zone, by: by as (typeof BY)[number], direction: direction as "any" | "a_to_b" | "b_to_a", top: 12 },
  });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "rank", title: "#", isNumber: true, render: (row) => row.rank },
      { key: "label", title: t(`topBy.${by as (typeof BY)[number]}`), isHeader: true, sortBy: (row) => row.label, render: (row) => (by === "traffic_class" ? code("class", row.key) : row.key === "" || row.key === "other" ? t("series.other") : row.label) },
      { key: "bps", title: t("stat.mean"), isNumber: true, sortBy: (row) => row.mean_bps, render: (row) => bitRate(row.mean_bps) },
      { key: "fraction", title: t("column.ofAll"), isNumber: true, sortBy: (row) => row.fraction, render: (row) => percent(row.fraction, 1) },
      { key: "octets", title: t("column.volume"), isNumber: true, sortBy: (row) => row.octets, render: (row) => octets(row.octets) },
      { key: "error", title: "± 95 %", isNumber: true, sortBy: (row) => row.octets_error95, render: (row) => octets(row.octets_error95) },
      { key: "families", title: "IPv6 / IPv4", render: (row) => <ShareBar v6={row.octets_v6} v4={row.octets_v4} /> },
    ],
    [t, by, code],
  );
  return (
    <ApiPanel
      title={t("link.tops")}
      result={result}
      actions={<Select label={t("link.rankBy")} value={by} options={BY.map((one) => ({ value: one, label: t(`topBy.${one}`) }))} onChange={setBy} />}
    >
      {(data) => <DataTable caption={t("link.tops")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.rank} ${row.key}`} />}
    </ApiPanel>
  );
}
