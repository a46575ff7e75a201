import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import type { Series } from "../../charts/series.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { HeatLegend, HeatTable } from "../../components/HeatTable.tsx";
import { MemberPicker, PopulationPicker, useMember, usePopulation } from "../../components/PopulationPicker.tsx";
import { bitRate, prefixFor, fixed } from "../../format/number.ts";
import { startOfDay } from "../../format/time.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

/** When in the week it is full, and how the busy hour moves. */
export function BusyHourView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-90d");
  const { dimension, direction } = usePopulation("role");
  const member = useMember(dimension, "interconnect");
  const query = { ...range, tz: zone, dimension, direction, member: member === "" ? undefined : [member] };
  const profile = useApi("/capacity/profile", { query, isOff: member === "" });
  const hours = useApi("/capacity/busy-hours", { query, isOff: member === "" });
  return (
    <>
      <div class="toolbar">
        <PopulationPicker fallback="role" />
        <MemberPicker dimension={dimension} value={member} />
      </div>
      <div class="grid">
        <ApiPanel title={t("profile.title", { member: names.member(dimension, member) })} note={t("profile.note")} result={profile}>
          {(data) => <Week answer={data} />}
        </ApiPanel>
        <ApiPanel title={t("busyHour.title")} note={t("busyHour.note")} result={hours}>
          {(data) => <Hours answer={data} />}
        </ApiPanel>
      </div>
    </>
  );
}

function Week({ answer }: { readonly answer: Answer<"/capacity/profile"> }) {
  const t = useT();
  const code = useCode();
  const { cells, max } = useMemo(() => {
    const rows = rowsOf(answer);
    return { cells: new Map(rows.map((row) => [`${row.day_of_week} ${row.hour_of_day}`, row])), max: Math.max(1, ...rows.map((row) => row.mean_bps)) };
  }, [answer]);
  const { prefix, factor } = prefixFor(max);
  return (
    <>
      <HeatTable
        caption={t("profile.note")}
        corner={`${prefix}bit/s`}
        isCompact
        columns={Array.from({ length: 24 }, (_, hour) => ({ key: String(hour), title: String(hour).padStart(2, "0") }))}
        rows={[1, 2, 3, 4, 5, 6, 7].map((dayOfWeek) => ({ key: String(dayOfWeek), title: code("weekday", String(dayOfWeek)) }))}
        cell={(dayOfWeek, hour) => {
          const row = cells.get(`${dayOfWeek} ${hour}`);
          if (row === undefined) {
            return null;
          }
          const inUnit = row.mean_bps / factor;
          return {
            text: fixed(inUnit, inUnit >= 100 ? 0 : inUnit >= 10 ? 1 : 2),
            strength: row.mean_bps / max,
            title: `IPv6 ${bitRate(row.mean_bps_v6)} · IPv4 ${bitRate(row.mean_bps_v4)} · ${t("stat.max")} ${bitRate(row.highest_bps)}`,
          };
        }}
      />
      <HeatLegend from="0" to={bitRate(max)} />
    </>
  );
}

function Hours({ answer }: { readonly answer: Answer<"/capacity/busy-hours"> }) {
  const t = useT();
  const { zone } = useSettings();
  const { times, load, hour } = useMemo(() => {
    const rows = rowsOf(answer).sort((a, b) => a.day.localeCompare(b.day));
    return {
      times: rows.map((row) => startOfDay(row.day, zone)),
      load: [
        { key: "6", label: "IPv6", role: "v6", values: rows.map((row) => row.busy_hour_bps_v6) },
        { key: "4", label: "IPv4", role: "v4", values: rows.map((row) => row.busy_hour_bps_v4) },
      ] satisfies Series[],
      hour: [{ key: "hour", label: t("busyHour.hour"), role: "total", values: rows.map((row) => row.hour_of_day) }] satisfies Series[],
    };
  }, [answer, t, zone]);
  return (
    <>
      <TimePanel label={t("busyHour.title")} times={times} stepSeconds={86400} series={load} shape="stacked" height={220} format={bitRate} />
      <h3>{t("busyHour.drift")}</h3>
      <TimePanel label={t("busyHour.drift")} times={times} stepSeconds={86400} series={hour} height={140} max={24} isStep format={(value) => (value === null ? "–" : `${fixed(value, 0)}:00`)} isLegendPlain />
    </>
  );
}
