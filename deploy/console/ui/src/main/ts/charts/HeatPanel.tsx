import { useMemo } from "preact/hooks";
import { bucket } from "../format/time.ts";
import { useT } from "../i18n/index.ts";
import { useSettings } from "../state/settings.ts";
import { HeatLegend } from "../components/HeatTable.tsx";
import { EChart } from "./EChart.tsx";
import type { EChartsCoreOption } from "./echarts.ts";
import { chartFont, palette } from "./palette.ts";
import type { Series } from "./series.ts";
import { tip } from "./tip.ts";

interface Props {
  readonly label: string;
  readonly times: readonly number[];
  readonly stepSeconds: number;
  readonly series: readonly Series[];
  readonly format: (value: number | null) => string;
}

/** Time from left to right, a row for each series, darker where there is more. The table below has the numbers. */
export function HeatPanel({ label, times, stepSeconds, series, format }: Props) {
  const t = useT();
  const { zone, theme } = useSettings();
  const max = useMemo(() => Math.max(1e-9, ...series.flatMap((one) => one.values.map((value) => value ?? 0))), [series]);
  const option = useMemo((): EChartsCoreOption => {
    const colors = palette(theme);
    const rows = [...series].reverse();
    return {
      animation: false,
      textStyle: { fontFamily: chartFont(false).family },
      grid: { left: 8, right: 16, top: 8, bottom: 4, containLabel: true },
      tooltip: {
        confine: true,
        transitionDuration: 0,
        backgroundColor: colors.panel,
        borderColor: colors.axis,
        textStyle: { color: colors.text, fontSize: 12 },
        formatter: (point: { data: [number, number, number | null] }) => {
          const [x, y, value] = point.data;
          return tip(`${bucket(times[x] ?? 0, zone, stepSeconds)} · ${zone}`, [{ label: rows[y]?.label ?? "", text: format(value) }]);
        },
      },
      xAxis: {
        type: "category",
        data: times.map((time) => bucket(time, zone, stepSeconds)),
        axisLabel: { color: colors.muted, fontSize: 11, hideOverlap: true },
        axisLine: { lineStyle: { color: colors.axis } },
        axisTick: { show: false },
      },
      yAxis: {
        type: "category",
        data: rows.map((one) => one.label),
        axisLabel: { color: colors.text, fontSize: 11, width: 220, overflow: "truncate" },
        axisLine: { show: false },
        axisTick: { show: false },
      },
      visualMap: { show: false, min: 0, max, inRange: { color: [...colors.ramp] } },
      series: [
        {
          type: "heatmap",
          progressive: 0,
          emphasis: { disabled: true },
          data: rows.flatMap((one, y) => one.values.map((value, x) => [x, y, value])),
        },
      ],
    };
  }, [times, stepSeconds, series, format, zone, theme, max]);
  return (
    <>
      <EChart option={option} height={Math.max(160, 36 + series.length * 26)} label={`${label}. ${t("chart.tableBelow")}`} />
      <HeatLegend from={`0`} to={format(max)} />
    </>
  );
}
