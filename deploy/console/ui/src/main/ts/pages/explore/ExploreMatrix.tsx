import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import type { ApiResult } from "../../api/useApi.ts";
import { EChart } from "../../charts/EChart.tsx";
import type { EChartsCoreOption } from "../../charts/echarts.ts";
import { chartFont, palette } from "../../charts/palette.ts";
import { tip } from "../../charts/tip.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Empty } from "../../components/States.tsx";
import { percent } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useFieldName } from "./DimensionList.tsx";
import { useValueLabel } from "./label.ts";
import { formatterOf } from "./measure.ts";
import type { Explore } from "./useExplore.ts";

/** How much goes from the values of the first dimension to those of the second. */
export function ExploreMatrix({ explore, result }: { readonly explore: Explore; readonly result: ApiResult<Answer<"/query/matrix">> }) {
  const t = useT();
  const fieldName = useFieldName();
  if (explore.dimensions.length < 2) {
    return (
      <div class="span-12 cell">
        <Panel title={t("chartKind.sankey")}>
          <Empty reason={t("explore.needsTwo")} />
        </Panel>
      </div>
    );
  }
  return (
    <ApiPanel title={t("explore.matrixTitle", { measure: t(`measure.${explore.measure}`), first: fieldName(explore.dimensions[0] ?? ""), second: fieldName(explore.dimensions[1] ?? "") })} result={result} emptyReason={t("explore.empty")}>
      {(data) => <Sankey answer={data} explore={explore} />}
    </ApiPanel>
  );
}

function Sankey({ answer, explore }: { readonly answer: Answer<"/query/matrix">; readonly explore: Explore }) {
  const t = useT();
  const { theme } = useSettings();
  const valueLabel = useValueLabel();
  const [first = "", second = ""] = explore.dimensions;
  const format = useMemo(() => formatterOf(explore.measure), [explore.measure]);
  const rows = useMemo(() => rowsOf(answer), [answer]);
  const option = useMemo((): EChartsCoreOption => {
    const colors = palette(theme);
    const label = (field: string, value: string) => (value === "other" ? t("series.other") : valueLabel(field, value));
    const left = [...new Set(rows.map((row) => row.source))];
    const right = [...new Set(rows.map((row) => row.target))];
    return {
      animation: false,
      textStyle: { fontFamily: chartFont(false).family },
      tooltip: {
        confine: true,
        transitionDuration: 0,
        backgroundColor: colors.panel,
        borderColor: colors.axis,
        textStyle: { color: colors.text, fontSize: 12 },
        formatter: (point: { dataType: string; name: string; data: { source?: string; target?: string; value?: number; title?: string } }) =>
          point.dataType === "edge" ? tip(point.data.title ?? "", [{ label: "", text: format(point.data.value ?? null) }]) : tip(point.data.title ?? "", []),
      },
      series: [
        {
          type: "sankey",
          left: 150,
          right: 170,
          top: 10,
          bottom: 10,
          nodeGap: 8,
          draggable: false,
          emphasis: { focus: "adjacency" },
          data: [
            ...left.map((value, i) => ({
              name: `s:${value}`,
              title: label(first, value),
              itemStyle: { color: colors.series[i % colors.series.length] },
              label: { position: "left", formatter: () => label(first, value) },
            })),
            ...right.map((value) => ({ name: `t:${value}`, title: label(second, value), itemStyle: { color: colors.axis }, label: { position: "right", formatter: () => label(second, value) } })),
          ],
          links: rows.map((row) => ({
            source: `s:${row.source}`,
            target: `t:${row.target}`,
            value: row.value,
            title: `${label(first, row.source)} → ${label(second, row.target)}`,
          })),
          lineStyle: { color: "source", opacity: 0.4 },
          label: { color: colors.text, fontSize: 12 },
        },
      ],
    };
  }, [rows, theme, first, second, format, valueLabel, t]);
  return (
    <>
      <EChart option={option} height={420} label={`${t("chartKind.sankey")}. ${t("chart.tableBelow")}`} />
      <details>
        <summary>{t("chart.showTable")}</summary>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{first}</th>
              <th scope="col">{second}</th>
              <th scope="col" class="number">
                {t(`measure.${explore.measure}`)}
              </th>
              <th scope="col" class="number">
                {t("column.ofAll")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.source} ${row.target}`}>
                <th scope="row">{valueLabel(first, row.source)}</th>
                <td>{valueLabel(second, row.target)}</td>
                <td class="number">{format(row.value)}</td>
                <td class="number">{percent(row.fraction, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
