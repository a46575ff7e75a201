import { useMemo } from "preact/hooks";
import type { Answer } from "../../api/types.ts";
import type { ApiResult } from "../../api/useApi.ts";
import { provisionalFrom, stepOf, timesOf, toSeries } from "../../charts/fromApi.ts";
import { HeatPanel } from "../../charts/HeatPanel.tsx";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { useT } from "../../i18n/index.ts";
import { useTimeRange } from "../../state/timeRange.ts";
import { formatterOf } from "./measure.ts";
import { useKeyLabel } from "./label.ts";
import type { Explore } from "./useExplore.ts";

type Answered = Parameters<typeof toSeries>[0];

export function ExploreChart({ explore, result }: { readonly explore: Explore; readonly result: ApiResult<Answer<"/query/timeseries">> }) {
  const t = useT();
  const { isLive } = useTimeRange();
  return (
    <ApiPanel title={t("explore.chartTitle", { measure: t(`measure.${explore.measure}`) })} note={t("explore.chartNote", { count: explore.top, by: t(`stat.${explore.orderBy}`) })} result={result} isLive={isLive} emptyReason={t("explore.empty")}>
      {(data) => <Chart answer={data as Answered} explore={explore} />}
    </ApiPanel>
  );
}

function Chart({ answer, explore }: { readonly answer: Answered; readonly explore: Explore }) {
  const t = useT();
  const keyLabel = useKeyLabel(explore.dimensions);
  const times = useMemo(() => timesOf(answer), [answer]);
  const series = useMemo(
    () => toSeries(answer, "value", (one) => `${keyLabel(one.key, one.isOther === true)}${one.isPrevious === true ? ` · ${t("series.previous")}` : ""}`),
    [answer, keyLabel, t],
  );
  const format = useMemo(() => formatterOf(explore.measure), [explore.measure]);
  const title = t("explore.chartTitle", { measure: t(`measure.${explore.measure}`) });
  if (explore.chart === "heat") {
    return <HeatPanel label={title} times={times} stepSeconds={stepOf(answer.meta)} series={series.filter((one) => one.role !== "previous")} format={format} />;
  }
  return (
    <TimePanel
      label={title}
      times={times}
      stepSeconds={stepOf(answer.meta)}
      series={series}
      shape={explore.chart === "lines" ? "lines" : explore.chart === "percent" ? "percent" : "stacked"}
      height={330}
      format={format}
      provisionalFrom={provisionalFrom(answer)}
    />
  );
}
