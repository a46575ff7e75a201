import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { LinkName } from "../../components/LinkName.tsx";
import { Utilisation } from "../../components/Utilisation.tsx";
import { bitRate, integer } from "../../format/number.ts";
import { minute, month, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { setParams, useParam } from "../../state/location.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange, useTimeRange } from "../../state/timeRange.ts";
import { useLinkFilter } from "../interconnects/useLinkFilter.tsx";

type Row = ReturnType<typeof rowsOf<Answer<"/links/utilisation">["data"]>>[number];

/** Months back that can be chosen by name. */
const MONTHS = 12;

function lastMonths(now: number, zone: string): string[] {
  const [year = 1970, first = 1] = month(now, zone).split("-").map(Number);
  return Array.from({ length: MONTHS }, (_, i) => {
    const index = year * 12 + (first - 1) - i;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  });
}

function afterMonth(text: string): string {
  const [year = 1970, number = 1] = text.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

/** Mean, p95, p99 and peak of every link direction, by month and IP version. */
export function PercentilesView() {
  const t = useT();
  const { zone } = useSettings();
  const filter = useLinkFilter();
  const range = useApiRange("now-90d");
  const chosen = useTimeRange("now-90d");
  const [family, setFamily] = useParam("family", "0");
  const result = useApi("/links/utilisation", { query: { ...range, tz: zone, stat: "p95", ip_version: Number(family) as 0 | 4 | 6 } });
  const months = useMemo(() => lastMonths(Date.now(), zone), [zone]);
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "link", title: t("column.link"), isHeader: true, sortBy: (row) => row.link, render: (row) => <LinkName link={row.link} from={row.from_operator} to={row.to_operator} /> },
      { key: "capacity", title: t("column.capacity"), isNumber: true, sortBy: (row) => row.capacity_bps, render: (row) => bitRate(row.capacity_bps) },
      { key: "mean", title: t("stat.mean"), isNumber: true, sortBy: (row) => row.mean_bps, render: (row) => bitRate(row.mean_bps) },
      { key: "p95", title: "p95", isNumber: true, sortBy: (row) => row.p95_bps, render: (row) => bitRate(row.p95_bps) },
      { key: "u95", title: `p95 ${t("column.utilisation")}`, isNumber: true, sortBy: (row) => row.utilisation_p95, render: (row) => <Utilisation value={row.utilisation_p95} /> },
      { key: "p99", title: "p99", isNumber: true, sortBy: (row) => row.p99_bps, render: (row) => bitRate(row.p99_bps) },
      { key: "peak", title: t("stat.max"), isNumber: true, sortBy: (row) => row.peak_bps, render: (row) => bitRate(row.peak_bps) },
      {
        key: "at",
        title: t("stat.maxAt"),
        sortBy: (row) => row.peak_at,
        render: (row) => {
          const at = parseInstant(row.peak_at);
          return at === null ? "–" : minute(at, zone);
        },
      },
      { key: "missing", title: t("column.missing"), isNumber: true, sortBy: (row) => row.missing_samples, render: (row) => `${integer(row.missing_samples)} / ${integer(row.samples)}` },
    ],
    [t, zone],
  );
  return (
    <>
      <div class="toolbar">
        {filter.controls}
        <Segments
          label={t("column.ipVersion")}
          value={family}
          options={[
            { value: "0", label: t("series.total") },
            { value: "6", label: "IPv6" },
            { value: "4", label: "IPv4" },
          ]}
          onChange={setFamily}
        />
        <span class="months" role="group" aria-label={t("column.month")}>
          {months.map((one) => (
            <button
              key={one}
              type="button"
              class={`link${chosen.from === `${one}-01T00:00` ? " is-on" : ""}`}
              aria-pressed={chosen.from === `${one}-01T00:00`}
              onClick={() => setParams({ from: `${one}-01T00:00`, to: `${afterMonth(one)}-01T00:00` })}
            >
              {one}
            </button>
          ))}
        </span>
      </div>
      <ApiPanel title={t("capacity.percentiles")} note={t("capacity.percentilesNote")} result={result}>
        {(data) => (
          <DataTable
            caption={t("capacity.percentiles")}
            columns={columns}
            rows={rowsOf(data).filter(filter.accepts)}
            rowKey={(row) => `${row.link} ${row.direction} ${row.ip_version}`}
            sort={{ key: "u95", isDescending: true }}
            limit={60}
          />
        )}
      </ApiPanel>
    </>
  );
}
