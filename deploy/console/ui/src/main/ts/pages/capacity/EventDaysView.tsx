import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DayCalendar } from "../../components/DayCalendar.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { HeatLegend } from "../../components/HeatTable.tsx";
import { MemberPicker, PopulationPicker, useMember, usePopulation } from "../../components/PopulationPicker.tsx";
import { bitRate, fixed, percent } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/capacity/event-days">["data"]>>[number];

/** Days that stand out: the busy hour against the median one. */
export function EventDaysView() {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange("now-90d");
  const { dimension, direction } = usePopulation("role");
  const member = useMember(dimension, "interconnect");
  const result = useApi("/capacity/event-days", { query: { ...range, tz: zone, dimension, direction, member: member === "" ? undefined : [member] }, isOff: member === "" });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "day", title: t("resolution.day"), isHeader: true, sortBy: (row) => row.day, render: (row) => row.day },
      { key: "hour", title: t("busyHour.hour"), isNumber: true, sortBy: (row) => row.hour_of_day, render: (row) => `${String(row.hour_of_day).padStart(2, "0")}:00` },
      { key: "bps", title: t("busyHour.load"), isNumber: true, sortBy: (row) => row.busy_hour_bps, render: (row) => bitRate(row.busy_hour_bps) },
      { key: "factor", title: t("events.factor"), isNumber: true, sortBy: (row) => row.peak_factor, render: (row) => `× ${fixed(row.peak_factor, 2)}` },
      { key: "median", title: t("events.median"), isNumber: true, sortBy: (row) => row.median_busy_hour_bps, render: (row) => bitRate(row.median_busy_hour_bps) },
      { key: "share", title: t("share.wire"), isNumber: true, sortBy: (row) => row.share_wire, render: (row) => percent(row.share_wire, 1) },
    ],
    [t],
  );
  return (
    <>
      <div class="toolbar">
        <PopulationPicker fallback="role" />
        <MemberPicker dimension={dimension} value={member} />
      </div>
      <div class="grid">
        <ApiPanel title={t("events.calendar")} note={<HeatLegend from="× 0.7" to="× 1.3" />} result={result}>
          {(data) => (
            <DayCalendar
              caption={t("events.calendar")}
              days={rowsOf(data).map((row) => ({
                day: row.day,
                text: fixed(row.peak_factor, 2),
                strength: row.peak_factor === null ? null : Math.min(1, Math.max(0, (row.peak_factor - 0.7) / 0.6)),
                title: bitRate(row.busy_hour_bps),
              }))}
            />
          )}
        </ApiPanel>
        <ApiPanel title={t("events.title")} note={t("events.note")} result={result}>
          {(data) => <DataTable caption={t("events.title")} columns={columns} rows={rowsOf(data)} rowKey={(row) => row.day} sort={{ key: "factor", isDescending: true }} limit={15} />}
        </ApiPanel>
      </div>
    </>
  );
}
