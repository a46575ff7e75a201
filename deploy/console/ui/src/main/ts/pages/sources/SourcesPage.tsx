import type { PageProps } from "../../app/pages.tsx";
import { Tabs } from "../../components/Tabs.tsx";
import { useT } from "../../i18n/index.ts";
import { useLocation } from "../../state/location.ts";
import { useMay } from "../../state/session.ts";
import { CoverageCalendar } from "./CoverageCalendar.tsx";
import { ExporterPage } from "./ExporterPage.tsx";
import { ExporterTable } from "./ExporterTable.tsx";
import { InterfacesView } from "./InterfacesView.tsx";
import { PipelineView } from "./PipelineView.tsx";
import { QualityView } from "./QualityView.tsx";
import { UnattributedView } from "./UnattributedView.tsx";

/** Whether the numbers can be believed: who reports, what is lost, what belongs to no link. */
export function SourcesPage({ rest }: PageProps) {
  const t = useT();
  const may = useMay();
  const { params } = useLocation();
  const exporter = rest[0] ?? params.get("exporter");
  if (exporter !== undefined) {
    return <ExporterPage exporter={exporter} />;
  }
  const tabs = [
    ...(may("listExporters") ? [{ id: "exporters", title: t("sources.exporters"), render: () => <ExporterTable /> }] : []),
    ...(may("getPipeline") ? [{ id: "pipeline", title: t("sources.pipeline"), render: () => <PipelineView /> }] : []),
    ...(may("getUnattributed") ? [{ id: "unattributed", title: t("sources.unattributed"), render: () => <UnattributedView /> }] : []),
    ...(may("listInterfaces") ? [{ id: "interfaces", title: t("sources.interfaces"), render: () => <InterfacesView /> }] : []),
    { id: "quality", title: t("sources.quality"), render: () => <QualityView /> },
    ...(may("getCoverageCalendar") ? [{ id: "calendar", title: t("sources.calendar"), render: () => <CoverageCalendar /> }] : []),
  ];
  return <Tabs path="/sources" tabs={tabs} label={t("nav.sources")} />;
}
