import { useApi } from "../../api/useApi.ts";
import { Segments, Select } from "../../components/Controls.tsx";
import { FilterEditor } from "../../filter/FilterEditor.tsx";
import { isMessageKey, useT } from "../../i18n/index.ts";
import { DimensionList } from "./DimensionList.tsx";
import { SavedViews } from "./SavedViews.tsx";
import { CHARTS, MEASURES, ORDERS, PREVIOUS, STEPS, TOPS, useExplore, type Explore } from "./useExplore.ts";

/** The question: by what, of what, how much, drawn how. */
export function QueryForm() {
  const t = useT();
  const [explore, change] = useExplore();
  const meta = useApi("/meta").data;
  const fields = meta?.queryFields ?? [];
  const hasPrefix = explore.dimensions.some((name) => fields.find((field) => field.name === name)?.type === "prefix");
  const pick = <K extends keyof Explore>(name: K) => (value: string) => change({ [name]: value } as Partial<Explore>);
  const stepText = (step: string) => {
    const key = `step.${step}`;
    return isMessageKey(key) ? t(key) : step;
  };
  return (
    <form class="panel query-form" onSubmit={(event) => event.preventDefault()} aria-label={t("explore.question")}>
      <SavedViews />
      <Segments label={t("explore.chart")} value={explore.chart} options={CHARTS.map((chart) => ({ value: chart, label: t(`chartKind.${chart}`) }))} onChange={pick("chart")} />
      <DimensionList fields={fields.filter((field) => field.groupable)} chosen={explore.dimensions} onChange={(dimensions) => change({ dimensions })} />
      <FilterEditor value={explore.filter} dimensions={explore.dimensions.join(",")} onChange={(filter) => change({ filter })} />
      <div class="query-grid">
        <Select label={t("explore.measure")} value={explore.measure} options={MEASURES.map((one) => ({ value: one, label: t(`measure.${one}`) }))} onChange={pick("measure")} />
        <Select label={t("explore.top")} value={explore.top} options={TOPS.map((one) => ({ value: one, label: one }))} onChange={pick("top")} />
        <Select label={t("explore.orderBy")} value={explore.orderBy} options={ORDERS.map((one) => ({ value: one, label: t(`stat.${one}`) }))} onChange={pick("orderBy")} />
        <Select label={t("column.resolution")} value={explore.step} options={STEPS.map((one) => ({ value: one, label: stepText(one) }))} onChange={pick("step")} />
        <Select label={t("explore.previous")} value={explore.previous} options={PREVIOUS.map((one) => ({ value: one, label: t(`previous.${one}`) }))} onChange={pick("previous")} />
        {hasPrefix ? (
          <>
            <Select label="IPv4" value={explore.truncate4} options={["8", "16", "20", "24"].map((one) => ({ value: one, label: `/${one}` }))} onChange={pick("truncate4")} />
            <Select label="IPv6" value={explore.truncate6} options={["20", "32", "40", "48"].map((one) => ({ value: one, label: `/${one}` }))} onChange={pick("truncate6")} />
          </>
        ) : null}
      </div>
    </form>
  );
}
