import { useMemo } from "preact/hooks";
import type { Answer } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { loadsOf, numbersOf, provisionalFrom, statsOfApi, stepOf, timesOf } from "../../charts/fromApi.ts";
import type { Series } from "../../charts/series.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { bitRate } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange, useTimeRange } from "../../state/timeRange.ts";

/** IPv6 and IPv4 of both directions: A to B above the axis, B to A below. */
export function LinkLoad({ link }: { readonly link: string }) {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange();
  const { isLive } = useTimeRange();
  const result = useApi("/links/series", { query: { ...range, tz: zone, link: [link] }, refreshSeconds: REFRESH_SECONDS });
  return (
    <ApiPanel title={t("link.load")} note={t("link.loadNote")} span={8} result={result} isLive={isLive}>
      {(data) => <Chart answer={data} />}
    </ApiPanel>
  );
}

function Chart({ answer }: { readonly answer: Answer<"/links/series"> }) {
  const t = useT();
  const times = useMemo(() => timesOf(answer), [answer]);
  const series = useMemo(
    () =>
      answer.series.flatMap((one): Series[] => {
        const isMirrored = one.key.direction === "b_to_a";
        const way = isMirrored ? "B → A" : "A → B";
        return [
          {
            key: `${way} 6`,
            label: `IPv6 ${way}`,
            role: "v6",
            isMirrored,
            values: loadsOf(answer, one, "bps_v6"),
            errors: numbersOf(one.values.bps_v6_error95),
            stats: statsOfApi(one, "bps_v6"),
          },
          {
            key: `${way} 4`,
            label: `IPv4 ${way}`,
            role: "v4",
            isMirrored,
            values: loadsOf(answer, one, "bps_v4"),
            errors: numbersOf(one.values.bps_v4_error95),
            stats: statsOfApi(one, "bps_v4"),
          },
        ];
      }),
    [answer],
  );
  return (
    <TimePanel
      label={t("link.load")}
      times={times}
      stepSeconds={stepOf(answer.meta)}
      series={series}
      shape="stacked"
      height={280}
      format={bitRate}
      provisionalFrom={provisionalFrom(answer)}
    />
  );
}
