import { useMemo } from "preact/hooks";
import type { Answer } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { numbersOf, provisionalFrom, stepOf, timesOf } from "../../charts/fromApi.ts";
import type { Series } from "../../charts/series.ts";
import { shareBands } from "../../charts/shareBands.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { percent } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange, useTimeRange } from "../../state/timeRange.ts";

/** The shares of all interconnects over the period of the page. */
export function ShareToday({ span, height }: { readonly span: 4 | 8 | 12; readonly height: number }) {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange();
  const { isLive } = useTimeRange();
  const result = useApi("/ipv6/share/series", {
    query: { ...range, tz: zone, dimension: "role", member: ["interconnect"], direction: "both" },
    refreshSeconds: REFRESH_SECONDS,
  });
  return (
    <ApiPanel title={t("overview.share")} note={t("overview.shareNote")} span={span} result={result} isLive={isLive}>
      {(data) => <Chart answer={data} height={height} />}
    </ApiPanel>
  );
}

function Chart({ answer, height }: { readonly answer: Answer<"/ipv6/share/series">; readonly height: number }) {
  const t = useT();
  const times = useMemo(() => timesOf(answer), [answer]);
  const series = useMemo((): Series[] => {
    const values = answer.series[0]?.values;
    return [
      { key: "wire", label: t("share.wire"), role: "v6", values: numbersOf(values?.share_wire), errors: numbersOf(values?.share_wire_error95) },
      { key: "native", label: t("share.native"), values: numbersOf(values?.share_native), errors: numbersOf(values?.share_native_error95) },
      { key: "lower", label: t("share.lower"), role: "bound", values: numbersOf(values?.share_payload_lower) },
      { key: "upper", label: t("share.upper"), role: "bound", values: numbersOf(values?.share_payload_upper) },
    ];
  }, [answer, t]);
  const bands = useMemo(() => shareBands(series), [series]);
  return (
    <TimePanel
      label={t("overview.share")}
      times={times}
      stepSeconds={stepOf(answer.meta)}
      series={series}
      bands={bands}
      height={height}
      format={(value) => percent(value, 1)}
      provisionalFrom={provisionalFrom(answer)}
      isLegendPlain
    />
  );
}
