import { useCallback } from "preact/hooks";
import { useCode, useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";

const OPERATORS: ReadonlySet<string> = new Set(["from_operator", "to_operator", "a_operator", "b_operator", "operator"]);

/** A value of a dimension in the reader's language. */
export function useValueLabel(): (field: string, value: unknown) => string {
  const t = useT();
  const code = useCode();
  const names = useNames();
  return useCallback(
    (field, value) => {
      const text = value === null || value === undefined || value === "" ? t("series.unknown") : String(value);
      if (field === "ip_version") {
        return /^\d+$/.test(text) ? `IPv${text}` : text;
      }
      if (field === "traffic_class") {
        return code("class", text);
      }
      if (field === "carriage") {
        return code("carriage", text);
      }
      if (field === "direction") {
        return text === "a_to_b" ? "A → B" : text === "b_to_a" ? "B → A" : text;
      }
      // The same of either side of a flow.
      const plain = field.replace(/^(source|destination)_/, "");
      if (OPERATORS.has(plain)) {
        return names.operator(text);
      }
      if (/(^|_)as$/.test(field) && /^\d+$/.test(text)) {
        return `AS${text}`;
      }
      return names.member(plain, text);
    },
    [t, code, names],
  );
}

/** The label of a series or row: its values in the order of the dimensions. */
export function useKeyLabel(dimensions: readonly string[]): (key: Readonly<Record<string, unknown>>, isOther: boolean) => string {
  const t = useT();
  const valueLabel = useValueLabel();
  return useCallback(
    (key, isOther) => (isOther ? t("series.other") : dimensions.map((name) => valueLabel(name, key[name])).join(" · ")),
    [dimensions.join(","), valueLabel, t],
  );
}
