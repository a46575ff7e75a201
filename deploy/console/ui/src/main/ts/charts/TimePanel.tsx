import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { DataTable, type Column } from "../components/DataTable.tsx";
import { bucket, parseInstant } from "../format/time.ts";
import { useT } from "../i18n/index.ts";
import { useSettings } from "../state/settings.ts";
import { EChart } from "./EChart.tsx";
import { SeriesKey } from "./Legend.tsx";
import { chartFont, palette } from "./palette.ts";
import { statsOf, type Series } from "./series.ts";
import { timeOption, type Shape, type TimeChart } from "./timeOption.ts";

interface Props {
  readonly label: string;
  readonly times: readonly number[];
  readonly stepSeconds: number;
  readonly series: readonly Series[];
  readonly shape?: Shape;
  readonly height?: number;
  readonly format: (value: number | null) => string;
  readonly bands?: TimeChart["bands"];
  readonly marks?: TimeChart["marks"];
  readonly max?: number;
  readonly provisionalFrom?: number | null;
  /** Numbers of the server about each series, by its key: a percentile is not made of the points shown. */
  readonly extra?: ReadonlyArray<{ readonly title: string; readonly value: (series: Series) => ComponentChildren }>;
  readonly isLegendPlain?: boolean;
  /** Shares are not averaged over time: the mean of a period is asked for, not made of the points. */
  readonly isShare?: boolean;
  /** A value holds until the next one. */
  readonly isStep?: boolean;
}

/** A chart over time, its legend with numbers, and a table of the same data. */
export function TimePanel(props: Props) {
  const { label, times, stepSeconds, series, shape = "lines", height = 240, format, bands, marks, max, provisionalFrom, extra, isLegendPlain, isShare = false, isStep = false } = props;
  const t = useT();
  const { zone, theme, isWall } = useSettings();
  const [isTable, setTable] = useState(false);
  const option = useMemo(
    () =>
      timeOption(
        { times, stepSeconds, series, shape, zone, format, bands, marks, max, isStep, provisionalFrom, provisionalText: t("provisional.short") },
        palette(theme),
        chartFont(isWall),
      ),
    [times, stepSeconds, series, shape, zone, format, bands, marks, max, isStep, provisionalFrom, theme, isWall, t],
  );

  return (
    <div class="time-panel">
      <EChart option={option} height={height} label={`${label}. ${t("chart.tableBelow")}`} />
      {isLegendPlain === true ? (
        <ul class="legend">
          {series.map((s, i) => (
            <li key={s.key}>
              <SeriesKey series={s} index={i} isArea={shape !== "lines"} /> {s.label}
            </li>
          ))}
        </ul>
      ) : (
        <LegendTable label={label} times={times} stepSeconds={stepSeconds} series={series} shape={shape} format={format} isShare={isShare} {...(extra === undefined ? {} : { extra })} />
      )}
      <button type="button" class="link" aria-expanded={isTable} onClick={() => setTable(!isTable)}>
        {isTable ? t("chart.hideTable") : t("chart.showTable")}
      </button>
      {isTable ? <PointTable label={label} times={times} stepSeconds={stepSeconds} series={series} format={format} /> : null}
    </div>
  );
}

function LegendTable({ label, times, stepSeconds, series, shape, format, extra, isShare }: Pick<Props, "label" | "times" | "stepSeconds" | "series" | "format" | "extra"> & { readonly shape: Shape; readonly isShare: boolean }) {
  const t = useT();
  const { zone } = useSettings();
  const hasP95 = !isShare && series.some((s) => s.stats?.p95 !== null && s.stats?.p95 !== undefined);
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={`${label}: ${t("chart.legend")}`}>
      <table class="data legend-table">
        <caption class="visually-hidden">{`${label}: ${t("chart.legend")}`}</caption>
        <thead>
          <tr>
            <th scope="col">{t("chart.series")}</th>
            <th scope="col" class="number">
              {t("stat.last")}
            </th>
            {isShare ? null : (
              <th scope="col" class="number">
                {t("stat.mean")}
              </th>
            )}
            {hasP95 ? (
              <th scope="col" class="number">
                p95
              </th>
            ) : null}
            {extra?.map((column) => (
              <th key={column.title} scope="col" class="number">
                {column.title}
              </th>
            ))}
            <th scope="col" class="number">
              {t("stat.max")}
            </th>
            <th scope="col">{t("stat.maxAt")}</th>
          </tr>
        </thead>
        <tbody>
          {series.map((s, i) => {
            const shown = statsOf(times, s.values);
            const stats = {
              last: s.stats?.last ?? shown.last,
              mean: s.stats?.mean ?? shown.mean,
              max: s.stats?.max ?? shown.max,
              maxAt: parseInstant(s.stats?.maxAt) ?? shown.maxAt,
            };
            return (
              <tr key={s.key}>
                <th scope="row">
                  <SeriesKey series={s} index={i} isArea={shape !== "lines"} /> {s.label}
                </th>
                <td class="number">{format(stats.last)}</td>
                {isShare ? null : <td class="number">{format(stats.mean)}</td>}
                {hasP95 ? <td class="number">{format(s.stats?.p95 ?? null)}</td> : null}
                {extra?.map((column) => (
                  <td key={column.title} class="number">
                    {column.value(s)}
                  </td>
                ))}
                <td class="number">{format(stats.max)}</td>
                <td>{stats.maxAt === null ? "–" : bucket(stats.maxAt, zone, Math.max(60, stepSeconds))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function PointTable({ label, times, stepSeconds, series, format }: Pick<Props, "label" | "times" | "stepSeconds" | "series" | "format">) {
  const t = useT();
  const { zone } = useSettings();
  const rows = useMemo(() => times.map((time, index) => ({ time, index })), [times]);
  const columns: Array<Column<{ time: number; index: number }>> = [
    {
      key: "time",
      title: `${t("chart.time")} (${zone})`,
      isHeader: true,
      sortBy: (row) => row.time,
      render: (row) => bucket(row.time, zone, stepSeconds),
    },
    ...series.map((s) => ({
      key: s.key,
      title: s.label,
      isNumber: true,
      sortBy: (row: { index: number }) => s.values[row.index] ?? null,
      render: (row: { index: number }) => {
        const error = s.errors?.[row.index];
        const value = s.values[row.index] ?? null;
        return value !== null && error !== null && error !== undefined ? `${format(value)} ± ${format(error)}` : format(value);
      },
    })),
  ];
  return (
    <DataTable
      caption={label}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.time)}
      sort={{ key: "time", isDescending: true }}
      limit={200}
      maxHeight={320}
    />
  );
}
