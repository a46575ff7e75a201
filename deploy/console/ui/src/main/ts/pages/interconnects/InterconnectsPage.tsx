import type { PageProps } from "../../app/pages.tsx";
import { Tabs } from "../../components/Tabs.tsx";
import { useT } from "../../i18n/index.ts";
import { useMay } from "../../state/session.ts";
import { ChangesView } from "./ChangesView.tsx";
import { FailureView } from "./FailureView.tsx";
import { HeatView } from "./HeatView.tsx";
import { LinkPage } from "./LinkPage.tsx";
import { LinkTable } from "./LinkTable.tsx";
import { MapView } from "./MapView.tsx";

export function InterconnectsPage({ rest }: PageProps) {
  const t = useT();
  const may = useMay();
  const link = rest[0];
  if (link !== undefined) {
    return <LinkPage link={link} />;
  }
  const tabs = [
    { id: "table", title: t("interconnects.table"), render: () => <LinkTable /> },
    { id: "map", title: t("interconnects.map"), render: () => <MapView /> },
    { id: "heat", title: t("interconnects.heat"), render: () => <HeatView /> },
    { id: "changes", title: t("interconnects.changes"), render: () => <ChangesView /> },
    ...(may("getNMinus1") ? [{ id: "failure", title: t("interconnects.failure"), render: () => <FailureView /> }] : []),
  ];
  return <Tabs path="/interconnects" tabs={tabs} label={t("nav.interconnects")} />;
}
