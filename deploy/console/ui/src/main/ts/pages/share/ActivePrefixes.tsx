import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { integer } from "../../format/number.ts";
import { bucket, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/ipv6/active-prefixes">["data"]>>[number];

/** Distinct prefixes seen as a source: counts only, and lower bounds. */
export function ActivePrefixes() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-30d");
  const [unit, setUnit] = useParam("unit", "1d");
  const result = useApi("/ipv6/active-prefixes", { query: { ...range, tz: zone, unit: unit as "1h" | "1d" | "1mo" } });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "time", title: t("chart.time"), isHeader: true, sortBy: (row) => row.bucket, render: (row) => bucket(parseInstant(row.bucket) ?? 0, zone, unit === "1h" ? 3600 : unit === "1d" ? 86400 : 2592000) },
      { key: "operator", title: t("column.operator"), sortBy: (row) => names.operator(row.operator), render: (row) => names.operator(row.operator) },
      { key: "province", title: t("dimension.province"), sortBy: (row) => row.province, render: (row) => names.member("province", row.province) },
      { key: "unit", title: t("prefixes.unit"), sortBy: (row) => row.unit, render: (row) => row.unit },
      { key: "prefixes", title: t("prefixes.count"), isNumber: true, sortBy: (row) => row.prefixes, render: (row) => `≥ ${integer(row.prefixes)} ± ${integer(row.prefixes_error95)}` },
    ],
    [t, names, zone, unit],
  );
  return (
    <ApiPanel
      title={t("prefixes.title")}
      note={t("prefixes.note")}
      result={result}
      actions={
        <Segments
          label={t("column.resolution")}
          value={unit}
          options={[
            { value: "1h", label: "1 h" },
            { value: "1d", label: t("resolution.day") },
            { value: "1mo", label: t("resolution.month") },
          ]}
          onChange={setUnit}
        />
      }
    >
      {(data) => <DataTable caption={t("prefixes.title")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.bucket} ${row.operator} ${row.province} ${row.unit}`} sort={{ key: "time", isDescending: true }} limit={60} />}
    </ApiPanel>
  );
}
