import { rowsOf } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Bullet } from "../../components/Bullet.tsx";
import { bitRate } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";

/** The plan's targets of interconnect bandwidth, each with its date and the gap to it. */
export function PlanProgress({ span }: { readonly span: 4 | 6 | 12 }) {
  const t = useT();
  const result = useApi("/ipv6/targets");
  return (
    <ApiPanel title={t("targets.bandwidth")} note={t("targets.bandwidthNote")} span={span} result={result}>
      {(data) => (
        <ul class="plan">
          {rowsOf(data)
            .filter((row) => row.target_bps !== null)
            .map((row) => (
              <li key={`${row.metric} ${row.due}`}>
                <p>
                  {t("targets.by", { due: row.due })} <b>{bitRate(row.target_bps)}</b>{" "}
                  <span class={`mark ${row.met === true ? "mark-good" : row.is_due ? "mark-bad" : ""}`}>
                    {row.met === true ? `✓ ${t("targets.met")}` : row.is_due ? `✗ ${t("targets.missed")}` : t("targets.open")}
                  </span>
                </p>
                <Bullet value={row.capacity_bps} target={row.target_bps ?? 1} label={t("targets.by", { due: row.due })} />
                <p class="hint">
                  {t("targets.then", { value: bitRate(row.capacity_bps) })} · {t("targets.now", { value: bitRate(row.current_capacity_bps) })}
                  {row.gap_bps !== null && row.gap_bps > 0 ? ` · ${t("targets.gap", { value: bitRate(row.gap_bps) })}` : ""}
                </p>
              </li>
            ))}
        </ul>
      )}
    </ApiPanel>
  );
}
