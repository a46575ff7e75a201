import { useApi } from "../../api/useApi.ts";
import { useTimeRange } from "../../state/timeRange.ts";
import { ExploreChart } from "./ExploreChart.tsx";
import { ExploreMatrix } from "./ExploreMatrix.tsx";
import { ExploreTable } from "./ExploreTable.tsx";
import { QueryForm } from "./QueryForm.tsx";
import { useExplore, useExploreQuery } from "./useExplore.ts";

/** One question, asked once for the chart and once for the table below it. */
export function ExplorePage() {
  const [explore] = useExplore();
  const query = useExploreQuery(explore);
  const { isLive } = useTimeRange();
  const refreshSeconds = isLive ? 60 : 0;
  const isSankey = explore.chart === "sankey";
  const series = useApi("/query/timeseries", { query: query.series, refreshSeconds, isOff: isSankey });
  const matrix = useApi("/query/matrix", { query: query.common, refreshSeconds, isOff: !isSankey || explore.dimensions.length < 2 });
  const table = useApi("/query/top", { query: query.table, refreshSeconds });
  return (
    <div class="explore">
      <QueryForm />
      <div class="grid">
        {isSankey ? <ExploreMatrix explore={explore} result={matrix} /> : <ExploreChart explore={explore} result={series} />}
        <ExploreTable explore={explore} result={table} />
      </div>
    </div>
  );
}
