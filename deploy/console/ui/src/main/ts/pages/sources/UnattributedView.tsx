import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { integer, octets } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/unattributed">["data"]>>[number];

/** Traffic that belongs to no link direction, and why. */
export function UnattributedView() {
  const t = useT();
  const code = useCode();
  const { zone } = useSettings();
  const range = useApiRange("now-3h");
  const result = useApi("/unattributed", { query: { ...range, tz: zone }, refreshSeconds: 60 });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "reason", title: t("unattributed.reason"), isHeader: true, sortBy: (row) => row.reason, render: (row) => <>{code("unattributedReason", row.reason)} <span class="sub-name">{row.reason}</span></> },
      { key: "exporter", title: t("column.exporter"), sortBy: (row) => row.exporter ?? row.address, render: (row) => row.exporter ?? row.address ?? "–" },
      { key: "interface", title: t("unattributed.interface"), isNumber: true, sortBy: (row) => row.interface, render: (row) => (row.interface === null ? "–" : `${row.interface} ${row.meter ?? ""}`) },
      { key: "version", title: t("column.ipVersion"), sortBy: (row) => row.ip_version, render: (row) => (row.ip_version === 0 ? "–" : `IPv${row.ip_version}`) },
      { key: "octets", title: t("unattributed.octets"), isNumber: true, sortBy: (row) => row.octets, render: (row) => octets(row.octets) },
      { key: "observed", title: t("unattributed.observed"), isNumber: true, sortBy: (row) => row.observed_octets, render: (row) => octets(row.observed_octets) },
      { key: "records", title: t("unattributed.records"), isNumber: true, sortBy: (row) => row.records, render: (row) => integer(row.records) },
    ],
    [t, code],
  );
  return (
    <ApiPanel title={t("sources.unattributed")} note={t("unattributed.note")} result={result} emptyReason={t("unattributed.none")}>
      {(data) => <DataTable caption={t("sources.unattributed")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.reason} ${row.exporter} ${row.address} ${row.interface} ${row.meter} ${row.ip_version}`} sort={{ key: "octets", isDescending: true }} limit={60} />}
    </ApiPanel>
  );
}
