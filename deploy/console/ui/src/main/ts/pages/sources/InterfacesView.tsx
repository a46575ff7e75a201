import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { ExporterLink } from "../../components/ExporterLink.tsx";
import { Link } from "../../components/Link.tsx";
import { bitRate } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/interfaces">["data"]>>[number];

export function InterfacesView() {
  return <InterfaceTable span={12} />;
}

/** Which interface counts which direction of which link. */
export function InterfaceTable({ exporter, span }: { readonly exporter?: string; readonly span: 6 | 12 }) {
  const t = useT();
  const code = useCode();
  const result = useApi("/interfaces", { query: { exporter } });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      ...(exporter === undefined
        ? [{ key: "exporter", title: t("column.exporter"), isHeader: true, sortBy: (row: Row) => row.exporter, render: (row: Row) => <ExporterLink exporter={row.exporter} /> }]
        : []),
      { key: "name", title: t("interfaces.name"), isHeader: exporter !== undefined, sortBy: (row) => row.name, render: (row) => <>{row.name} <span class="sub-name">ifIndex {row.interface}</span></> },
      { key: "role", title: t("column.role"), sortBy: (row) => row.role, render: (row) => code("interfaceRole", row.role) },
      { key: "link", title: t("column.link"), sortBy: (row) => row.link, render: (row) => (row.link === "" ? "–" : <Link to={`/interconnects/${encodeURIComponent(row.link)}`}>{row.link}</Link>) },
      { key: "counts", title: t("interfaces.counts"), render: (row) => (row.counts_directions.length === 0 ? "–" : row.counts_directions.map((one) => one.replace("a_to_b", "A → B").replace("b_to_a", "B → A")).join(", ")) },
      { key: "mode", title: t("interfaces.mode"), sortBy: (row) => row.count_mode, render: (row) => row.count_mode },
      { key: "speed", title: t("interfaces.speed"), isNumber: true, sortBy: (row) => row.speed_bps, render: (row) => bitRate(row.speed_bps) },
    ],
    [t, code, exporter],
  );
  return (
    <ApiPanel title={t("sources.interfaces")} result={result} span={span}>
      {(data) => <DataTable caption={t("sources.interfaces")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.exporter} ${row.interface}`} limit={80} />}
    </ApiPanel>
  );
}
