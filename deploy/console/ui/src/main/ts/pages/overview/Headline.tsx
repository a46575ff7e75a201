import type { Answer } from "../../api/types.ts";
import type { ApiResult } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Link } from "../../components/Link.tsx";
import { Figure, Stat } from "../../components/Stat.tsx";
import { Finality } from "../../components/Provenance.tsx";
import { bitRate, decimalsForError, errorInPercent, fixed, integer, percentRange, points, UNKNOWN } from "../../format/number.ts";
import { minute, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";

type Overview = Answer<"/overview">;
type ShareFigure = NonNullable<Overview["share"]["today"]>;

export function ShareValue({ figure }: { readonly figure: ShareFigure | null }) {
  if (figure === null || figure.share_wire === null) {
    return <>{UNKNOWN}</>;
  }
  const error = figure.share_wire_error95;
  const decimals = error === null ? 2 : Math.min(2, decimalsForError(error));
  return (
    <>
      {fixed(figure.share_wire * 100, decimals)}
      <small>
        {" % "}
        {error === null ? "" : `± ${errorInPercent(error, decimals)}`}
      </small>
    </>
  );
}

export function Headline({ overview }: { readonly overview: ApiResult<Overview> }) {
  const t = useT();
  return (
    <ApiPanel title={t("overview.headline")} note={t("overview.headlineNote")} result={overview} isLive hasExports={false}>
      {(data) => <Figures data={data} />}
    </ApiPanel>
  );
}

/** Change against the month before is the server's numbers set side by side. */
function change(share: Overview["share"]): number | null {
  const now = share.monthToDate?.share_wire ?? null;
  const before = share.previousMonth?.share_wire ?? null;
  return now === null || before === null ? null : now - before;
}

function Figures({ data }: { readonly data: Overview }) {
  const t = useT();
  const { zone } = useSettings();
  const { share, traffic, links, exporters } = data;
  const peakAt = parseInstant(traffic.peak_at);
  const isProvisional = share.today?.provisional;
  return (
    <div class="stats-grid">
      <Stat label={t("overview.shareNow")} value={<ShareValue figure={share.lastFiveMinutes} />} sub={t("overview.fiveMinutes")} />
      <Stat
        label={t("overview.shareToday")}
        value={<ShareValue figure={share.today} />}
        sub={
          <>
            {t("share.payload")} {percentRange(share.today?.share_payload_lower, share.today?.share_payload_upper, 1)} <Finality isProvisional={isProvisional} />
          </>
        }
      />
      <Stat
        label={t("overview.shareMonth")}
        value={<ShareValue figure={share.monthToDate} />}
        sub={`${points(change(share), t("unit.points"))} ${t("overview.againstPreviousMonth")}`}
      />
      <Stat
        label={t("overview.trafficNow")}
        value={<Figure text={bitRate(traffic.now_bps)} />}
        sub={`IPv6 ${bitRate(traffic.now_bps_v6)} · IPv4 ${bitRate(traffic.now_bps_v4)}`}
      />
      <Stat
        label={t("overview.peak24h")}
        value={<Figure text={bitRate(traffic.peak_bps)} />}
        sub={`${peakAt === null ? "" : minute(peakAt, zone)} · p95 ${bitRate(traffic.p95_bps)}`}
      />
      <Stat
        label={t("overview.capacity6")}
        value={<Figure text={bitRate(traffic.ipv6_capacity_bps)} />}
        sub={t("overview.ofCapacity", { capacity: bitRate(traffic.capacity_bps) })}
      />
      {links === null ? null : (
        <Stat
          label={t("overview.linksFull")}
          value={
            <Link to="/interconnects" params={{ sort: "utilisation" }}>
              {integer(links.over70)}
              <small> / {integer(links.total)}</small>
            </Link>
          }
          sub={`≥ 80 %: ${links.over80} · ≥ 90 %: ${links.over90} · ${t("overview.collapsed")}: ${links.collapsed}`}
        />
      )}
      {exporters === null ? null : (
        <Stat
          label={t("overview.exporters")}
          value={
            <Link to="/sources">
              {integer(exporters.reporting)}
              <small> / {integer(exporters.total)}</small>
            </Link>
          }
          sub={`${t("overview.silent")}: ${exporters.silent} · ${t("overview.unknownExporters")}: ${exporters.unknown}`}
        />
      )}
    </div>
  );
}
