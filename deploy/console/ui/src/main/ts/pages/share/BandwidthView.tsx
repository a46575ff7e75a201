import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import type { Series } from "../../charts/series.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Bullet } from "../../components/Bullet.tsx";
import { Coverage } from "../../components/Coverage.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { PopulationPicker, usePopulation } from "../../components/PopulationPicker.tsx";
import { bitRate, fixed, integer, percent } from "../../format/number.ts";
import { startOfDay } from "../../format/time.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

const COMPARISON: Readonly<Record<string, string>> = { ">=": "≥", "<=": "≤" };

type Target = ReturnType<typeof rowsOf<Answer<"/ipv6/targets">["data"]>>[number];
type Band = ReturnType<typeof rowsOf<Answer<"/ipv6/bandwidth">["data"]>>[number];
type Used = ReturnType<typeof rowsOf<Answer<"/traffic">["data"]>>[number];

/** What the plans asked for, what is open for IPv6, and how much of it is used. */
export function BandwidthView() {
  const t = useT();
  const targets = useApi("/ipv6/targets");
  const history = useApi("/ipv6/bandwidth/history", { query: { dimension: "role", member: ["interconnect"] } });
  return (
    <>
      <div class="grid">
        <ApiPanel title={t("targets.title")} note={t("targets.note")} result={targets}>
          {(data) => <TargetTable answer={data} />}
        </ApiPanel>
        <ApiPanel title={t("bandwidth.history")} note={t("bandwidth.historyNote")} result={history}>
          {(data) => <History answer={data} />}
        </ApiPanel>
      </div>
      <div class="toolbar spaced">
        <PopulationPicker fallback="node" />
      </div>
      <Used />
    </>
  );
}

/** What is measured here first, then the newest. */
function measuredFirst(rows: readonly Target[]): Target[] {
  return [...rows].sort((a, b) => Number(a.target_bps === null) - Number(b.target_bps === null) || b.due.localeCompare(a.due));
}

function TargetTable({ answer }: { readonly answer: Answer<"/ipv6/targets"> }) {
  const t = useT();
  const code = useCode();
  const columns = useMemo(
    (): Array<Column<Target>> => [
      { key: "due", title: t("targets.due"), isHeader: true, sortBy: (row) => row.due, render: (row) => row.due },
      { key: "metric", title: t("targets.metric"), sortBy: (row) => row.metric, render: (row) => code("metric", row.metric) },
      {
        key: "value",
        title: t("targets.target"),
        isNumber: true,
        render: (row) => `${COMPARISON[row.comparison] ?? row.comparison} ${row.target_bps === null ? `${fixed(row.value, Number.isInteger(row.value) ? 0 : 2)} ${row.unit}` : bitRate(row.target_bps)}`,
      },
      { key: "bar", title: t("targets.progress"), render: (row) => (row.target_bps === null ? null : <Bullet value={row.capacity_bps} target={row.target_bps} label={row.metric} />) },
      { key: "then", title: t("targets.measured"), isNumber: true, render: (row) => bitRate(row.capacity_bps) },
      { key: "gap", title: t("targets.gapColumn"), isNumber: true, render: (row) => (row.target_bps === null ? "–" : bitRate(row.gap_bps)) },
      {
        key: "met",
        title: t("column.state"),
        render: (row) =>
          row.met === null ? (
            <span class="mark">{t("targets.notMeasuredHere")}</span>
          ) : row.met ? (
            <span class="mark mark-good">✓ {t("targets.met")}</span>
          ) : row.is_due ? (
            <span class="mark mark-bad">✗ {t("targets.missed")}</span>
          ) : (
            <span class="mark">{t("targets.open")}</span>
          ),
      },
      { key: "source", title: t("definition.source"), render: (row) => <span class="wrap">{row.document === row.source ? row.source : `${row.document} · ${row.source}`}</span> },
    ],
    [t, code],
  );
  return <DataTable caption={t("targets.title")} columns={columns} rows={measuredFirst(rowsOf(answer))} rowKey={(row) => `${row.document} ${row.metric} ${row.due} ${row.value}`} limit={12} />;
}

