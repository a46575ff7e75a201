import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Check } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { ExporterState } from "../../components/ExporterState.tsx";
import { ExporterLink } from "../../components/ExporterLink.tsx";
import { fixed, integer, percent } from "../../format/number.ts";
import { minute, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

export type ExporterRow = ReturnType<typeof rowsOf<Answer<"/exporters">["data"]>>[number];

/** Loss above this, a clock off by more than that, or any unknown sampling makes an exporter doubtful. */
const LOSS_LIMIT = 0.001;
const CLOCK_LIMIT_MS = 2000;

export function doubtsOf(row: ExporterRow): string[] {
  const doubts: string[] = [];
  if (row.state !== "reporting") {
    doubts.push("state");
  }
  if ((row.loss ?? 0) > LOSS_LIMIT) {
    doubts.push("loss");
  }
  if (row.sampling_unknown_records > 0) {
    doubts.push("sampling");
  }
  if (Math.abs(row.clock_offset_millis) > CLOCK_LIMIT_MS || row.clock_suspect_records > 0) {
    doubts.push("clock");
  }
  if (row.held_sets > row.held_sets_decoded) {
    doubts.push("templates");
  }
  if (row.dropped > 0) {
    doubts.push("dropped");
  }
  return doubts;
}

const flag = (isBad: boolean, text: string) => (isBad ? <span class="bad-text">▲ {text}</span> : text);

/** Every exporter: alive, lossless, sampled at a known interval, its clock right. */
export function ExporterTable() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-3h");
  const [only, setOnly] = useParam("doubtful", "");
  const result = useApi("/exporters", { query: { ...range, tz: zone }, refreshSeconds: REFRESH_SECONDS });
  const columns = useMemo(
    (): Array<Column<ExporterRow>> => [
      { key: "exporter", title: t("column.exporter"), isHeader: true, sortBy: (row) => row.exporter, render: (row) => <><ExporterLink exporter={row.exporter} /> <span class="sub-name">{row.address}</span></> },
      { key: "operator", title: t("column.operator"), sortBy: (row) => names.operator(row.operator), render: (row) => names.operator(row.operator) },
      { key: "protocol", title: t("exporters.protocol"), sortBy: (row) => row.protocol, render: (row) => `${row.protocol ?? "–"} ${row.vendor_style ?? ""}` },
      { key: "state", title: t("column.state"), sortBy: (row) => row.state, render: (row) => <ExporterState state={row.state} /> },
      { key: "minutes", title: t("exporters.minutes"), isNumber: true, sortBy: (row) => row.minutes_reported, render: (row) => `${integer(row.minutes_reported)} / ${integer(row.minutes)}` },
      { key: "pps", title: t("exporters.datagrams"), unit: "1/s", isNumber: true, sortBy: (row) => row.datagrams_per_second, render: (row) => fixed(row.datagrams_per_second, 1) },
      { key: "fps", title: t("exporters.flows"), unit: "1/s", isNumber: true, sortBy: (row) => row.flow_records_per_second, render: (row) => fixed(row.flow_records_per_second, 1) },
      { key: "loss", title: t("column.loss"), isNumber: true, sortBy: (row) => row.loss, render: (row) => flag((row.loss ?? 0) > LOSS_LIMIT, percent(row.loss, 3)) },
      { key: "templates", title: t("exporters.templates"), isNumber: true, sortBy: (row) => row.templates, render: (row) => flag(row.held_sets > row.held_sets_decoded, `${integer(row.templates)} + ${integer(row.options_templates)}`) },
      { key: "sampling", title: t("exporters.samplingUnknown"), isNumber: true, sortBy: (row) => row.sampling_unknown_records, render: (row) => flag(row.sampling_unknown_records > 0, integer(row.sampling_unknown_records)) },
      { key: "dropped", title: t("exporters.dropped"), isNumber: true, sortBy: (row) => row.dropped, render: (row) => flag(row.dropped > 0, integer(row.dropped)) },
      { key: "clock", title: t("exporters.clock"), unit: "ms", isNumber: true, sortBy: (row) => Math.abs(row.clock_offset_millis), render: (row) => flag(Math.abs(row.clock_offset_millis) > CLOCK_LIMIT_MS || row.clock_suspect_records > 0, fixed(row.clock_offset_millis, 0)) },
      { key: "restarts", title: t("exporters.restarts"), isNumber: true, sortBy: (row) => row.restarts, render: (row) => integer(row.restarts) },
      {
        key: "last",
        title: t("column.lastSeen"),
        sortBy: (row) => row.last_received,
        render: (row) => {
          const at = parseInstant(row.last_received);
          return at === null ? "–" : minute(at, zone);
        },
      },
    ],
    [t, names, zone],
  );
  return (
    <>
      <div class="toolbar">
        <Check label={t("exporters.onlyDoubtful")} isOn={only === "1"} onChange={(isOn) => setOnly(isOn ? "1" : "")} />
        <p class="legend-inline">
          <span>▲ {t("exporters.legend", { loss: percent(LOSS_LIMIT, 1), clock: CLOCK_LIMIT_MS / 1000 })}</span>
        </p>
      </div>
      <ApiPanel title={t("sources.exporters")} result={result} isLive>
        {(data) => {
          const all = rowsOf(data);
          const rows = only === "1" ? all.filter((row) => doubtsOf(row).length > 0) : all;
          const reporting = all.filter((row) => row.state === "reporting").length;
          return (
            <>
              <p class="hint" role="status">
                {t("exporters.count", { reporting, all: all.length, doubtful: all.filter((row) => doubtsOf(row).length > 0).length })}
              </p>
              <DataTable caption={t("sources.exporters")} columns={columns} rows={rows} rowKey={(row) => `${row.exporter} ${row.address}`} sort={{ key: "exporter", isDescending: false }} />
            </>
          );
        }}
      </ApiPanel>
    </>
  );
}
