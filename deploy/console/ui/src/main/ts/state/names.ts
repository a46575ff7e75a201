import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { useApi } from "../api/useApi.ts";
import { rowsOf } from "../api/types.ts";
import { useCode } from "../i18n/index.ts";
import { useSettings } from "./settings.ts";

/** Names of nodes and operators in the reader's language; an unknown id stands for itself. */
export interface Names {
  readonly node: (id: string | null | undefined) => string;
  /** The name without the id, where the id stands beside it anyway. */
  readonly place: (id: string | null | undefined) => string;
  readonly operator: (id: string | null | undefined) => string;
  /** A member of a dimension. */
  readonly member: (dimension: string, member: string) => string;
}

const itself = (id: string | null | undefined): string => id ?? "–";

export const NamesContext = createContext<Names>({ node: itself, place: itself, operator: itself, member: (_, member) => member });

export function useNames(): Names {
  return useContext(NamesContext);
}

/** Asks for the names once; the shell hands them to every page. */
export function useLoadedNames(): Names {
  const { language } = useSettings();
  const code = useCode();
  const points = useApi("/points").data;
  const operators = useApi("/operators").data;
  return useMemo(() => {
    const isChinese = language === "zh-CN";
    const nodes = new Map<string, string>();
    const provinces = new Map<string, string>();
    for (const row of points === null ? [] : rowsOf(points)) {
      nodes.set(row.node, isChinese ? row.name_zh : row.name_en);
      provinces.set(row.province_en, isChinese ? row.province_zh : row.province_en);
    }
    const carriers = new Map<string, string>();
    for (const row of operators === null ? [] : rowsOf(operators)) {
      carriers.set(row.operator, isChinese ? row.name_zh : row.name_en);
    }
    const node = (id: string | null | undefined) => {
      const name = nodes.get(id ?? "");
      return name === undefined ? itself(id) : `${name} ${id}`;
    };
    const place = (id: string | null | undefined) => nodes.get(id ?? "") ?? itself(id);
    const operator = (id: string | null | undefined) => carriers.get(id ?? "") ?? itself(id);
    const pair = (text: string, between: string) =>
      text
        .split(between)
        .map((id) => operator(id))
        .join(between === ">" ? " → " : " – ");
    const member = (dimension: string, id: string) => {
      switch (dimension) {
        case "node":
        case "gateway":
          return node(id);
        case "operator":
        case "address_operator":
          return operator(id);
        case "operator_pair":
          return pair(id, "-");
        case "operator_path":
          return pair(id, ">");
        case "province":
        case "address_province":
          return provinces.get(id) ?? id;
        case "region":
        case "address_region":
          return code("region", id);
        case "role":
        case "ipv6_enabled":
          return code("role", id);
        case "all":
          return code("population", id);
        case "industry":
          return code("industry", id);
        case "access":
          return code("access", id);
        case "organisation_kind":
          return code("organisationKind", id);
        default:
          return id;
      }
    };
    return { node, place, operator, member };
  }, [language, points, operators, code]);
}
