import { Tabs } from "../../components/Tabs.tsx";
import { useT } from "../../i18n/index.ts";
import { useMay } from "../../state/session.ts";
import { FailureView } from "../interconnects/FailureView.tsx";
import { BusyHourView } from "./BusyHourView.tsx";
import { DistributionView } from "./DistributionView.tsx";
import { EventDaysView } from "./EventDaysView.tsx";
import { GrowthView } from "./GrowthView.tsx";
import { PercentilesView } from "./PercentilesView.tsx";
import { RunoutView } from "./RunoutView.tsx";
import { SettlementView } from "./SettlementView.tsx";

/** History for planning: percentiles, busy hours, growth, run-out, failure, settlement. */
export function CapacityPage() {
  const t = useT();
  const may = useMay();
  const tabs = [
    ...(may("getRunout") ? [{ id: "runout", title: t("capacity.runout"), render: () => <RunoutView /> }] : []),
    ...(may("getLinkUtilisation") ? [{ id: "percentiles", title: t("capacity.percentiles"), render: () => <PercentilesView /> }] : []),
    { id: "profile", title: t("capacity.profile"), render: () => <BusyHourView /> },
    { id: "growth", title: t("capacity.growth"), render: () => <GrowthView /> },
    { id: "events", title: t("capacity.events"), render: () => <EventDaysView /> },
    ...(may("getNMinus1") ? [{ id: "failure", title: t("interconnects.failure"), render: () => <FailureView /> }] : []),
    ...(may("getUtilisationDistribution") ? [{ id: "distribution", title: t("capacity.distribution"), render: () => <DistributionView /> }] : []),
    ...(may("getSettlement") ? [{ id: "settlement", title: t("capacity.settlement"), render: () => <SettlementView /> }] : []),
  ];
  return <Tabs path="/capacity" tabs={tabs} label={t("nav.capacity")} />;
}
