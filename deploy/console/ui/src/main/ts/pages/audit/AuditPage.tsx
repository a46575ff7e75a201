import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { fixed, integer } from "../../format/number.ts";
import { parseInstant, second } from "../../format/time.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/audit">["data"]>>[number];

const KINDS = ["", "query", "login", "change"] as const;

/** Who asked and changed what. */
export function AuditPage() {
  const t = useT();
  const code = useCode();
  const { zone } = useSettings();
  const range = useApiRange("now-24h");
  const [kind, setKind] = useParam("kind", "");
  const result = useApi("/audit", { query: { ...range, tz: zone, kind: kind === "" ? undefined : (kind as "query" | "login" | "change") } });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "time", title: `${t("chart.time")} (${zone})`, isHeader: true, sortBy: (row) => row.time, render: (row) => second(parseInstant(row.time) ?? 0, zone) },
      { key: "user", title: t("audit.user"), sortBy: (row) => row.user, render: (row) => row.user },
      { key: "role", title: t("audit.role"), sortBy: (row) => row.role, render: (row) => `${code("role.user", row.role)} ${row.operator ?? ""}` },
      { key: "kind", title: t("audit.kind"), sortBy: (row) => row.kind, render: (row) => code("auditKind", row.kind) },
      { key: "what", title: t("audit.request"), sortBy: (row) => row.path, render: (row) => <span class="wrap"><code>{`${row.method} ${row.path}${row.query === "" ? "" : `?${row.query}`}`}</code></span> },
      { key: "status", title: t("audit.status"), isNumber: true, sortBy: (row) => row.status, render: (row) => row.status },
      { key: "rows", title: t("audit.rows"), isNumber: true, sortBy: (row) => row.rows, render: (row) => integer(row.rows) },
      { key: "millis", title: t("audit.time"), unit: "ms", isNumber: true, sortBy: (row) => row.millis, render: (row) => fixed(row.millis, 0) },
    ],
    [t, code, zone],
  );
  return (
    <>
      <div class="toolbar">
        <Segments label={t("audit.kind")} value={kind} options={KINDS.map((one) => ({ value: one, label: one === "" ? t("interconnects.all") : t(`auditKind.${one}`) }))} onChange={setKind} />
      </div>
      <ApiPanel title={t("nav.audit")} result={result}>
        {(data) => <DataTable caption={t("nav.audit")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.time} ${row.user} ${row.path} ${row.query}`} sort={{ key: "time", isDescending: true }} limit={200} />}
      </ApiPanel>
    </>
  );
}