function History({ answer }: { readonly answer: Answer<"/ipv6/bandwidth/history"> }) {
  const t = useT();
  const { zone } = useSettings();
  const { times, series } = useMemo(() => {
    const rows = rowsOf(answer).sort((a, b) => a.on_day.localeCompare(b.on_day));
    // The last change holds until today.
    const last = rows[rows.length - 1];
    const held = last === undefined ? rows : [...rows, last];
    return {
      times: [...rows.map((row) => startOfDay(row.on_day, zone)), ...(last === undefined ? [] : [Date.now()])],
      series: [
        { key: "v6", label: t("bandwidth.capacity6"), role: "v6", values: held.map((row) => row.ipv6_capacity_bps) },
        { key: "all", label: t("column.capacity"), role: "total", values: held.map((row) => row.capacity_bps) },
      ] satisfies Series[],
    };
  }, [answer, t, zone]);
  return (
    <TimePanel
      label={t("bandwidth.history")}
      times={times}
      stepSeconds={86400}
      series={series}
      height={220}
      format={bitRate}
      isStep
      marks={[
        { value: 1e12, text: t("targets.mark", { value: "1 Tbit/s", due: "2018-12-31" }) },
        { value: 5e12, text: t("targets.mark", { value: "5 Tbit/s", due: "2020-12-31" }) },
      ]}
      isLegendPlain
    />
  );
}

function Used() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-30d");
  const { dimension, direction } = usePopulation("node");
  const bandwidth = useApi("/ipv6/bandwidth", { query: { dimension } });
  const traffic = useApi("/traffic", { query: { ...range, tz: zone, dimension, direction, ip_version: 6 } });
  const used = useMemo(() => new Map<string, Used>((traffic.data === null ? [] : rowsOf(traffic.data)).map((row) => [row.member, row])), [traffic.data]);
  const columns = useMemo(
    (): Array<Column<Band>> => [
      { key: "member", title: t(`dimension.${dimension}`), isHeader: true, sortBy: (row) => names.member(dimension, row.member), render: (row) => names.member(dimension, row.member) },
      { key: "links", title: t("bandwidth.links6"), isNumber: true, sortBy: (row) => row.ipv6_links, render: (row) => `${integer(row.ipv6_links)} / ${integer(row.links)}` },
      { key: "capacity", title: t("column.capacity"), isNumber: true, sortBy: (row) => row.capacity_bps, render: (row) => bitRate(row.capacity_bps) },
      { key: "capacity6", title: t("bandwidth.capacity6"), isNumber: true, sortBy: (row) => row.ipv6_capacity_bps, render: (row) => bitRate(row.ipv6_capacity_bps) },
      { key: "fraction", title: t("bandwidth.fraction6"), isNumber: true, sortBy: (row) => row.ipv6_capacity_fraction, render: (row) => percent(row.ipv6_capacity_fraction, 1) },
      { key: "mean", title: `IPv6 ${t("stat.mean")}`, isNumber: true, sortBy: (row) => used.get(row.member)?.mean_bps, render: (row) => bitRate(used.get(row.member)?.mean_bps) },
      { key: "p95", title: "IPv6 p95", isNumber: true, sortBy: (row) => used.get(row.member)?.p95_bps, render: (row) => bitRate(used.get(row.member)?.p95_bps) },
      { key: "peak", title: `IPv6 ${t("stat.max")}`, isNumber: true, sortBy: (row) => used.get(row.member)?.peak_bps, render: (row) => bitRate(used.get(row.member)?.peak_bps) },
      { key: "coverage", title: t("column.coverage"), isNumber: true, sortBy: (row) => used.get(row.member)?.coverage, render: (row) => <Coverage value={used.get(row.member)?.coverage} /> },
    ],
    [t, names, dimension, used],
  );
  return (
    <ApiPanel title={t("bandwidth.table")} note={t("bandwidth.note")} result={bandwidth}>
      {(data) => <DataTable caption={t("bandwidth.table")} columns={columns} rows={rowsOf(data)} rowKey={(row) => row.member} sort={{ key: "capacity6", isDescending: true }} limit={30} />}
    </ApiPanel>
  );
}
