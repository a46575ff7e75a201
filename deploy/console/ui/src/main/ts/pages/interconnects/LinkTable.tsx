import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { loadsOf } from "../../charts/fromApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Select } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { LinkName } from "../../components/LinkName.tsx";
import { Sparkline } from "../../components/Sparkline.tsx";
import { Utilisation, UtilisationLegend } from "../../components/Utilisation.tsx";
import { bitRate, percent } from "../../format/number.ts";
import { minute, parseInstant } from "../../format/time.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";
import { useLinkFilter } from "./useLinkFilter.tsx";

type Load = ReturnType<typeof rowsOf<Answer<"/links/load">["data"]>>[number];
type Statistic = ReturnType<typeof rowsOf<Answer<"/links/utilisation">["data"]>>[number];

interface Row {
  readonly load: Load;
  readonly period: Statistic | undefined;
  readonly spark: ReadonlyArray<number | null> | undefined;
}

/** As many links as one question of the API may name. */
const MOST_LINES = 40;

/** Ids of the fullest links: those that stand on top of the table. */
function fullestOf(load: Answer<"/links/load"> | null): string[] {
  const rows = load === null ? [] : rowsOf(load);
  rows.sort((a, b) => (b.utilisation ?? 0) - (a.utilisation ?? 0));
  return [...new Set(rows.map((row) => row.link))].slice(0, MOST_LINES).sort();
}

const keyOf = (row: { readonly link: string; readonly direction: string }): string => `${row.link} ${row.direction}`;

/** Every link direction: now, over the period, and the last three hours as a line. */
export function LinkTable() {
  const t = useT();
  const code = useCode();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange();
  const [min, setMin] = useParam("min", "0");
  const filter = useLinkFilter();
  const load = useApi("/links/load", { refreshSeconds: REFRESH_SECONDS });
  const period = useApi("/links/utilisation", { query: { ...range, tz: zone, stat: "p95", ip_version: 0 }, refreshSeconds: 300 });
  const ids = useMemo(() => fullestOf(load.data), [load.data]);
  const spark = useApi("/links/series", {
    query: { from: "now-3h", to: "now", tz: zone, step: "5m", link: ids },
    refreshSeconds: 120,
    isOff: ids.length === 0,
  });

  const statistics = useMemo(() => new Map((period.data === null ? [] : rowsOf(period.data)).map((row) => [keyOf(row), row])), [period.data]);
  const lines = useMemo(
    () => {
      const answer = spark.data;
      return new Map((answer?.series ?? []).map((one) => [`${one.key.link} ${one.key.direction}`, answer === null ? [] : loadsOf(answer, one, "utilisation")]));
    },
    [spark.data],
  );
  const columns = useMemo(
    (): Array<Column<Row>> => [
      {
        key: "link",
        title: t("column.link"),
        isHeader: true,
        sortBy: (row) => row.load.link,
        render: ({ load: l }) => <LinkName link={l.link} from={l.from_operator} to={l.to_operator} />,
      },
      { key: "node", title: t("column.node"), sortBy: (row) => names.place(row.load.node), render: (row) => names.place(row.load.node) },
      { key: "role", title: t("column.role"), sortBy: (row) => row.load.role, render: (row) => code("role", row.load.role) },
      { key: "capacity", title: t("column.capacity"), isNumber: true, sortBy: (row) => row.load.capacity_bps, render: (row) => bitRate(row.load.capacity_bps) },
      { key: "bps", title: t("column.now"), isNumber: true, sortBy: (row) => row.load.bps, render: (row) => (row.load.reported ? bitRate(row.load.bps) : "–") },
      {
        key: "v6",
        title: "IPv6",
        isNumber: true,
        sortBy: (row) => row.load.bps_v6,
        render: (row) => (row.load.reported ? bitRate(row.load.bps_v6) : "–"),
      },
      {
        key: "utilisation",
        title: t("column.utilisation"),
        isNumber: true,
        sortBy: (row) => (row.load.reported ? row.load.utilisation : null),
        render: (row) => (row.load.reported ? <Utilisation value={row.load.utilisation} error={row.load.utilisation_error95} /> : <span class="mark mark-bad">○ {t("column.notReported")}</span>),
      },
      {
        key: "spark",
        title: t("column.threeHours"),
        render: (row) => (row.spark === undefined ? "–" : <Sparkline values={row.spark} max={1} label={t("column.threeHoursOf", { link: row.load.link })} />),
      },
      { key: "p95", title: "p95", isNumber: true, sortBy: (row) => row.period?.utilisation_p95, render: (row) => percent(row.period?.utilisation_p95, 1) },
      { key: "peak", title: t("stat.max"), isNumber: true, sortBy: (row) => row.period?.utilisation_peak, render: (row) => percent(row.period?.utilisation_peak, 1) },
      {
        key: "peakAt",
        title: t("stat.maxAt"),
        sortBy: (row) => row.period?.peak_at,
        render: (row) => {
          const at = parseInstant(row.period?.peak_at);
          return at === null ? "–" : minute(at, zone);
        },
      },
    ],
    [t, code, names, zone],
  );

  return (
    <>
      <div class="toolbar">
        {filter.controls}
        <Select
          label={t("interconnects.min")}
          value={min}
          options={[
            { value: "0", label: t("interconnects.all") },
            { value: "0.5", label: "≥ 50 %" },
            { value: "0.7", label: "≥ 70 %" },
            { value: "0.8", label: "≥ 80 %" },
            { value: "0.9", label: "≥ 90 %" },
          ]}
          onChange={setMin}
        />
        <UtilisationLegend />
      </div>
      <ApiPanel title={t("interconnects.tableTitle")} note={t("interconnects.tableNote")} result={load} isLive>
        {(data) => {
          const rows = rowsOf(data)
            .filter(filter.accepts)
            .filter((row) => Number(min) === 0 || (row.utilisation ?? 0) >= Number(min))
            .map((row): Row => ({ load: row, period: statistics.get(keyOf(row)), spark: lines.get(keyOf(row)) }));
          return (
            <>
              <p class="hint" role="status">
                {t("interconnects.count", { count: rows.length })}
              </p>
              <DataTable
                caption={t("interconnects.tableTitle")}
                columns={columns}
                rows={rows}
                rowKey={(row) => keyOf(row.load)}
                sort={{ key: "utilisation", isDescending: true }}
                limit={60}
              />
            </>
          );
        }}
      </ApiPanel>
    </>
  );
}
