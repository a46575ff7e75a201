import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { provisionalFrom, stepOf, timesOf, toSeries } from "../../charts/fromApi.ts";
import type { Series } from "../../charts/series.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { MemberPicker, PopulationPicker, useMember, usePopulation } from "../../components/PopulationPicker.tsx";
import { octets, percent, shareWithError } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

/** The two that all others are small beside look as they do everywhere. */
const ROLES: Readonly<Record<string, Series["role"]>> = { v6_native: "v6", v4_native: "v4" };
const MOST_COLOURS = 12;

type Row = ReturnType<typeof rowsOf<Answer<"/ipv6/transition">["data"]>>[number];
type Answered = Parameters<typeof toSeries>[0];

/** How much of "IPv6" is native, tunnelled, translated, segment routed or unknown. */
export function CompositionView() {
  const t = useT();
  const code = useCode();
  const { zone } = useSettings();
  const range = useApiRange("now-30d");
  const { dimension, direction } = usePopulation("role");
  const member = useMember(dimension, "interconnect");
  const query = { ...range, tz: zone, dimension, direction, member: member === "" ? undefined : [member] };
  const mix = useApi("/ipv6/transition", { query, isOff: member === "" });
  const series = useApi("/ipv6/transition/series", { query, isOff: member === "" });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "class", title: t("column.class"), isHeader: true, sortBy: (row) => row.traffic_class, render: (row) => <>{code("class", row.traffic_class)} <span class="sub-name">{row.traffic_class}</span></> },
      { key: "carriage", title: t("column.carriage"), sortBy: (row) => row.carriage, render: (row) => code("carriage", row.carriage) },
      { key: "version", title: t("column.ipVersion"), sortBy: (row) => row.ip_version, render: (row) => (row.ip_version === 0 ? "–" : `IPv${row.ip_version}`) },
      { key: "octets", title: t("column.volume"), isNumber: true, sortBy: (row) => row.octets, render: (row) => octets(row.octets) },
      { key: "fraction", title: t("column.ofAll"), isNumber: true, sortBy: (row) => row.fraction, render: (row) => shareWithError(row.fraction, row.fraction_error95) },
      { key: "ofVersion", title: t("column.ofIpVersion"), isNumber: true, sortBy: (row) => row.fraction_of_ip_version, render: (row) => percent(row.fraction_of_ip_version, 2) },
    ],
    [t, code],
  );
  return (
    <>
      <div class="toolbar">
        <PopulationPicker fallback="role" />
        <MemberPicker dimension={dimension} value={member} />
      </div>
      <div class="grid">
        <ApiPanel title={t("composition.series")} note={t("composition.note")} result={series} span={12}>
          {(data) => <MixChart answer={data as Answered} />}
        </ApiPanel>
        <ApiPanel title={t("composition.table")} result={mix} span={12}>
          {(data) => (
            <DataTable caption={t("composition.table")} columns={columns} rows={rowsOf(data).filter((row) => row.octets > 0)} rowKey={(row) => `${row.ip_version} ${row.traffic_class}`} sort={{ key: "octets", isDescending: true }} />
          )}
        </ApiPanel>
      </div>
    </>
  );
}

function MixChart({ answer }: { readonly answer: Answered }) {
  const t = useT();
  const code = useCode();
  const times = useMemo(() => timesOf(answer), [answer]);
  const series = useMemo(() => {
    const all = toSeries(answer, "fraction", (one) => code("class", String(one.key["traffic_class"])), "fraction_error95");
    const classes = new Map(answer.series.map((one, i) => [`${i}:${one.label}`, String(one.key["traffic_class"])]));
    const size = (values: ReadonlyArray<number | null>) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    return all
      .filter((one) => one.values.some((value) => (value ?? 0) > 0))
      .sort((a, b) => size(b.values) - size(a.values))
      .map((one, i): Series => ({ ...one, role: ROLES[classes.get(one.key) ?? ""] ?? (i >= MOST_COLOURS ? "other" : undefined) }))
      .sort((a, b) => Number(b.role === "v6") - Number(a.role === "v6") || Number(b.role === "v4") - Number(a.role === "v4"));
  }, [answer, code]);
  return <TimePanel label={t("composition.series")} times={times} stepSeconds={stepOf(answer.meta)} series={series} shape="stacked" max={1} height={300} format={(value) => percent(value, 2)} provisionalFrom={provisionalFrom(answer)} isShare />;
}
