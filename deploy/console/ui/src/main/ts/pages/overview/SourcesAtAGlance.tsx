import type { Answer } from "../../api/types.ts";
import type { ApiResult } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { ExporterState } from "../../components/ExporterState.tsx";
import { ExporterLink } from "../../components/ExporterLink.tsx";
import { Empty } from "../../components/States.tsx";
import { percent } from "../../format/number.ts";
import { minute, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";

/** Which exporters are silent or lose most: what makes every other number here doubtful. */
export function SourcesAtAGlance({ overview, span }: { readonly overview: ApiResult<Answer<"/overview">>; readonly span: 6 | 8 | 12 }) {
  const t = useT();
  const { zone } = useSettings();
  const names = useNames();
  return (
    <ApiPanel title={t("overview.worstExporters")} span={span} result={overview} hasExports={false}>
      {(data) =>
        data.exporters === null || data.exporters.worst.length === 0 ? (
          <Empty reason={t("overview.noWorst")} />
        ) : (
          <div class="table-scroll" tabIndex={0} role="group" aria-label={t("overview.worstExporters")}>
            <table class="data">
              <thead>
                <tr>
                  <th scope="col">{t("column.exporter")}</th>
                  <th scope="col">{t("column.node")}</th>
                  <th scope="col">{t("column.operator")}</th>
                  <th scope="col">{t("column.state")}</th>
                  <th scope="col" class="number">
                    {t("column.loss")}
                  </th>
                  <th scope="col">{t("column.lastSeen")}</th>
                </tr>
              </thead>
              <tbody>
                {data.exporters.worst.map((row) => {
                  const last = parseInstant(row.last_received);
                  return (
                    <tr key={row.exporter}>
                      <th scope="row">
                        <ExporterLink exporter={row.exporter} />
                      </th>
                      <td>{names.node(row.node)}</td>
                      <td>{names.operator(row.operator)}</td>
                      <td>
                        <ExporterState state={row.state} />
                      </td>
                      <td class="number">{percent(row.loss, 2)}</td>
                      <td>{last === null ? "–" : minute(last, zone)}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )
      }
    </ApiPanel>
  );
}
