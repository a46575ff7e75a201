import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { HeatLegend, HeatTable } from "../../components/HeatTable.tsx";
import { Link } from "../../components/Link.tsx";
import { LEVEL_MARKS, levelOf } from "../../components/Utilisation.tsx";
import { percent } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

/** Which node and which pair of operators is hottest: 95th percentile of the period, the fuller direction. */
export function HeatView() {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange();
  const result = useApi("/links/utilisation", { query: { ...range, tz: zone, stat: "p95", ip_version: 0 } });
  return (
    <ApiPanel title={t("interconnects.heatTitle")} note={<HeatLegend from="0 %" to="100 %" />} result={result}>
      {(data) => <Heat answer={data} />}
    </ApiPanel>
  );
}

function Heat({ answer }: { readonly answer: Answer<"/links/utilisation"> }) {
  const t = useT();
  const names = useNames();
  const { cells, nodes, pairs } = useMemo(() => {
    const fullest = new Map<string, { link: string; utilisation: number | null; from: string; to: string }>();
    const nodeSet = new Set<string>();
    const pairSet = new Set<string>();
    for (const row of rowsOf(answer)) {
      const pair = [row.a_operator, row.b_operator].sort().join("-");
      nodeSet.add(row.node);
      pairSet.add(pair);
      const key = `${row.node} ${pair}`;
      const known = fullest.get(key);
      if (known === undefined || (row.utilisation_p95 ?? -1) > (known.utilisation ?? -1)) {
        fullest.set(key, { link: row.link, utilisation: row.utilisation_p95, from: row.from_operator, to: row.to_operator });
      }
    }
    const highest = (of: (key: string) => boolean) => Math.max(0, ...[...fullest].filter(([key]) => of(key)).map(([, cell]) => cell.utilisation ?? 0));
    const byHeat = (list: Set<string>, matches: (key: string, item: string) => boolean) =>
      [...list].map((item) => ({ item, heat: highest((key) => matches(key, item)) })).sort((a, b) => b.heat - a.heat || a.item.localeCompare(b.item)).map(({ item }) => item);
    return {
      cells: fullest,
      nodes: byHeat(nodeSet, (key, item) => key.startsWith(`${item} `)),
      pairs: byHeat(pairSet, (key, item) => key.endsWith(` ${item}`)),
    };
  }, [answer]);
  return (
    <HeatTable
      caption={t("interconnects.heatTitle")}
      corner={t("column.node")}
      columns={pairs.map((pair) => ({ key: pair, title: pair }))}
      rows={nodes.map((node) => ({ key: node, title: names.node(node) }))}
      cell={(node, pair) => {
        const found = cells.get(`${node} ${pair}`);
        if (found === undefined) {
          return null;
        }
        const level = levelOf(found.utilisation);
        const text = percent(found.utilisation, 0);
        return {
          text,
          strength: found.utilisation,
          title: `${found.link}: ${names.operator(found.from)} → ${names.operator(found.to)}`,
          content: (
            <Link to={`/interconnects/${encodeURIComponent(found.link)}`} class="plain" label={`${found.link} ${text}`}>
              {text}
              {level !== null && level >= 2 ? ` ${LEVEL_MARKS[level]}` : ""}
            </Link>
          ),
        };
      }}
    />
  );
}
