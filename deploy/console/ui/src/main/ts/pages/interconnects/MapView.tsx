import { useMemo } from "preact/hooks";
import { rowsOf, type Answer } from "../../api/types.ts";
import { REFRESH_SECONDS, useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { LEVEL_MARKS, levelOf, Utilisation, UtilisationLegend } from "../../components/Utilisation.tsx";
import { bitRate, percent } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { hrefOf, navigate, setParams, useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";
import { placeNodes, type Place } from "./place.ts";

type Load = ReturnType<typeof rowsOf<Answer<"/links/load">["data"]>>[number];

interface NodeState {
  readonly node: string;
  readonly type: string;
  readonly place: Place;
  readonly capacity: number;
  readonly directions: readonly Load[];
  readonly fullest: Load | null;
}

const WIDTH = 900;
const HEIGHT = 560;

/**
 * Where the nodes lie by longitude and latitude, how large they are, and how full the fullest link
 * of each is. No borders are drawn: this is a map of interconnection points and of nothing else.
 */
export function MapView() {
  const t = useT();
  const load = useApi("/links/load", { refreshSeconds: REFRESH_SECONDS });
  const points = useApi("/points");
  return (
    <div class="grid">
      <ApiPanel title={t("interconnects.mapTitle")} note={<UtilisationLegend />} span={8} result={load} isLive>
        {(data) => (points.data === null ? null : <MapOf load={data} points={points.data} />)}
      </ApiPanel>
      <ApiPanel title={t("interconnects.nodeLinks")} note={t("interconnects.nodeNote")} span={4} result={load} isLive hasExports={false}>
        {(data) => <LinksOfNode load={data} />}
      </ApiPanel>
    </div>
  );
}

function MapOf({ load, points }: { readonly load: Answer<"/links/load">; readonly points: Answer<"/points"> }) {
  const t = useT();
  const code = useCode();
  const { language } = useSettings();
  const [selected] = useParam("node", "");
  const nodes = useMemo((): NodeState[] => {
    const places = placeNodes(rowsOf(points), WIDTH, HEIGHT);
    const byNode = new Map<string, Load[]>();
    for (const row of rowsOf(load)) {
      byNode.set(row.node, [...(byNode.get(row.node) ?? []), row]);
    }
    return rowsOf(points).map((row) => {
      const directions = byNode.get(row.node) ?? [];
      const reported = directions.filter((one) => one.reported && one.utilisation !== null);
      const fullest = reported.reduce<Load | null>((best, one) => (best === null || (one.utilisation ?? 0) > (best.utilisation ?? 0) ? one : best), null);
      return { node: row.node, type: row.type, place: places.get(row.node) ?? { x: 0, y: 0, anchorX: 0, anchorY: 0 }, capacity: row.capacity_bps, directions, fullest };
    });
  }, [load, points]);
  const names = useMemo(() => new Map(rowsOf(points).map((row) => [row.node, language === "zh-CN" ? row.name_zh : row.name_en])), [points, language]);
  const largest = Math.max(1, ...nodes.map((one) => one.capacity));

  return (
    <>
      <svg class="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={t("interconnects.mapTitle")}>
        {[20, 25, 30, 35, 40].map((latitude) => (
          <g key={latitude} class="graticule" aria-hidden="true">
            <path d={`M0 ${HEIGHT - ((latitude - 17) / 28) * HEIGHT}H${WIDTH}`} />
            <text x="4" y={HEIGHT - ((latitude - 17) / 28) * HEIGHT - 3}>{`${latitude}° N`}</text>
          </g>
        ))}
        {nodes.map((one) => (
          <path key={one.node} class="leader" d={`M${one.place.anchorX} ${one.place.anchorY}L${one.place.x} ${one.place.y}`} aria-hidden="true" />
        ))}
        {nodes.map((one) => {
          const level = levelOf(one.fullest?.utilisation);
          const radius = 9 + 11 * Math.sqrt(one.capacity / largest);
          const name = names.get(one.node) ?? one.node;
          const text = one.fullest === null ? "–" : percent(one.fullest.utilisation, 0);
          const select = () => setParams({ node: selected === one.node ? undefined : one.node }, true);
          return (
            <g
              key={one.node}
              class={`node ${level === null ? "level-none" : `level-${level}`}${selected === one.node ? " is-on" : ""}`}
              transform={`translate(${one.place.x} ${one.place.y})`}
              role="button"
              tabIndex={0}
              aria-pressed={selected === one.node}
              aria-label={`${name}, ${code("nodeType", one.type)}, ${bitRate(one.capacity)}, ${t("interconnects.fullest")} ${text}`}
              onClick={select}
              onKeyDown={(event) => {
                if (event.key === "Enter" || event.key === " ") {
                  event.preventDefault();
                  select();
                }
              }}
            >
              {one.type === "dcp" ? <circle r={radius} /> : one.type === "intl_gateway" ? <rect x={-radius} y={-radius} width={radius * 2} height={radius * 2} rx="2" /> : <path d={`M0 ${-radius * 1.2}L${radius * 1.1} ${radius * 0.8}H${-radius * 1.1}Z`} />}
              <text class="value" y="4" aria-hidden="true">
                {text}
              </text>
              <text class="name" y={radius + 13} aria-hidden="true">
                {name} {level === null ? "" : LEVEL_MARKS[level]}
              </text>
            </g>
          );
        })}
      </svg>
      <p class="legend-inline">
        <span>● {code("nodeType", "dcp")}</span>
        <span>■ {code("nodeType", "intl_gateway")}</span>
        <span>▲ {code("nodeType", "ixp")}</span>
        <span>{t("interconnects.mapLegend")}</span>
      </p>
    </>
  );
}

function LinksOfNode({ load }: { readonly load: Answer<"/links/load"> }) {
  const t = useT();
  const names = useNames();
  const [node] = useParam("node", "");
  const rows = useMemo(() => rowsOf(load).filter((row) => node === "" || row.node === node), [load, node]);
  const columns = useMemo(
    (): Array<Column<Load>> => [
      {
        key: "link",
        title: node === "" ? t("column.link") : `${t("column.link")} · ${names.node(node)}`,
        isHeader: true,
        sortBy: (row) => row.link,
        render: (row) => {
          const href = hrefOf(`/interconnects/${encodeURIComponent(row.link)}`, { node: undefined });
          return (
            <a
              href={href}
              onClick={(event) => {
                event.preventDefault();
                navigate(href);
              }}
            >
              {row.from_operator} → {row.to_operator}
              {node === "" ? <span class="sub-name"> {row.link}</span> : null}
            </a>
          );
        },
      },
      { key: "bps", title: t("column.now"), isNumber: true, sortBy: (row) => row.bps, render: (row) => bitRate(row.bps) },
      { key: "utilisation", title: t("column.utilisation"), isNumber: true, sortBy: (row) => row.utilisation, render: (row) => <Utilisation value={row.utilisation} error={row.utilisation_error95} /> },
    ],
    [t, names, node],
  );
  return (
    <DataTable caption={t("interconnects.nodeLinks")} columns={columns} rows={rows} rowKey={(row) => `${row.link} ${row.direction}`} sort={{ key: "utilisation", isDescending: true }} limit={18} maxHeight={560} />
  );
}
