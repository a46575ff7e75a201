import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments, Select } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { ShareBar } from "../../components/ShareBar.tsx";
import { octets, percent, points, shareWithError } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { setParams, useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

const BY = ["operator", "province", "region", "node", "gateway", "operator_pair", "organisation", "organisation_kind", "industry", "access", "address_operator", "address_province", "address_region"] as const;
type By = (typeof BY)[number];

/** Those told apart by the addresses of flows, where a side has to be chosen. */
const BY_ADDRESS: ReadonlySet<string> = new Set(["organisation", "organisation_kind", "industry", "access", "address_operator", "address_province", "address_region"]);
const KINDS = ["", "idc", "cdn", "cloud", "enterprise", "government", "education"] as const;

type Row = ReturnType<typeof rowsOf<Answer<"/ipv6/share/top">["data"]>>[number];

function rankChange(row: Row): string {
  if (row.rank_before === null) {
    return "–";
  }
  const moved = row.rank_before - row.rank;
  return moved === 0 ? "=" : moved > 0 ? `▲ ${moved}` : `▼ ${-moved}`;
}

/** Who carries how much IPv6, ranked, with the change of rank and share. */
export function ScoreboardView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange("now-30d");
  const [by] = useParam("by", "operator");
  const [side, setSide] = useParam("side", "source");
  const [kind, setKind] = useParam("kind", "");
  const isByAddress = BY_ADDRESS.has(by);
  const result = useApi("/ipv6/share/top", {
    query: {
      ...range,
      tz: zone,
      by: by as By,
      side: isByAddress ? (side as "source" | "destination") : undefined,
      kind: by === "organisation" && kind !== "" ? kind : undefined,
      top: 40,
    },
  });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "rank", title: "#", isNumber: true, sortBy: (row) => row.rank, render: (row) => row.rank },
      { key: "moved", title: t("scoreboard.moved"), isNumber: true, sortBy: (row) => (row.rank_before === null ? null : row.rank_before - row.rank), render: rankChange },
      { key: "member", title: t(`scoreboard.${by as By}`), isHeader: true, sortBy: (row) => names.member(by, row.member), render: (row) => (names.member(by, row.member) === row.member ? row.label : names.member(by, row.member)) },
      { key: "share", title: t("share.wire"), isNumber: true, sortBy: (row) => row.share_wire, render: (row) => shareWithError(row.share_wire, row.share_wire_error95) },
      { key: "change", title: t("scoreboard.change"), isNumber: true, sortBy: (row) => (row.share_wire === null || row.share_wire_before === null ? null : row.share_wire - row.share_wire_before), render: (row) => points(row.share_wire === null || row.share_wire_before === null ? null : row.share_wire - row.share_wire_before, t("unit.points")) },
      { key: "before", title: t("scoreboard.before"), isNumber: true, sortBy: (row) => row.share_wire_before, render: (row) => percent(row.share_wire_before, 2) },
      { key: "v6", title: t("share.volume6"), isNumber: true, sortBy: (row) => row.octets_v6, render: (row) => octets(row.octets_v6) },
      { key: "octets", title: t("column.volume"), isNumber: true, sortBy: (row) => row.octets, render: (row) => octets(row.octets) },
      { key: "bar", title: "IPv6 / IPv4", render: (row) => <ShareBar v6={row.octets_v6} v4={row.octets_v4} /> },
    ],
    [t, names, by],
  );
  return (
    <>
      <div class="toolbar">
        <Select label={t("population.by")} value={by} options={BY.map((one) => ({ value: one, label: t(`scoreboard.${one}`) }))} onChange={(value) => setParams({ by: value === "operator" ? undefined : value, kind: undefined })} />
        {isByAddress ? (
          <Segments
            label={t("scoreboard.side")}
            value={side}
            options={[
              { value: "source", label: t("scoreboard.source") },
              { value: "destination", label: t("scoreboard.destination") },
            ]}
            onChange={setSide}
          />
        ) : null}
        {by === "organisation" ? <Select label={t("scoreboard.kind")} value={kind} options={KINDS.map((one) => ({ value: one, label: one === "" ? t("interconnects.all") : t(`organisationKind.${one}`) }))} onChange={setKind} /> : null}
      </div>
      <ApiPanel title={t("scoreboard.title")} note={isByAddress ? t("scoreboard.noteAddress") : t("scoreboard.note")} result={result}>
        {(data) => <DataTable caption={t("scoreboard.title")} columns={columns} rows={rowsOf(data)} rowKey={(row) => row.member} sort={{ key: "rank", isDescending: false }} />}
      </ApiPanel>
    </>
  );
}
