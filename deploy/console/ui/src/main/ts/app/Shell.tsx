import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useApi } from "../api/useApi.ts";
import { Icon } from "../components/icons.tsx";
import { Link } from "../components/Link.tsx";
import { TimePicker } from "../components/TimePicker.tsx";
import { duration, minute, parseInstant } from "../format/time.ts";
import { useT } from "../i18n/index.ts";
import { useMay, useSession } from "../state/session.ts";
import { useSettings } from "../state/settings.ts";
import { Brand } from "./Brand.tsx";
import { PAGES, type Page } from "./pages.tsx";
import { SettingsMenu } from "./SettingsMenu.tsx";

/** Navigation, heading, period and settings around a page; on the wall, the page alone. */
export function Shell({ page, children }: { readonly page: Page | null; readonly children: ComponentChildren }) {
  const t = useT();
  const { isWall } = useSettings();
  const title = page === null ? t("state.noPage") : t(page.title);
  useEffect(() => {
    document.title = `${title} · ipv6flow`;
  }, [title]);
  if (isWall) {
    return (
      <main class="wall" id="main">
        {children}
      </main>
    );
  }
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {t("nav.skip")}
      </a>
      <Navigation page={page} />
      <div class="main">
        <header class="topbar">
          <h1>{title}</h1>
          <Freshness />
          <span class="spacer" />
          {page === null || page.period === null ? null : <TimePicker fallback={page.period} />}
          <SettingsMenu />
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

function Navigation({ page }: { readonly page: Page | null }) {
  const t = useT();
  const may = useMay();
  const { session } = useSession();
  const alerts = useApi("/alerts", { query: { state: "firing" }, refreshSeconds: 60, isOff: !may("listAlerts") });
  const firing = alerts.data?.firing ?? 0;
  const offered = PAGES.filter((one) => one.needs.length === 0 || one.needs.some((operation) => may(operation)));
  return (
    <nav class="nav" aria-label={t("nav.label")}>
      <Brand />
      <ul>
        {offered.map((one) => (
          <li key={one.id}>
            <Link to={one.path} isCurrent={one.id === page?.id}>
              <Icon name={one.id} />
              {t(one.title)}
              {one.id === "alerts" && firing > 0 ? (
                <span class="count">
                  {firing}
                  <span class="visually-hidden"> {t("alerts.firingNow")}</span>
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
      <div class="nav-foot">
        <span>
          {session.user ?? t("session.nobody")}
          <br />
          {session.role === null || session.role === undefined ? "" : t(`role.user.${session.role}`)}
          {session.operator === null || session.operator === undefined ? "" : ` · ${session.operator}`}
        </span>
      </div>
    </nav>
  );
}

/** How old the newest numbers are, and whether they are of a demo. */
function Freshness() {
  const t = useT();
  const { zone } = useSettings();
  const { data } = useApi("/meta", { refreshSeconds: 30 });
  if (data === null) {
    return null;
  }
  const asOf = parseInstant(data.asOf);
  const delay = data.dataDelaySeconds ?? null;
  return (
    <span class="crumbs" role="status">
      {data.synthetic ? <span class="mark mark-warn">{t("meta.synthetic")}</span> : null}{" "}
      {asOf === null ? (
        <span class="mark mark-bad">{t("meta.noData")}</span>
      ) : (
        <span class={delay !== null && delay > 300 ? "mark mark-bad" : undefined}>
          {t("meta.dataUntil", { time: minute(asOf, zone), zone })}
          {delay === null ? "" : ` · ${t("meta.delay", { delay: duration(delay) })}`}
        </span>
      )}
    </span>
  );
}
