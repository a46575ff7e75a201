import { rowsOf } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DayCalendar } from "../../components/DayCalendar.tsx";
import { HeatLegend } from "../../components/HeatTable.tsx";
import { MemberPicker, PopulationPicker, useMember, usePopulation } from "../../components/PopulationPicker.tsx";
import { fixed, percent } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";

/** Which days are unreliable: how much of what was to be heard was heard. */
export function CoverageCalendar() {
  const t = useT();
  const { zone } = useSettings();
  const { dimension, direction } = usePopulation("all");
  const member = useMember(dimension, "interconnect");
  const result = useApi("/quality/calendar", { query: { from: "now/M-12M", to: "now", tz: zone, dimension, direction, member: member === "" ? undefined : [member] }, isOff: member === "" });
  return (
    <>
      <div class="toolbar">
        <PopulationPicker fallback="all" />
        {dimension === "all" ? null : <MemberPicker dimension={dimension} value={member} />}
      </div>
      <ApiPanel title={t("calendar.title")} note={<>{t("calendar.note")} <HeatLegend from="90 %" to="100 %" /></>} result={result}>
        {(data) => (
          <DayCalendar
            caption={t("calendar.title")}
            days={rowsOf(data).map((row) => ({
              day: row.day,
              text: row.coverage === null ? "–" : fixed(row.coverage * 100, row.coverage >= 0.995 ? 0 : 1),
              strength: row.coverage === null ? null : Math.max(0, (row.coverage - 0.9) * 10),
              title: `${t("meta.coverage")} ${percent(row.coverage, 2)} · ${t("meta.loss")} ${percent(row.loss, 3)}`,
              isHatched: row.coverage === null || row.coverage < 0.9,
            }))}
          />
        )}
      </ApiPanel>
    </>
  );
}
