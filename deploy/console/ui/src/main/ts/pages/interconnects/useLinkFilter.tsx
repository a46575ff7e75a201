import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { rowsOf } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { Select } from "../../components/Controls.tsx";
import { useCode, useT } from "../../i18n/index.ts";
import { useParam } from "../../state/location.ts";
import { useNames } from "../../state/names.ts";

interface Placed {
  readonly node: string;
  readonly role: string;
  readonly from_operator: string;
  readonly to_operator: string;
}

export interface LinkFilter {
  readonly controls: ComponentChildren;
  readonly accepts: (row: Placed) => boolean;
}

const ROLES = ["interconnect", "international", "ixp", "nap"] as const;

/** Which links a page shows: by role, node and operator, kept in the address. */
export function useLinkFilter(): LinkFilter {
  const t = useT();
  const code = useCode();
  const names = useNames();
  const [role, setRole] = useParam("role", "");
  const [node, setNode] = useParam("node", "");
  const [operator, setOperator] = useParam("operator", "");
  const points = useApi("/points").data;
  const operators = useApi("/operators").data;
  const all = { value: "", label: t("interconnects.all") };
  const nodeOptions = useMemo(() => (points === null ? [] : rowsOf(points).map((row) => ({ value: row.node, label: names.node(row.node) }))), [points, names]);
  const operatorOptions = useMemo(
    () => (operators === null ? [] : rowsOf(operators).map((row) => ({ value: row.operator, label: names.operator(row.operator) }))),
    [operators, names],
  );
  return {
    controls: (
      <>
        <Select label={t("column.role")} value={role} options={[all, ...ROLES.map((one) => ({ value: one, label: code("role", one) }))]} onChange={setRole} />
        <Select label={t("column.node")} value={node} options={[all, ...nodeOptions]} onChange={setNode} />
        <Select label={t("column.operator")} value={operator} options={[all, ...operatorOptions]} onChange={setOperator} />
      </>
    ),
    accepts: (row) =>
      (role === "" || row.role === role) && (node === "" || row.node === node) && (operator === "" || row.from_operator === operator || row.to_operator === operator),
  };
}
