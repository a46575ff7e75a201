import { useMemo } from "preact/hooks";
import type { Answer } from "../../api/types.ts";
import type { ApiResult } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { narrow } from "../../filter/editing.ts";
import { toNumber, withUnit } from "../../format/number.ts";
import { minute, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useFieldName } from "./DimensionList.tsx";
import { useValueLabel } from "./label.ts";
import { formatterOf } from "./measure.ts";
import { useExplore, type Explore } from "./useExplore.ts";

type Row = Readonly<Record<string, unknown>> & { readonly index: number };

const TOTAL_UNIT: Readonly<Record<Explore["measure"], string>> = { bps: "B", octets: "B", pps: "packets", packets: "packets", records: "records" };

/** The same question as a table: every value with its mean, p95, maximum and when. */
export function ExploreTable({ explore, result }: { readonly explore: Explore; readonly result: ApiResult<Answer<"/query/top">> }) {
  const t = useT();
  return (
    <ApiPanel title={t("explore.tableTitle")} note={t("explore.tableNote")} result={result} emptyReason={t("explore.empty")}>
      {(data) => <Table answer={data} explore={explore} />}
    </ApiPanel>
  );
}

function Table({ answer, explore }: { readonly answer: Answer<"/query/top">; readonly explore: Explore }) {
  const t = useT();
  const { zone } = useSettings();
  const fieldName = useFieldName();
  const valueLabel = useValueLabel();
  const [, change] = useExplore();
  const rows = useMemo(() => {
    const data = answer.data as unknown as Readonly<Record<string, readonly unknown[]>>;
    return Array.from({ length: answer.rows }, (_, index): Row => ({ ...Object.fromEntries(Object.entries(data).map(([name, values]) => [name, values[index]])), index }));
  }, [answer]);
  const format = useMemo(() => formatterOf(explore.measure), [explore.measure]);
  const number = (name: string, title: string): Column<Row> => ({
    key: name,
    title,
    isNumber: true,
    sortBy: (row) => toNumber(row[name]),
    render: (row) => format(toNumber(row[name])),
  });
  const columns: Array<Column<Row>> = [
    ...explore.dimensions.map(
      (name, i): Column<Row> => ({
        key: name,
        title: fieldName(name),
        isHeader: i === 0,
        sortBy: (row) => String(row[name] ?? ""),
        render: (row) =>
          row["is_other"] === true ? (
            i === 0 ? (
              t("series.other")
            ) : (
              ""
            )
          ) : (
            <button type="button" class="link row-link" title={t("explore.narrow")} onClick={() => change({ filter: narrow(explore.filter, name, String(row[name] ?? "")) })}>
              {valueLabel(name, row[name])}
            </button>
          ),
      }),
    ),
    number("min", t("stat.min")),
    number("mean", t("stat.mean")),
    number("p95", "p95"),
    number("max", t("stat.max")),
    {
      key: "max_at",
      title: t("stat.maxAt"),
      sortBy: (row) => String(row["max_at"] ?? ""),
      render: (row) => {
        const at = parseInstant(row["max_at"] as string | null);
        return at === null ? "–" : minute(at, zone);
      },
    },
    number("last", t("stat.last")),
    {
      key: "total",
      title: t("stat.total"),
      isNumber: true,
      sortBy: (row) => toNumber(row["total"]),
      render: (row) => withUnit(toNumber(row["total"]), TOTAL_UNIT[explore.measure]),
    },
    ...(explore.previous === "none" ? [] : [number("mean_before", t("stat.meanBefore"))]),
  ];
  return <DataTable caption={t("explore.tableTitle")} columns={columns} rows={rows} rowKey={(row) => String(row.index)} rowClass={(row) => (row["is_other"] === true ? "is-other" : undefined)} />;
}
