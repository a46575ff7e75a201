import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { Segments, Select } from "../../components/Controls.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { LinkName } from "../../components/LinkName.tsx";
import { Utilisation, UtilisationLegend } from "../../components/Utilisation.tsx";
import { bitRate } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";
import { setParams, useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { useApiRange } from "../../state/timeRange.ts";

type Failure = ReturnType<typeof rowsOf<Answer<"/capacity/n-1">["data"]>>[number];

/** If a link or a node fails: where its traffic goes, and how full that becomes. */
export function FailureView() {
  const t = useT();
  const names = useNames();
  const { zone } = useSettings();
  const range = useApiRange();
  const [kind] = useParam("kind", "link");
  const [failed, setFailed] = useParam("failed", "");
  const links = useApi("/links");
  const points = useApi("/points");
  const result = useApi("/capacity/n-1", {
    query: { ...range, tz: zone, failed_kind: kind === "node" ? "node" : "link", failed: failed === "" ? undefined : failed, min: failed === "" ? 0.7 : undefined },
  });
  const options = useMemo(() => {
    const ids =
      kind === "node"
        ? (points.data === null ? [] : rowsOf(points.data)).map((row) => ({ value: row.node, label: names.node(row.node) }))
        : (links.data === null ? [] : rowsOf(links.data)).map((row) => ({ value: row.link, label: row.link }));
    return [{ value: "", label: t("failure.each") }, ...ids];
  }, [kind, links.data, points.data, names, t]);
  const columns = useMemo(
    (): Array<Column<Failure>> => [
      { key: "failed", title: t("failure.failed"), isHeader: true, sortBy: (row) => row.failed, render: (row) => (row.failed_kind === "node" ? names.node(row.failed) : row.failed) },
      { key: "path", title: t("failure.path"), sortBy: (row) => row.from_operator, render: (row) => `${names.operator(row.from_operator)} → ${names.operator(row.to_operator)}` },
      { key: "lost", title: t("failure.lost"), isNumber: true, sortBy: (row) => row.lost_bps, render: (row) => bitRate(row.lost_bps) },
      {
        key: "link",
        title: t("failure.takenBy"),
        sortBy: (row) => row.link,
        render: (row) => (row.link === "" ? <span class="mark mark-bad">◆ {t("failure.nothingRemains")}</span> : <LinkName link={row.link} />),
      },
      { key: "capacity", title: t("column.capacity"), isNumber: true, sortBy: (row) => row.capacity_bps, render: (row) => bitRate(row.capacity_bps) },
      { key: "added", title: t("failure.added"), isNumber: true, sortBy: (row) => row.added_bps, render: (row) => bitRate(row.added_bps) },
      { key: "before", title: t("failure.before"), isNumber: true, sortBy: (row) => row.utilisation_before, render: (row) => <Utilisation value={row.utilisation_before} /> },
      { key: "after", title: t("failure.after"), isNumber: true, sortBy: (row) => row.utilisation_after, render: (row) => <Utilisation value={row.utilisation_after} /> },
    ],
    [t, names],
  );
  return (
    <>
      <div class="toolbar">
        <Segments
          label={t("failure.kind")}
          value={kind}
          options={[
            { value: "link", label: t("failure.link") },
            { value: "node", label: t("failure.node") },
          ]}
          onChange={(value) => setParams({ kind: value === "link" ? undefined : value, failed: undefined })}
        />
        <Select label={t("failure.which")} value={failed} options={options} onChange={setFailed} />
        <UtilisationLegend />
      </div>
      <ApiPanel title={t("failure.title")} note={failed === "" ? t("failure.noteEach") : t("failure.note")} result={result} emptyReason={t("failure.none")}>
        {(data) => (
          <DataTable
            caption={t("failure.title")}
            columns={columns}
            rows={rowsOf(data)}
            rowKey={(row) => `${row.failed} ${row.from_operator} ${row.to_operator} ${row.link}`}
            sort={{ key: "after", isDescending: true }}
            limit={60}
          />
        )}
      </ApiPanel>
    </>
  );
}
