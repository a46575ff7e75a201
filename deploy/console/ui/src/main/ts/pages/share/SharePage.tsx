import { Tabs } from "../../components/Tabs.tsx";
import { useT } from "../../i18n/index.ts";
import { useMay } from "../../state/session.ts";
import { ActivePrefixes } from "./ActivePrefixes.tsx";
import { BandwidthView } from "./BandwidthView.tsx";
import { CompositionView } from "./CompositionView.tsx";
import { MatrixView } from "./MatrixView.tsx";
import { MonthsView } from "./MonthsView.tsx";
import { PublishedView } from "./PublishedView.tsx";
import { ScoreboardView } from "./ScoreboardView.tsx";
import { SharesView } from "./SharesView.tsx";

/** The IPv6 share in every form in which it is published, each with its definition. */
export function SharePage() {
  const t = useT();
  const may = useMay();
  const tabs = [
    { id: "shares", title: t("share.tabShares"), render: () => <SharesView /> },
    { id: "months", title: t("share.tabMonths"), render: () => <MonthsView /> },
    { id: "composition", title: t("share.tabComposition"), render: () => <CompositionView /> },
    { id: "bandwidth", title: t("share.tabBandwidth"), render: () => <BandwidthView /> },
    { id: "matrix", title: t("share.tabMatrix"), render: () => <MatrixView /> },
    { id: "scoreboard", title: t("share.tabScoreboard"), render: () => <ScoreboardView /> },
    { id: "published", title: t("share.tabPublished"), render: () => <PublishedView /> },
    ...(may("getActivePrefixes") ? [{ id: "prefixes", title: t("share.tabPrefixes"), render: () => <ActivePrefixes /> }] : []),
  ];
  return <Tabs path="/share" tabs={tabs} label={t("nav.share")} />;
}
