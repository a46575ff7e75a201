import { useMemo } from "preact/hooks";
import { exportUrl, urlOf } from "../../api/client.ts";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import type { Series } from "../../charts/series.ts";
import { TimePanel } from "../../charts/TimePanel.tsx";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments, Select } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { Finality } from "../../components/Provenance.tsx";
import { bitRate, integer } from "../../format/number.ts";
import { month as monthOf, parseInstant } from "../../format/time.ts";
import { useT } from "../../i18n/index.ts";
import { setParams, useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useMay } from "../../state/session.ts";
import { useSettings } from "../../state/settings.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/settlement">["data"]>>[number];

function previousMonths(now: number, zone: string, count: number): string[] {
  const [year = 1970, number = 1] = monthOf(now, zone).split("-").map(Number);
  return Array.from({ length: count }, (_, i) => {
    const index = year * 12 + (number - 1) - 1 - i;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  });
}

/** Settlement rates of a calendar month in every customary form, and the samples they are made of. */
export function SettlementView() {
  const t = useT();
  const names = useNames();
  const may = useMay();
  const { zone } = useSettings();
  const months = useMemo(() => previousMonths(Date.now(), zone, 24), [zone]);
  const [month, setMonth] = useParam("month", months[0] ?? "");
  const [subject] = useParam("subject", "operator_pair");
  const [policy, setPolicy] = useParam("policy", "exclude");
  const [family, setFamily] = useParam("family", "0");
  const [member] = useParam("member", "");
  const result = useApi("/settlement", {
    query: { month, subject: subject as "link" | "operator_pair", missing_policy: policy as "exclude" | "zero", ip_version: Number(family) as 0 | 4 | 6 },
  });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      {
        key: "member",
        title: t(subject === "link" ? "column.link" : "dimension.operator_pair"),
        isHeader: true,
        sortBy: (row) => row.member,
        render: (row) => (
          <button type="button" class="link row-link" aria-pressed={row.member === member} onClick={() => setParams({ member: row.member === member ? undefined : row.member }, true)}>
            {subject === "link" ? row.member : names.member("operator_pair", row.member)}
          </button>
        ),
      },
      { key: "in", title: "p95 in (B → A)", isNumber: true, sortBy: (row) => row.p95_in_bps, render: (row) => bitRate(row.p95_in_bps) },
      { key: "out", title: "p95 out (A → B)", isNumber: true, sortBy: (row) => row.p95_out_bps, render: (row) => bitRate(row.p95_out_bps) },
      { key: "cn648", title: "cn648", isNumber: true, sortBy: (row) => row.cn648_bps, render: (row) => <b>{bitRate(row.cn648_bps)}</b> },
      { key: "max", title: "max(in, out)", isNumber: true, sortBy: (row) => row.p95_max_in_out_bps, render: (row) => bitRate(row.p95_max_in_out_bps) },
      { key: "ofMax", title: "p95 of max", isNumber: true, sortBy: (row) => row.p95_of_max_bps, render: (row) => bitRate(row.p95_of_max_bps) },
      { key: "sum", title: "p95 of in + out", isNumber: true, sortBy: (row) => row.p95_sum_bps, render: (row) => bitRate(row.p95_sum_bps) },
      { key: "peak", title: t("stat.max"), isNumber: true, sortBy: (row) => row.peak_bps, render: (row) => bitRate(row.peak_bps) },
      { key: "mean", title: t("stat.mean"), isNumber: true, sortBy: (row) => row.mean_bps, render: (row) => bitRate(row.mean_bps) },
      { key: "missing", title: t("column.missing"), isNumber: true, sortBy: (row) => row.in_missing_samples + row.out_missing_samples, render: (row) => `${integer(row.in_missing_samples)} + ${integer(row.out_missing_samples)} / ${integer(row.samples)}` },
      { key: "final", title: t("column.finality"), render: (row) => <Finality isProvisional={row.provisional} /> },
    ],
    [t, names, subject, member],
  );
  return (
    <>
      <div class="toolbar">
        <Select label={t("column.month")} value={month} options={months.map((one) => ({ value: one, label: one }))} onChange={setMonth} />
        <Segments
          label={t("settlement.subject")}
          value={subject}
          options={[
            { value: "operator_pair", label: t("dimension.operator_pair") },
            { value: "link", label: t("column.link") },
          ]}
          onChange={(value) => setParams({ subject: value === "operator_pair" ? undefined : value, member: undefined })}
        />
        <Segments
          label={t("settlement.missing")}
          value={policy}
          options={[
            { value: "exclude", label: t("settlement.exclude") },
            { value: "zero", label: t("settlement.zero") },
          ]}
          onChange={setPolicy}
        />
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
      </div>
      <div class="grid">
        <ApiPanel title={t("settlement.title", { month })} note={t("settlement.note")} result={result}>
          {(data) => <DataTable caption={t("settlement.title", { month })} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.member} ${row.ip_version} ${row.missing_policy}`} sort={{ key: "cn648", isDescending: true }} limit={30} />}
        </ApiPanel>
        {member !== "" && may("getSettlementSeries") ? <Samples member={member} month={month} subject={subject} /> : null}
      </div>
    </>
  );
}

/** The 5-minute samples of one link; of a pair of operators only the files, as they are of many links. */
function Samples({ member, month, subject }: { readonly member: string; readonly month: string; readonly subject: string }) {
  const t = useT();
  const result = useApi("/settlement/{member}/series", { path: { member }, query: { month }, isOff: subject !== "link" });
  if (subject !== "link") {
    const url = urlOf("/settlement/{member}/series", { member }, { month });
    return (
      <p class="span-12">
        {t("settlement.samplesOf", { member })}{" "}
        <a href={exportUrl(url, "csv")} download>
          CSV
        </a>{" "}
        <a href={exportUrl(url, "xlsx")} download>
          XLSX
        </a>{" "}
        <a href={exportUrl(url, "arrow")} download>
          ARROW
        </a>
      </p>
    );
  }
  return (
    <ApiPanel title={t("settlement.samplesOf", { member })} result={result}>
      {(data) => <SampleChart answer={data} />}
    </ApiPanel>
  );
}

function SampleChart({ answer }: { readonly answer: Answer<"/settlement/{member}/series"> }) {
  const t = useT();
  const { times, series } = useMemo(() => {
    const rows = rowsOf(answer).sort((a, b) => a.bucket.localeCompare(b.bucket));
    return {
      times: rows.map((row) => parseInstant(row.bucket) ?? 0),
      series: [
        { key: "out", label: "A → B", values: rows.map((row) => (row.a_to_b_missing ? null : row.a_to_b_bps)), errors: rows.map((row) => row.a_to_b_bps_error95) },
        { key: "in", label: "B → A", values: rows.map((row) => (row.b_to_a_missing ? null : row.b_to_a_bps)), errors: rows.map((row) => row.b_to_a_bps_error95) },
      ] satisfies Series[],
    };
  }, [answer]);
  return <TimePanel label={t("settlement.samples")} times={times} stepSeconds={300} series={series} height={240} format={bitRate} />;
}
