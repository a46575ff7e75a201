import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import type { ApiResult } from "../../api/useApi.ts";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { LinkName } from "../../components/LinkName.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Provenance } from "../../components/Provenance.tsx";
import { Empty, Failed, Loading } from "../../components/States.tsx";
import { Utilisation, UtilisationLegend } from "../../components/Utilisation.tsx";
import { bitRate } from "../../format/number.ts";
import { useT } from "../../i18n/index.ts";

type Busiest = NonNullable<Answer<"/overview">["links"]>["busiest"];

export function BusiestLinks({ overview, limit = 10 }: { readonly overview: ApiResult<Answer<"/overview">>; readonly limit?: number }) {
  const t = useT();
  const busiest = overview.data?.links?.busiest;
  return (
    <div class="span-8 cell">
      <Panel
        title={t("overview.busiest")}
        note={<UtilisationLegend />}
        {...(busiest === undefined ? {} : { footer: <Provenance meta={busiest.meta} /> })}
      >
        {busiest === undefined ? (
          overview.problem === null ? (
            <Loading />
          ) : (
            <Failed problem={overview.problem} onRetry={overview.refresh} />
          )
        ) : busiest.rows === 0 ? (
          <Empty />
        ) : (
          <BusiestTable busiest={busiest} limit={limit} />
        )}
      </Panel>
    </div>
  );
}

export function BusiestTable({ busiest, limit }: { readonly busiest: Busiest; readonly limit: number }) {
  const t = useT();
  const rows = useMemo(() => rowsOf(busiest).slice(0, limit), [busiest, limit]);
  const columns = useMemo(
    (): Array<Column<(typeof rows)[number]>> => [
      {
        key: "link",
        title: t("column.link"),
        isHeader: true,
        sortBy: (row) => row.link,
        render: (row) => <LinkName link={row.link} from={row.from_operator} to={row.to_operator} />,
      },
      { key: "capacity", title: t("column.capacity"), isNumber: true, sortBy: (row) => row.capacity_bps, render: (row) => bitRate(row.capacity_bps) },
      { key: "bps6", title: "IPv6", isNumber: true, sortBy: (row) => row.bps_v6, render: (row) => bitRate(row.bps_v6) },
      { key: "bps4", title: "IPv4", isNumber: true, sortBy: (row) => row.bps_v4, render: (row) => bitRate(row.bps_v4) },
      {
        key: "utilisation",
        title: t("column.utilisation"),
        isNumber: true,
        sortBy: (row) => row.utilisation,
        render: (row) => <Utilisation value={row.utilisation} error={row.utilisation_error95} />,
      },
    ],
    [t],
  );
  return (
    <DataTable caption={t("overview.busiest")} columns={columns} rows={rows} rowKey={(row) => `${row.link} ${row.direction}`} sort={{ key: "utilisation", isDescending: true }} />
  );
}
