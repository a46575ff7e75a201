import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { fixed } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/ipv6/published">["data"]>>[number];

const decimals = (value: number | null): number => (value === null || Number.isInteger(value) ? 0 : 2);

/** What ministries and white papers published, beside ours where our links measure the same. */
export function PublishedView() {
  const t = useT();
  const code = useCode();
  const result = useApi("/ipv6/published");
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "when", title: t("published.asOf"), isHeader: true, sortBy: (row) => row.as_of, render: (row) => row.as_of },
      { key: "metric", title: t("targets.metric"), sortBy: (row) => row.metric, render: (row) => code("metric", row.metric) },
      { key: "published", title: t("published.value"), isNumber: true, sortBy: (row) => row.published_value, render: (row) => `${fixed(row.published_value, decimals(row.published_value))} ${row.unit}` },
      { key: "ours", title: t("published.ours"), isNumber: true, sortBy: (row) => row.our_value, render: (row) => (row.our_value === null ? "–" : `${fixed(row.our_value, 2)} ${row.unit}`) },
      { key: "ratio", title: t("published.ratio"), isNumber: true, sortBy: (row) => row.ratio, render: (row) => fixed(row.ratio, 2) },
      { key: "definition", title: t("published.definition"), render: (row) => (row.our_definition === "" ? t("targets.notMeasuredHere") : row.our_definition) },
      { key: "source", title: t("definition.source"), render: (row) => <span class="wrap">{row.source}</span> },
    ],
    [t, code],
  );
  return (
    <ApiPanel title={t("published.title")} note={t("published.note")} result={result}>
      {(data) => <DataTable caption={t("published.title")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.as_of} ${row.metric} ${row.published_value} ${row.source}`} sort={{ key: "when", isDescending: true }} limit={60} />}
    </ApiPanel>
  );
}
