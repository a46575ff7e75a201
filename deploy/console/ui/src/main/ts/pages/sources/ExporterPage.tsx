import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import type { Series } from "../../charts/series.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { Link } from "../../components/Link.tsx";
import { fixed, integer, percent } from "../../format/number.ts";
import { parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";
import { InterfaceTable } from "./InterfacesView.tsx";

type Drop = ReturnType<typeof rowsOf<Answer<"/exporters/{exporter}/drops">["data"]>>[number];

/** One exporter minute by minute: records, loss, sampling, clock; what was dropped for what reason. */
export function ExporterPage({ exporter }: { readonly exporter: string }) {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange("now-3h");
  const query = { ...range, tz: zone };
  const minutes = useApi("/exporters/{exporter}", { path: { exporter }, query, refreshSeconds: REFRESH_SECONDS });
  const drops = useApi("/exporters/{exporter}/drops", { path: { exporter }, query });
  const columns = useMemo(
    (): Array<Column<Drop>> => [
      { key: "reason", title: t("drops.reason"), isHeader: true, sortBy: (row) => row.reason, render: (row) => <Link to="/docs/drop-reasons">{row.reason}</Link> },
      { key: "domain", title: t("drops.domain"), isNumber: true, sortBy: (row) => row.observation_domain, render: (row) => integer(row.observation_domain) },
      { key: "collector", title: t("drops.collector"), sortBy: (row) => row.collector, render: (row) => row.collector },
      { key: "dropped", title: t("exporters.dropped"), isNumber: true, sortBy: (row) => row.dropped, render: (row) => integer(row.dropped) },
    ],
    [t],
  );
  return (
    <>
      <p class="crumbs page-crumbs">
        <Link to="/sources">{t("nav.sources")}</Link> / <b>{exporter}</b>
      </p>
      <div class="grid">
        <ApiPanel title={t("exporter.records", { exporter })} result={minutes} isLive>
          {(data) => <Minutes answer={data} />}
        </ApiPanel>
        <ApiPanel title={t("drops.title")} result={drops} span={6} emptyReason={t("drops.none")}>
          {(data) => <DataTable caption={t("drops.title")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.reason} ${row.observation_domain} ${row.collector}`} sort={{ key: "dropped", isDescending: true }} />}
        </ApiPanel>
        <InterfaceTable exporter={exporter} span={6} />
      </div>
    </>
  );
}

function Minutes({ answer }: { readonly answer: Answer<"/exporters/{exporter}"> }) {
  const t = useT();
  const { times, records, loss, clock } = useMemo(() => {
    const rows = rowsOf(answer).sort((a, b) => a.bucket.localeCompare(b.bucket));
    const heard = (value: (row: (typeof rows)[number]) => number | null) => rows.map((row) => (row.state === "silent" ? null : value(row)));
    return {
      times: rows.map((row) => parseInstant(row.bucket) ?? 0),
      records: [
        { key: "flows", label: t("exporter.flowRecords"), values: heard((row) => row.flow_records) },
        { key: "unknown", label: t("exporters.samplingUnknown"), values: heard((row) => row.sampling_unknown_records) },
        { key: "options", label: t("exporter.optionsRecords"), values: heard((row) => row.options_records) },
        { key: "held", label: t("exporter.heldSets"), values: heard((row) => row.held_sets) },
        { key: "dropped", label: t("exporters.dropped"), role: "target", values: heard((row) => row.dropped) },
      ] satisfies Series[],
      loss: [{ key: "loss", label: t("column.loss"), role: "target", values: heard((row) => row.loss) }] satisfies Series[],
      clock: [{ key: "clock", label: t("exporters.clock"), role: "total", values: heard((row) => row.clock_offset_millis) }] satisfies Series[],
    };
  }, [answer, t]);
  return (
    <>
      <TimePanel label={t("exporter.perMinute")} times={times} stepSeconds={60} series={records} height={220} format={integer} />
      <h3>{t("column.loss")}</h3>
      <TimePanel label={t("column.loss")} times={times} stepSeconds={60} series={loss} height={110} format={(value) => percent(value, 2)} isLegendPlain />
      <h3>{t("exporters.clock")}</h3>
      <TimePanel label={t("exporters.clock")} times={times} stepSeconds={60} series={clock} height={110} format={(value) => (value === null ? "–" : `${fixed(value, 0)} ms`)} isLegendPlain />
    </>
  );
}
