import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Select } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { LinkName } from "../../components/LinkName.tsx";
import { Utilisation } from "../../components/Utilisation.tsx";
import { bitRate, integer, percent } from "../../format/number.ts";
import { parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/capacity/runout">["data"]>>[number];

/** On which day a link direction is as full as that, by the trend of its weeks, with the interval. */
export function RunoutView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-90d");
  const [threshold, setThreshold] = useParam("threshold", "0.8");
  const [horizon, setHorizon] = useParam("horizon", "");
  const result = useApi("/capacity/runout", {
    query: { ...range, tz: zone, threshold: Number(threshold) as 0.7 | 0.8 | 0.9, horizon_days: horizon === "" ? undefined : Number(horizon) },
  });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "link", title: t("column.link"), isHeader: true, sortBy: (row) => row.link, render: (row) => <LinkName link={row.link} from={row.from_operator} to={row.to_operator} /> },
      { key: "node", title: t("column.node"), sortBy: (row) => names.node(row.node), render: (row) => names.place(row.node) },
      { key: "capacity", title: t("column.capacity"), isNumber: true, sortBy: (row) => row.capacity_bps, render: (row) => bitRate(row.capacity_bps) },
      { key: "utilisation", title: t("runout.level"), isNumber: true, sortBy: (row) => row.utilisation, render: (row) => <Utilisation value={row.utilisation} /> },
      { key: "slope", title: t("runout.slope"), unit: t("unit.aMonth"), isNumber: true, sortBy: (row) => row.slope_bps_a_day, render: (row) => bitRate(row.slope_bps_a_day === null ? null : row.slope_bps_a_day * 30) },
      { key: "on", title: t("runout.on", { threshold: percent(Number(threshold), 0) }), isNumber: true, sortBy: (row) => row.reached_on, render: (row) => <b>{row.reached_on ?? t("runout.never")}</b> },
      { key: "interval", title: t("runout.interval"), render: (row) => <Interval row={row} /> },
      { key: "dates", title: t("runout.dates"), sortBy: (row) => row.reached_earliest, render: (row) => `${row.reached_earliest ?? t("runout.never")} – ${row.reached_latest ?? t("runout.never")}` },
      { key: "weeks", title: t("runout.weeks"), isNumber: true, sortBy: (row) => row.weeks, render: (row) => integer(row.weeks) },
    ],
    [t, names, threshold],
  );
  return (
    <>
      <div class="toolbar">
        <Select
          label={t("runout.threshold")}
          value={threshold}
          options={["0.7", "0.8", "0.9"].map((one) => ({ value: one, label: percent(Number(one), 0) }))}
          onChange={setThreshold}
        />
        <Select
          label={t("runout.horizon")}
          value={horizon}
          options={[
            { value: "", label: t("interconnects.all") },
            { value: "180", label: t("runout.days", { count: 180 }) },
            { value: "365", label: t("runout.days", { count: 365 }) },
            { value: "730", label: t("runout.days", { count: 730 }) },
          ]}
          onChange={setHorizon}
        />
      </div>
      <ApiPanel title={t("runout.title")} note={t("runout.note")} result={result} emptyReason={t("runout.empty")}>
        {(data) => (
          <DataTable caption={t("runout.title")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.link} ${row.direction} ${row.threshold}`} sort={{ key: "on", isDescending: false }} limit={50} />
        )}
      </ApiPanel>
    </>
  );
}

const SPAN_DAYS = 3 * 365;

/** Earliest to latest on a line of three years from today; an arrow where it has no end. */
function Interval({ row }: { readonly row: Row }) {
  const day = (text: string | null) => {
    const at = parseInstant(text);
    return at === null ? null : ((at - Date.now()) / 86400000 / SPAN_DAYS) * 120;
  };
  const on = day(row.reached_on);
  const from = day(row.reached_earliest);
  const to = day(row.reached_latest);
  const clamp = (x: number) => Math.min(118, Math.max(2, x));
  return (
    <svg class="interval" viewBox="0 0 120 14" width="120" height="14" aria-hidden="true">
      <path class="axis" d="M0 12.5H120M40 9V14M80 9V14" />
      {from === null ? null : <path class="range" d={`M${clamp(from)} 6H${to === null ? 118 : clamp(to)}`} />}
      {from !== null && (to === null || to > 118) ? <path class="open-end" d="M113 2L119 6L113 10" /> : null}
      {on === null || on > 120 ? null : <circle cx={clamp(on)} cy="6" r="3.5" />}
    </svg>
  );
}
