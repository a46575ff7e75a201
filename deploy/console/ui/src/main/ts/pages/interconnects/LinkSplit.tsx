import { useMemo } from "preact/hooks";
import { useApi } from "../../api/useApi.ts";
import { provisionalFrom, stepOf, timesOf, toSeries } from "../../charts/fromApi.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Select } from "../../components/Controls.tsx";
import { bitRate } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange, useTimeRange } from "../../state/timeRange.ts";

const SPLITS = ["ip_version", "traffic_class", "carriage", "source_as", "destination_as", "service", "organisation", "none"] as const;
const PREVIOUS = ["none", "day", "week", "month", "year"] as const;

type Answered = Parameters<typeof toSeries>[0];
type Split = (typeof SPLITS)[number];
type Previous = (typeof PREVIOUS)[number];

/** Which part of a link's traffic grew: split by what one likes, with the same time a week ago. */
export function LinkSplit({ link }: { readonly link: string }) {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange();
  const { isLive } = useTimeRange();
  const [split, setSplit] = useParam("split", "ip_version");
  const [direction, setDirection] = useParam("direction", "any");
  const [previous, setPrevious] = useParam("previous", "week");
  const result = useApi("/links/{link}/traffic", {
    path: { link },
    query: {
      ...range,
      tz: zone,
      split: split as Split,
      direction: direction as "any" | "a_to_b" | "b_to_a",
      previous: previous as Previous,
      top: 8,
    },
    refreshSeconds: 60,
  });
  return (
    <ApiPanel
      title={t("link.split")}
      result={result}
      isLive={isLive}
      span={12}
      actions={
        <>
          <Select label={t("link.splitBy")} value={split} options={SPLITS.map((one) => ({ value: one, label: t(`split.${one}`) }))} onChange={setSplit} />
          <Select
            label={t("column.direction")}
            value={direction}
            options={[
              { value: "any", label: t("direction.any") },
              { value: "a_to_b", label: "A → B" },
              { value: "b_to_a", label: "B → A" },
            ]}
            onChange={setDirection}
          />
          <Select label={t("explore.previous")} value={previous} options={PREVIOUS.map((one) => ({ value: one, label: t(`previous.${one}`) }))} onChange={setPrevious} />
        </>
      }
    >
      {(data) => <Chart answer={data as Answered} split={split} />}
    </ApiPanel>
  );
}

function Chart({ answer, split }: { readonly answer: Answered; readonly split: string }) {
  const t = useT();
  const code = useCode();
  const times = useMemo(() => timesOf(answer), [answer]);
  const series = useMemo(
    () =>
      toSeries(answer, "bps", (one) => {
        const value = String(one.key[split] ?? one.label);
        const name =
          one.isOther === true
            ? t("series.other")
            : split === "ip_version"
              ? `IPv${value}`
              : split === "traffic_class"
                ? code("class", value)
                : split === "carriage"
                  ? code("carriage", value)
                  : split === "none"
                    ? t("series.total")
                    : one.label;
        return one.isPrevious === true ? `${name} · ${t("series.previous")}` : name;
      }),
    [answer, split, code, t],
  );
  return (
    <TimePanel label={t("link.split")} times={times} stepSeconds={stepOf(answer.meta)} series={series} height={260} format={bitRate} provisionalFrom={provisionalFrom(answer)} />
  );
}
