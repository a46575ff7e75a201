import { HeatTable } from "./HeatTable.tsx";
import { useT } from "../i18n/index.ts";

export interface Day {
  readonly day: string;
  readonly text: string;
  readonly strength: number | null;
  readonly title?: string;
  readonly isHatched?: boolean;
}

/** Months down, days of the month across. */
export function DayCalendar({ caption, days }: { readonly caption: string; readonly days: readonly Day[] }) {
  const t = useT();
  const byDay = new Map(days.map((one) => [one.day, one]));
  const months = [...new Set(days.map((one) => one.day.slice(0, 7)))].sort().reverse();
  return (
    <HeatTable
      caption={caption}
      corner={t("column.month")}
      isCompact
      columns={Array.from({ length: 31 }, (_, i) => ({ key: String(i + 1).padStart(2, "0"), title: String(i + 1) }))}
      rows={months.map((month) => ({ key: month, title: month }))}
      cell={(month, day) => byDay.get(`${month}-${day}`) ?? null}
    />
  );
}
