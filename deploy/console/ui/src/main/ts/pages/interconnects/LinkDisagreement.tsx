import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import type { Series } from "../../charts/series.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { percent } from "../../format/number.ts";
import { parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

/** How far the other end's count, or another observer's, is from what is counted. */
export function LinkDisagreement({ link }: { readonly link: string }) {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange();
  const result = useApi("/links/{link}/disagreement", { path: { link }, query: { ...range, tz: zone } });
  return (
    <ApiPanel title={t("link.disagreement")} note={t("link.disagreementNote")} span={4} result={result} emptyReason={t("link.noSecondObserver")}>
      {(data) => <Chart answer={data} />}
    </ApiPanel>
  );
}

function Chart({ answer }: { readonly answer: Answer<"/links/{link}/disagreement"> }) {
  const t = useT();
  const { times, series } = useMemo(() => {
    const rows = rowsOf(answer);
    const instants = [...new Set(rows.map((row) => parseInstant(row.bucket) ?? 0))].sort((a, b) => a - b);
    const index = new Map(instants.map((time, i) => [time, i]));
    const found = new Map<string, { values: Array<number | null>; errors: Array<number | null> }>();
    for (const row of rows) {
      const name = `${row.direction === "a_to_b" ? "A → B" : "B → A"} · ${row.exporter ?? ""} ${row.meter}`;
      const one = found.get(name) ?? { values: instants.map(() => null), errors: instants.map(() => null) };
      const i = index.get(parseInstant(row.bucket) ?? 0) ?? 0;
      one.values[i] = row.disagreement;
      one.errors[i] = row.disagreement_error95;
      found.set(name, one);
    }
    return { times: instants, series: [...found].map(([label, one]): Series => ({ key: label, label, values: one.values, errors: one.errors })) };
  }, [answer]);
  return <TimePanel label={t("link.disagreement")} times={times} stepSeconds={answer.meta.resolutionSeconds ?? 60} series={series} height={280} isLegendPlain format={(value) => percent(value, 1)} />;
}
