import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments } from "../../components/Controls.tsx";
import { Coverage } from "../../components/Coverage.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { HeatLegend, HeatTable, type HeatCell } from "../../components/HeatTable.tsx";
import { bitRate, fixed, integer, percent, shareWithError } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/matrix">["data"]>>[number];

/** Every operator to every other: IPv6 share or rate, and which pairs have none, and why. */
export function MatrixView() {
  const t = useT();
  const { zone } = useSettings();
  const range = useApiRange("now-30d");
  const [show, setShow] = useParam("show", "share");
  const result = useApi("/matrix", { query: { ...range, tz: zone } });
  return (
    <div class="grid">
      <ApiPanel
        title={t("matrix.title")}
        note={<>{t("matrix.note")} {show === "share" ? <HeatLegend from="0 %" to="60 %" /> : null}</>}
        result={result}
        actions={
          <Segments
            label={t("matrix.show")}
            value={show}
            options={[
              { value: "share", label: t("matrix.share") },
              { value: "v6", label: t("matrix.v6") },
              { value: "asymmetry", label: t("matrix.asymmetry") },
            ]}
            onChange={setShow}
          />
        }
      >
        {(data) => <Cells answer={data} show={show} />}
      </ApiPanel>
      <ApiPanel title={t("matrix.table")} result={result}>
        {(data) => <MatrixTable answer={data} />}
      </ApiPanel>
    </div>
  );
}

function Cells({ answer, show }: { readonly answer: Answer<"/matrix">; readonly show: string }) {
  const t = useT();
  const code = useCode();
  const names = useNames();
  const { cells, operators, largest } = useMemo(() => {
    const rows = rowsOf(answer);
    const weight = new Map<string, number>();
    for (const row of rows) {
      weight.set(row.from_operator, (weight.get(row.from_operator) ?? 0) + row.octets);
      weight.set(row.to_operator, (weight.get(row.to_operator) ?? 0) + row.octets);
    }
    return {
      cells: new Map(rows.map((row) => [`${row.from_operator} ${row.to_operator}`, row])),
      operators: [...weight].sort((a, b) => b[1] - a[1]).map(([operator]) => operator),
      largest: Math.max(1, ...rows.map((row) => row.mean_bps_v6 ?? 0)),
    };
  }, [answer]);
  const cell = (from: string, to: string): HeatCell | null => {
    const row = cells.get(`${from} ${to}`);
    if (from === to || row === undefined) {
      return null;
    }
    const state = code("matrixState", row.state);
    const title = `${names.operator(from)} → ${names.operator(to)}: ${state}, ${bitRate(row.mean_bps)}`;
    if (row.state === "not_interconnected") {
      return { text: "·", strength: null, title };
    }
    if (row.state === "idle") {
      return { text: state, strength: null, title, isHatched: true };
    }
    if (show === "v6") {
      return { text: bitRate(row.mean_bps_v6), strength: Math.sqrt((row.mean_bps_v6 ?? 0) / largest), title };
    }
    if (show === "asymmetry") {
      const ratio = row.asymmetry;
      return { text: fixed(ratio, 2), strength: ratio === null || ratio <= 0 ? null : Math.min(1, Math.abs(Math.log2(ratio)) / 3), title };
    }
    if (row.state === "ipv4_only") {
      return { text: `0 % ${state}`, strength: 0, title, isHatched: true };
    }
    return { text: percent(row.share_wire, 1), strength: (row.share_wire ?? 0) / 0.6, title };
  };
  return (
    <>
      <HeatTable
        caption={t("matrix.title")}
        corner={`${t("matrix.from")} ↓ ${t("matrix.to")} →`}
        columns={operators.map((id) => ({ key: id, title: id }))}
        rows={operators.map((id) => ({ key: id, title: `${names.operator(id)} (${id})` }))}
        cell={cell}
      />
      <p class="legend-inline">
        <span>· {code("matrixState", "not_interconnected")}</span>
        <span>
          <span class="swatch hatch" aria-hidden="true" /> {code("matrixState", "idle")}, {code("matrixState", "ipv4_only")}
        </span>
      </p>
    </>
  );
}

function MatrixTable({ answer }: { readonly answer: Answer<"/matrix"> }) {
  const t = useT();
  const code = useCode();
  const names = useNames();
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "from", title: t("matrix.from"), isHeader: true, sortBy: (row) => names.operator(row.from_operator), render: (row) => names.operator(row.from_operator) },
      { key: "to", title: t("matrix.to"), sortBy: (row) => names.operator(row.to_operator), render: (row) => names.operator(row.to_operator) },
      { key: "state", title: t("column.state"), sortBy: (row) => row.state, render: (row) => code("matrixState", row.state) },
      { key: "mean", title: t("stat.mean"), isNumber: true, sortBy: (row) => row.mean_bps, render: (row) => bitRate(row.mean_bps) },
      { key: "v6", title: `IPv6 ${t("stat.mean")}`, isNumber: true, sortBy: (row) => row.mean_bps_v6, render: (row) => bitRate(row.mean_bps_v6) },
      { key: "share", title: t("share.wire"), isNumber: true, sortBy: (row) => row.share_wire, render: (row) => shareWithError(row.share_wire, row.share_wire_error95) },
      { key: "asymmetry", title: t("matrix.asymmetry"), isNumber: true, sortBy: (row) => row.asymmetry, render: (row) => fixed(row.asymmetry, 2) },
      { key: "links", title: t("bandwidth.links6"), isNumber: true, sortBy: (row) => row.ipv6_links, render: (row) => `${integer(row.ipv6_links)} / ${integer(row.links)}` },
      { key: "capacity", title: t("column.capacity"), isNumber: true, sortBy: (row) => row.capacity_bps, render: (row) => bitRate(row.capacity_bps) },
      { key: "utilisation", title: t("column.utilisationMean"), isNumber: true, sortBy: (row) => row.utilisation_mean, render: (row) => percent(row.utilisation_mean, 1) },
      { key: "coverage", title: t("column.coverage"), isNumber: true, sortBy: (row) => row.coverage, render: (row) => <Coverage value={row.coverage} /> },
    ],
    [t, code, names],
  );
  return (
    <DataTable
      caption={t("matrix.table")}
      columns={columns}
      rows={rowsOf(answer).filter((row) => row.from_operator !== row.to_operator)}
      rowKey={(row) => `${row.from_operator} ${row.to_operator}`}
      sort={{ key: "mean", isDescending: true }}
      limit={20}
    />
  );
}
