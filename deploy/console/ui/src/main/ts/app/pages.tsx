import type { ComponentType } from "preact";
import type { MessageKey } from "../i18n/index.ts";
import type { Operation } from "../state/session.ts";

export interface PageProps {
  /** What follows the page's own path: a link, an exporter, a definition. */
  readonly rest: readonly string[];
}

export interface Page {
  readonly id: string;
  readonly path: string;
  readonly title: MessageKey;
  /** One of these must be allowed for the page to be offered. */
  readonly needs: readonly Operation[];
  /** The period shown when the address has none; null: the page has no period. */
  readonly period: string | null;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

/** Every page, in the order of the navigation. Each is loaded when it is opened first. */
export const PAGES: readonly Page[] = [
  {
    id: "overview",
    path: "/",
    title: "nav.overview",
    needs: ["getOverview"],
    period: "now-24h",
    load: async () => (await import("../pages/overview/OverviewPage.tsx")).OverviewPage,
  },
  {
    id: "interconnects",
    path: "/interconnects",
    title: "nav.interconnects",
    needs: ["getLinkLoad"],
    period: "now-24h",
    load: async () => (await import("../pages/interconnects/InterconnectsPage.tsx")).InterconnectsPage,
  },
  {
    id: "share",
    path: "/share",
    title: "nav.share",
    needs: ["getIpv6Share"],
    period: "now-30d",
    load: async () => (await import("../pages/share/SharePage.tsx")).SharePage,
  },
  {
    id: "explore",
    path: "/explore",
    title: "nav.explore",
    needs: ["queryTimeseries"],
    period: "now-24h",
    load: async () => (await import("../pages/explore/ExplorePage.tsx")).ExplorePage,
  },
  {
    id: "capacity",
    path: "/capacity",
    title: "nav.capacity",
    needs: ["getRunout", "getBusyHours", "getSettlement"],
    period: "now-90d",
    load: async () => (await import("../pages/capacity/CapacityPage.tsx")).CapacityPage,
  },
  {
    id: "reports",
    path: "/reports",
    title: "nav.reports",
    needs: ["listReports"],
    period: null,
    load: async () => (await import("../pages/reports/ReportsPage.tsx")).ReportsPage,
  },
  {
    id: "sources",
    path: "/sources",
    title: "nav.sources",
    needs: ["listExporters", "getDataQuality"],
    period: "now-3h",
    load: async () => (await import("../pages/sources/SourcesPage.tsx")).SourcesPage,
  },
  {
    id: "alerts",
    path: "/alerts",
    title: "nav.alerts",
    needs: ["listAlerts"],
    period: "now-7d",
    load: async () => (await import("../pages/alerts/AlertsPage.tsx")).AlertsPage,
  },
  {
    id: "audit",
    path: "/audit",
    title: "nav.audit",
    needs: ["listAudit"],
    period: "now-24h",
    load: async () => (await import("../pages/audit/AuditPage.tsx")).AuditPage,
  },
  {
    id: "docs",
    path: "/docs",
    title: "nav.docs",
    needs: [],
    period: null,
    load: async () => (await import("../pages/docs/DocsPage.tsx")).DocsPage,
  },
];

/** The page of a path, and what follows it. */
export function pageOf(path: string): { readonly page: Page; readonly rest: readonly string[] } | null {
  const parts = path.split("/").filter((part) => part !== "");
  const page = PAGES.find((one) => one.path === `/${parts[0] ?? ""}`);
  return page === undefined ? null : { page, rest: parts.slice(1).map((part) => decodeURIComponent(part)) };
}
