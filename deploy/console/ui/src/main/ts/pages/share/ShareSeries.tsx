import { useMemo } from "preact/hooks";
import type { Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { numbersOf, provisionalFrom, statsOfApi, stepOf, timesOf } from "../../charts/fromApi.ts";
import type { Series } from "../../charts/series.ts";
import { shareBands } from "../../charts/shareBands.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments } from "../../components/Controls.tsx";
import type { Dimension, PopulationDirection } from "../../components/PopulationPicker.tsx";
import { percent } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

interface Props {
  readonly dimension: Dimension;
  readonly direction: PopulationDirection;
  readonly member: string;
}

type Step = "auto" | "5m" | "1h" | "1d" | "1mo";

/** The three shares of one member over time, with their errors and bounds. */
export function ShareSeries({ dimension, direction, member }: Props) {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-30d");
  const [step, setStep] = useParam("step", "auto");
  const result = useApi("/ipv6/share/series", {
    query: { ...range, tz: zone, dimension, direction, member: [member], step: step as Step },
  });
  return (
    <ApiPanel
      title={`${t("share.seriesTitle")}: ${names.member(dimension, member)}`}
      span={8}
      result={result}
      actions={
        <Segments
          label={t("column.resolution")}
          value={step}
          options={[
            { value: "auto", label: t("step.auto") },
            { value: "5m", label: "5 min" },
            { value: "1h", label: "1 h" },
            { value: "1d", label: t("resolution.day") },
            { value: "1mo", label: t("resolution.month") },
          ]}
          onChange={setStep}
        />
      }
    >
      {(data) => <ShareChart answer={data} />}
    </ApiPanel>
  );
}

export function ShareChart({ answer, height = 260 }: { readonly answer: Answer<"/ipv6/share/series">; readonly height?: number }) {
  const t = useT();
  const times = useMemo(() => timesOf(answer), [answer]);
  const series = useMemo((): Series[] => {
    const one = answer.series[0];
    if (one === undefined) {
      return [];
    }
    const { values } = one;
    return [
      {
        key: "wire",
        label: t("share.wire"),
        role: "v6",
        values: numbersOf(values.share_wire),
        errors: numbersOf(values.share_wire_error95),
        stats: statsOfApi(one, "share_wire"),
      },
      {
        key: "native",
        label: t("share.native"),
        values: numbersOf(values.share_native),
        errors: numbersOf(values.share_native_error95),
        stats: statsOfApi(one, "share_native"),
      },
      { key: "lower", label: t("share.lower"), role: "bound", values: numbersOf(values.share_payload_lower), stats: statsOfApi(one, "share_payload_lower") },
      { key: "upper", label: t("share.upper"), role: "bound", values: numbersOf(values.share_payload_upper), stats: statsOfApi(one, "share_payload_upper") },
    ];
  }, [answer, t]);
  const bands = useMemo(() => shareBands(series), [series]);
  return (
    <TimePanel
      label={t("share.seriesTitle")}
      times={times}
      stepSeconds={stepOf(answer.meta)}
      series={series}
      bands={bands}
      height={height}
      format={(value) => percent(value, 2)}
      provisionalFrom={provisionalFrom(answer)}
      isShare
    />
  );
}
