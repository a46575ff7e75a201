import { Select } from "../../components/Controls.tsx";
import type { Schemas } from "../../api/types.ts";
import { isMessageKey, useT } from "../../i18n/index.ts";

type Field = Schemas["QueryField"];

const MOST = 4;

export function useFieldName(): (name: string) => string {
  const t = useT();
  return (name) => {
    const key = `field.${name}`;
    return isMessageKey(key) ? t(key) : name;
  };
}

interface Props {
  readonly fields: readonly Field[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Dimensions in their order; the buttons move and remove them, so that no dragging is needed. */
export function DimensionList({ fields, chosen, onChange }: Props) {
  const t = useT();
  const fieldName = useFieldName();
  const move = (index: number) => {
    const next = [...chosen];
    const [one] = next.splice(index, 1);
    if (one !== undefined) {
      next.splice(index - 1, 0, one);
      onChange(next);
    }
  };
  const free = fields.filter((field) => !chosen.includes(field.name));
  return (
    <div class="dimensions">
      <span class="label">{t("explore.dimensions")}</span>
      <ol>
        {chosen.map((name, index) => (
          <li key={name} class="chip">
            {index > 0 ? (
              <button type="button" aria-label={t("explore.moveUp", { name: fieldName(name) })} onClick={() => move(index)}>
                ↑
              </button>
            ) : null}
            <span>{fieldName(name)}</span>
            {chosen.length > 1 ? (
              <button type="button" aria-label={t("explore.remove", { name: fieldName(name) })} onClick={() => onChange(chosen.filter((one) => one !== name))}>
                ×
              </button>
            ) : null}
          </li>
        ))}
      </ol>
      {chosen.length >= MOST ? null : (
        <Select
          label={t("explore.addDimension")}
          isLabelHidden
          value=""
          options={[{ value: "", label: `+ ${t("explore.addDimension")}` }, ...free.map((field) => ({ value: field.name, label: fieldName(field.name) }))]}
          onChange={(name) => (name === "" ? undefined : onChange([...chosen, name]))}
        />
      )}
    </div>
  );
}
