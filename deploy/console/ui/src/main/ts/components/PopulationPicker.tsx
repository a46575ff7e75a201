import { useMemo } from "preact/hooks";
import { useApi } from "../api/useApi.ts";
import { rowsOf } from "../api/types.ts";
import { useT } from "../i18n/index.ts";
import { setParams, useParam } from "../state/location.ts";
import { useNames } from "../state/names.ts";
import { useMay } from "../state/session.ts";
import { Select } from "./Controls.tsx";

export const DIMENSIONS = ["all", "role", "ipv6_enabled", "region", "province", "node", "gateway", "operator", "operator_pair", "node_pair", "operator_path", "link"] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export type PopulationDirection = "both" | "in" | "out" | "a_to_b" | "b_to_a" | "any";

const DIRECTIONS: Readonly<Record<Dimension, readonly PopulationDirection[]>> = {
  all: ["both"],
  role: ["both", "in", "out"],
  ipv6_enabled: ["both"],
  region: ["both"],
  province: ["both"],
  node: ["both"],
  gateway: ["both", "in", "out"],
  operator: ["both", "in", "out"],
  operator_pair: ["both"],
  node_pair: ["both"],
  operator_path: ["both"],
  link: ["both", "a_to_b", "b_to_a"],
};

export function isDimension(text: string): text is Dimension {
  return (DIMENSIONS as readonly string[]).includes(text);
}

export interface Population {
  readonly dimension: Dimension;
  readonly direction: PopulationDirection;
}

/** Of whom numbers are: a dimension, and which way. Kept in the address. */
export function usePopulation(fallback: Dimension): Population {
  const [dimension] = useParam("dimension", fallback);
  const [direction] = useParam("dir", "both");
  const known = isDimension(dimension) ? dimension : fallback;
  return { dimension: known, direction: DIRECTIONS[known].find((one) => one === direction) ?? "both" };
}

export function PopulationPicker({ fallback }: { readonly fallback: Dimension }) {
  const t = useT();
  const may = useMay();
  const { dimension, direction } = usePopulation(fallback);
  const offered = DIMENSIONS.filter((one) => one !== "link" || may("listLinks"));
  return (
    <>
      <Select
        label={t("population.by")}
        value={dimension}
        options={offered.map((one) => ({ value: one, label: t(`dimension.${one}`) }))}
        onChange={(value) => setParams({ dimension: value === fallback ? undefined : value, dir: undefined, member: undefined })}
      />
      {DIRECTIONS[dimension].length < 2 ? null : (
        <Select
          label={t("column.direction")}
          value={direction}
          options={DIRECTIONS[dimension].map((one) => ({ value: one, label: t(`direction.${one}`) }))}
          onChange={(value) => setParams({ dir: value === "both" ? undefined : value })}
        />
      )}
    </>
  );
}

/** One member of a dimension, chosen among those that there are. */
export function useMember(dimension: Dimension, fallback: string): string {
  const [member] = useParam("member", "");
  return member === "" ? (dimension === "role" ? fallback : dimension === "all" ? "all" : "") : member;
}

export function MemberPicker({ dimension, value }: { readonly dimension: Dimension; readonly value: string }) {
  const t = useT();
  const names = useNames();
  const bandwidth = useApi("/ipv6/bandwidth", { query: { dimension } });
  const links = useApi("/links", { isOff: dimension !== "link" });
  const members = useMemo(() => {
    const ids = dimension === "link" && links.data !== null ? rowsOf(links.data).map((row) => row.link) : bandwidth.data === null ? [] : rowsOf(bandwidth.data).map((row) => row.member);
    return [...new Set(ids)];
  }, [dimension, bandwidth.data, links.data]);
  return (
    <Select
      label={t("population.member")}
      value={value}
      options={members.map((member) => ({ value: member, label: names.member(dimension, member) }))}
      onChange={(member) => setParams({ member })}
    />
  );
}
