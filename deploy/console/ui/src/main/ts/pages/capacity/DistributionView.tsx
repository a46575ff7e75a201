import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { HeatLegend, HeatTable } from "../../components/HeatTable.tsx";
import { LinkName } from "../../components/LinkName.tsx";
import { percent } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

const PERCENTILES = [5, 10, 25, 50, 75, 90, 95, 99, 100] as const;
const MOST = 60;

/** The distribution of 5-minute utilisation of each link direction: how full it is for how long. */
export function DistributionView() {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange("now-90d");
  const result = useApi("/links/distribution", { query: { ...range, tz: zone } });
  return (
    <ApiPanel title={t("distribution.title")} note={<>{t("distribution.note")} <HeatLegend from="0 %" to="100 %" /></>} result={result}>
      {(data) => <Cells answer={data} />}
    </ApiPanel>
  );
}

function Cells({ answer }: { readonly answer: Answer<"/links/distribution"> }) {
  const t = useT();
  const { cells, links } = useMemo(() => {
    const found = new Map<string, number | null>();
    const heat = new Map<string, number>();
    for (const row of rowsOf(answer)) {
      const key = `${row.link} ${row.direction}`;
      found.set(`${key} ${row.percentile}`, row.utilisation);
      if (row.percentile === 95) {
        heat.set(key, row.utilisation ?? -1);
      }
    }
    return { cells: found, links: [...heat].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([key]) => key) };
  }, [answer]);
  return (
    <HeatTable
      caption={t("distribution.title")}
      corner={t("column.link")}
      columns={PERCENTILES.map((one) => ({ key: String(one), title: one === 100 ? t("stat.max") : one === 50 ? t("distribution.median") : `p${one}` }))}
      rows={links.map((key) => ({
        key,
        title: (
          <>
            <LinkName link={key.split(" ")[0] ?? key} /> {key.endsWith("a_to_b") ? "A → B" : "B → A"}
          </>
        ),
      }))}
      cell={(link, percentile) => {
        const value = cells.get(`${link} ${percentile}`);
        return value === undefined ? null : { text: percent(value, 0), strength: value };
      }}
    />
  );
}
