import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Bounds, BoundsLegend, boundsText, type BoundsValue } from "../../components/Bounds.tsx";
import { Coverage } from "../../components/Coverage.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { PopulationPicker, usePopulation } from "../../components/PopulationPicker.tsx";
import { Finality } from "../../components/Provenance.tsx";
import { octets, percent, shareWithError } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { setParams, useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";
import { ShareMeaning } from "./ShareMeaning.tsx";
import { ShareSeries } from "./ShareSeries.tsx";

type Row = ReturnType<typeof rowsOf<Answer<"/ipv6/share">["data"]>>[number];

function boundsOf(row: Row): BoundsValue {
  return {
    wire: row.share_wire,
    wireError: row.share_wire_error95,
    native: row.share_native,
    nativeError: row.share_native_error95,
    lower: row.share_payload_lower,
    upper: row.share_payload_upper,
  };
}

export function SharesView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-30d");
  const { dimension, direction } = usePopulation("role");
  const [member] = useParam("member", "");
  const result = useApi("/ipv6/share", { query: { ...range, tz: zone, dimension, direction } });
  const rows = useMemo(() => (result.data === null ? [] : rowsOf(result.data)), [result.data]);
  const chosen = member !== "" ? member : (rows.find((row) => row.member === "interconnect") ?? rows[0])?.member;
  const max = rows.some((row) => (row.share_payload_upper ?? 0) > 0.58) ? 1 : 0.6;
  const columns = useMemo(
    (): Array<Column<Row>> => [
      {
        key: "member",
        title: t(`dimension.${dimension}`),
        isHeader: true,
        sortBy: (row) => names.member(dimension, row.member),
        render: (row) => (
          <button type="button" class="link row-link" aria-pressed={row.member === chosen} onClick={() => setParams({ member: row.member }, true)}>
            {names.member(dimension, row.member)}
            {direction === "any" ? <small> {t(`direction.${row.direction as "both"}`)}</small> : null}
          </button>
        ),
      },
      { key: "wire", title: t("share.wire"), isNumber: true, sortBy: (row) => row.share_wire, render: (row) => shareWithError(row.share_wire, row.share_wire_error95) },
      { key: "native", title: t("share.native"), isNumber: true, sortBy: (row) => row.share_native, render: (row) => shareWithError(row.share_native, row.share_native_error95) },
      { key: "payload", title: t("share.payload"), isNumber: true, sortBy: (row) => row.share_payload_lower, render: (row) => boundsText(boundsOf(row)) },
      {
        key: "picture",
        title: `0–${max * 100} %`,
        render: (row) => (
          <Bounds
            value={boundsOf(row)}
            max={max}
            label={`${names.member(dimension, row.member)}: ${t("share.wire")} ${shareWithError(row.share_wire, row.share_wire_error95)}, ${t("share.native")} ${shareWithError(row.share_native, row.share_native_error95)}, ${t("share.payload")} ${boundsText(boundsOf(row))}`}
          />
        ),
      },
      { key: "gap", title: t("share.gap"), isNumber: true, sortBy: (row) => row.visibility_gap, render: (row) => percent(row.visibility_gap, 2) },
      { key: "volume", title: t("share.volume6"), isNumber: true, sortBy: (row) => row.octets_v6, render: (row) => octets(row.octets_v6) },
      { key: "coverage", title: t("column.coverage"), isNumber: true, sortBy: (row) => row.coverage, render: (row) => <Coverage value={row.coverage} /> },
      { key: "loss", title: t("column.loss"), isNumber: true, sortBy: (row) => row.loss, render: (row) => percent(row.loss, 2) },
      { key: "final", title: t("column.finality"), render: (row) => <Finality isProvisional={row.provisional} /> },
    ],
    [t, names, dimension, direction, chosen, max],
  );
  return (
    <>
      <div class="toolbar">
        <PopulationPicker fallback="role" />
        <BoundsLegend texts={{ wire: `${t("share.wire")} ± 95 %`, native: `${t("share.native")} ± 95 %`, payload: t("share.payloadBounds") }} />
      </div>
      <div class="grid">
        <ApiPanel title={t("share.tableTitle")} note={t("share.tableNote")} result={result}>
          {() => (
            <DataTable
              caption={t("share.tableTitle")}
              columns={columns}
              rows={rows}
              rowKey={(row) => `${row.member} ${row.direction}`}
              sort={{ key: "volume", isDescending: true }}
              limit={20}
              rowClass={(row) => (row.member === chosen ? "is-chosen" : undefined)}
            />
          )}
        </ApiPanel>
        {chosen === undefined ? null : <ShareSeries dimension={dimension} direction={direction} member={chosen} />}
        <ShareMeaning />
      </div>
    </>
  );
}
