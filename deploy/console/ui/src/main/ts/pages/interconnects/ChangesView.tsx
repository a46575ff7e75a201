import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Check } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { LinkName } from "../../components/LinkName.tsx";
import { Empty } from "../../components/States.tsx";
import { bitRate, percent, signed } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useLinkFilter } from "./useLinkFilter.tsx";

type Change = ReturnType<typeof rowsOf<Answer<"/links/changes">["data"]>>[number];

/** Gainers and losers of 15 minutes, and links whose IPv6 fell while IPv4 held. */
export function ChangesView() {
  const t = useT();
  const names = useNames();
  const filter = useLinkFilter();
  const [only, setOnly] = useParam("collapsed", "");
  const result = useApi("/links/changes", { refreshSeconds: REFRESH_SECONDS });
  const columns = useMemo(
    (): Array<Column<Change>> => [
      {
        key: "link",
        title: t("column.link"),
        isHeader: true,
        sortBy: (row) => row.link,
        render: (row) => (
          <>
            <LinkName link={row.link} from={row.from_operator} to={row.to_operator} />{" "}
            {row.ipv6_collapsed ? <span class="mark mark-bad">▼ {t("changes.collapsed")}</span> : null}
          </>
        ),
      },
      { key: "node", title: t("column.node"), sortBy: (row) => row.node, render: (row) => names.place(row.node) },
      { key: "bps", title: t("changes.now"), isNumber: true, sortBy: (row) => row.bps, render: (row) => bitRate(row.bps) },
      {
        key: "change",
        title: t("changes.change"),
        isNumber: true,
        sortBy: (row) => Math.abs(row.change_bps),
        render: (row) => (
          <>
            {row.change_bps > 0 ? "▲ +" : row.change_bps < 0 ? "▼ " : ""}
            {bitRate(row.change_bps)}
          </>
        ),
      },
      { key: "error", title: "± 95 %", isNumber: true, sortBy: (row) => row.change_bps_error95, render: (row) => bitRate(row.change_bps_error95) },
      { key: "relative", title: t("changes.relative"), isNumber: true, sortBy: (row) => row.change, render: (row) => (row.change === null ? "–" : `${signed(row.change * 100, 1)} %`) },
      { key: "v6week", title: t("changes.v6Week"), isNumber: true, sortBy: (row) => row.v6_to_week_before, render: (row) => percent(row.v6_to_week_before, 0) },
      { key: "v4week", title: t("changes.v4Week"), isNumber: true, sortBy: (row) => row.v4_to_week_before, render: (row) => percent(row.v4_to_week_before, 0) },
    ],
    [t, names],
  );
  return (
    <>
      <div class="toolbar">
        {filter.controls}
        <Check label={t("changes.onlyCollapsed")} isOn={only === "1"} onChange={(isOn) => setOnly(isOn ? "1" : "")} />
      </div>
      <ApiPanel title={t("changes.title")} note={t("changes.note")} result={result} isLive>
        {(data) => {
          const rows = rowsOf(data)
            .filter(filter.accepts)
            .filter((row) => only !== "1" || row.ipv6_collapsed);
          return rows.length === 0 ? (
            <Empty reason={only === "1" ? t("changes.noneCollapsed") : t("empty.no_row_matches")} />
          ) : (
            <DataTable caption={t("changes.title")} columns={columns} rows={rows} rowKey={(row) => `${row.link} ${row.direction}`} sort={{ key: "change", isDescending: true }} limit={50} />
          );
        }}
      </ApiPanel>
    </>
  );
}
