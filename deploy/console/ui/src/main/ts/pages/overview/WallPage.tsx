import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../../api/types.ts";
import type { ApiResult } from "../../api/useApi.ts";
import { clock, day, offsetText } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useMay } from "../../state/session.ts";
import { useSettings } from "../../state/settings.ts";
import { BusiestLinks } from "./BusiestLinks.tsx";
import { Headline } from "./Headline.tsx";
import { OpenAlerts } from "./OpenAlerts.tsx";
import { PlanProgress } from "./PlanProgress.tsx";
import { ShareToday } from "./ShareToday.tsx";
import { SourcesAtAGlance } from "./SourcesAtAGlance.tsx";
import { TrafficNow } from "./TrafficNow.tsx";

const ROTATION_SECONDS = 20;

/** For a screen on a wall: large, no controls, the lower half taking turns. */
export function WallPage({ overview }: { readonly overview: ApiResult<Answer<"/overview">> }) {
  const may = useMay();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((n) => n + 1), ROTATION_SECONDS * 1000);
    return () => clearInterval(timer);
  }, []);
  const views = [
    may("queryTimeseries") ? <TrafficNow key="traffic" span={12} height={380} /> : null,
    may("getLinkLoad") ? [<BusiestLinks key="links" overview={overview} limit={8} />, <OpenAlerts key="alerts" span={4} limit={8} />] : null,
    <ShareToday key="share" span={12} height={380} />,
    may("listExporters") ? [<SourcesAtAGlance key="sources" overview={overview} span={8} />, <PlanProgress key="plan" span={4} />] : null,
  ].filter((view) => view !== null);
  return (
    <>
      <WallClock />
      <div class="grid stretch">
        <Headline overview={overview} />
        {views[turn % views.length]}
      </div>
    </>
  );
}

function WallClock() {
  const t = useT();
  const { zone } = useSettings();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <header class="wall-head">
      <h1>{t("wall.title")}</h1>
      <span class="spacer" />
      <span>
        {day(now, zone)} <b>{clock(now, zone)}</b>{" "}
        <small>
          {zone} {offsetText(now, zone)}
        </small>
      </span>
    </header>
  );
}
