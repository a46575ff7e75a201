import { useApi, REFRESH_SECONDS } from "../../api/useApi.ts";
import { useSettings } from "../../state/settings.ts";
import { useMay } from "../../state/session.ts";
import { BusiestLinks } from "./BusiestLinks.tsx";
import { Headline } from "./Headline.tsx";
import { OpenAlerts } from "./OpenAlerts.tsx";
import { PlanProgress } from "./PlanProgress.tsx";
import { ShareToday } from "./ShareToday.tsx";
import { SourcesAtAGlance } from "./SourcesAtAGlance.tsx";
import { TrafficNow } from "./TrafficNow.tsx";
import { WallPage } from "./WallPage.tsx";

/** What a shift looks at first: share, load, what is full, what is silent. */
export function OverviewPage() {
  const { zone, isWall } = useSettings();
  const may = useMay();
  const overview = useApi("/overview", { query: { tz: zone }, refreshSeconds: REFRESH_SECONDS });
  if (isWall) {
    return <WallPage overview={overview} />;
  }
  return (
    <div class="grid stretch">
      <Headline overview={overview} />
      {may("queryTimeseries") ? <TrafficNow span={8} height={250} /> : null}
      <ShareToday span={may("queryTimeseries") ? 4 : 8} height={250} />
      {may("queryTimeseries") ? null : <PlanProgress span={4} />}
      {may("getLinkLoad") ? <BusiestLinks overview={overview} /> : null}
      {may("listAlerts") ? <OpenAlerts span={4} /> : null}
      {may("listExporters") ? <SourcesAtAGlance overview={overview} span={8} /> : null}
      {may("queryTimeseries") ? <PlanProgress span={4} /> : null}
    </div>
  );
}
