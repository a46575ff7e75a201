import { useMemo } from "preact/hooks";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { provisionalFrom, stepOf, timesOf, toSeries } from "../../charts/fromApi.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments } from "../../components/Controls.tsx";
import { bitRate } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange, useTimeRange } from "../../state/timeRange.ts";

type Answered = Parameters<typeof toSeries>[0];

/** Traffic of all links, by IP version or by node. */
export function TrafficNow({ span, height }: { readonly span: 6 | 8 | 12; readonly height: number }) {
  const t = useT();
  const { zone, isWall } = useSettings();
  const range = useApiRange();
  const { isLive } = useTimeRange();
  const [by, setBy] = useParam("by", "ip_version");
  const result = useApi("/query/timeseries", {
    query: { ...range, tz: zone, dimensions: by, top: 8 },
    refreshSeconds: REFRESH_SECONDS,
  });
  return (
    <ApiPanel
      title={t("overview.traffic")}
      note={t("overview.trafficNote")}
      span={span}
      result={result}
      isLive={isLive}
      actions={
        isWall ? undefined : (
          <Segments
            label={t("explore.dimensions")}
            value={by}
            options={[
              { value: "ip_version", label: t("dimension.ip_version") },
              { value: "node", label: t("dimension.node") },
              { value: "operator_pair", label: t("dimension.operator_pair") },
            ]}
            onChange={setBy}
          />
        )
      }
    >
      {(data) => <Chart answer={data as Answered} by={by} height={height} />}
    </ApiPanel>
  );
}

function Chart({ answer, by, height }: { readonly answer: Answered; readonly by: string; readonly height: number }) {
  const t = useT();
  const { isWall } = useSettings();
  const names = useNames();
  const times = useMemo(() => timesOf(answer), [answer]);
  const series = useMemo(
    () =>
      toSeries(answer, "value", (one) => {
        if (one.isOther === true) {
          return t("series.other");
        }
        const value = String(one.key[by] ?? one.label);
        return by === "ip_version" ? `IPv${value}` : names.member(by, value);
      }),
    [answer, by, names, t],
  );
  return (
    <TimePanel
      label={t("overview.traffic")}
      times={times}
      stepSeconds={stepOf(answer.meta)}
      series={series}
      shape="stacked"
      height={height}
      format={bitRate}
      provisionalFrom={provisionalFrom(answer)}
      isLegendPlain={isWall}
    />
  );
}
