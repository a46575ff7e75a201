import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { SeverityMark } from "../../components/AlertMarks.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Link } from "../../components/Link.tsx";
import { Empty } from "../../components/States.tsx";
import { minute, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useSettings } from "../../state/settings.ts";

export function OpenAlerts({ span, limit = 8 }: { readonly span: 4 | 6 | 12; readonly limit?: number }) {
  const t = useT();
  const { language, zone } = useSettings();
  const result = useApi("/alerts", { query: { state: "firing" }, refreshSeconds: REFRESH_SECONDS });
  return (
    <ApiPanel title={t("overview.alerts")} span={span} result={result} hasExports={false}>
      {(data) =>
        data.alerts.length === 0 ? (
          <Empty reason={t("alerts.none")} />
        ) : (
          <ul class="alert-list">
            {data.alerts.slice(0, limit).map((alert) => (
              <li key={alert.id}>
                <SeverityMark severity={alert.severity} />
                <Link to={`/alerts/${encodeURIComponent(alert.id)}`}>{language === "zh-CN" && alert.summaryZh !== undefined ? alert.summaryZh : alert.summary}</Link>
                <small>{minute(parseInstant(alert.startedAt) ?? 0, zone)}</small>
              </li>
            ))}
            {data.alerts.length > limit ? (
              <li>
                <Link to="/alerts">{t("table.showAll", { count: data.alerts.length })}</Link>
              </li>
            ) : null}
          </ul>
        )
      }
    </ApiPanel>
  );
}
