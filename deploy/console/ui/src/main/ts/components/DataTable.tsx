import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useT } from "../i18n/index.ts";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly unit?: string | undefined;
  readonly isNumber?: boolean;
  readonly render: (row: Row) => ComponentChildren;
  /** What the column is sorted by; a column without it is not sorted. */
  readonly sortBy?: (row: Row) => number | string | null | undefined;
  /** The first column of a row names the row. */
  readonly isHeader?: boolean;
}

interface Props<Row> {
  readonly caption: string;
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly sort?: { readonly key: string; readonly isDescending: boolean };
  readonly limit?: number;
  readonly maxHeight?: number;
  readonly rowClass?: (row: Row) => string | undefined;
}

function compare(a: number | string | null | undefined, b: number | string | null | undefined): number {
  const isUnknownA = a === null || a === undefined;
  const isUnknownB = b === null || b === undefined;
  if (isUnknownA || isUnknownB) {
    return isUnknownA === isUnknownB ? 0 : isUnknownA ? 1 : -1;
  }
  if (typeof a === "number" && typeof b === "number") {
    return a - b;
  }
  return String(a).localeCompare(String(b));
}

/** Sorts by a column; rows without a value come last in either direction. */
export function sortRows<Row>(
  rows: readonly Row[],
  by: (row: Row) => number | string | null | undefined,
  isDescending: boolean,
): Row[] {
  const known = rows.filter((row) => by(row) !== null && by(row) !== undefined);
  const unknown = rows.filter((row) => by(row) === null || by(row) === undefined);
  known.sort((a, b) => (isDescending ? -compare(by(a), by(b)) : compare(by(a), by(b))));
  return [...known, ...unknown];
}

/** A table whose columns can be sorted by mouse and keyboard, with its numbers to the right. */
export function DataTable<Row>({ caption, columns, rows, rowKey, sort, limit, maxHeight, rowClass }: Props<Row>) {
  const t = useT();
  const [order, setOrder] = useState(sort);
  const [isWhole, setWhole] = useState(false);
  const sorted = useMemo(() => {
    const column = columns.find((c) => c.key === order?.key);
    return column?.sortBy === undefined ? rows : sortRows(rows, column.sortBy, order?.isDescending ?? false);
  }, [rows, columns, order]);
  const shown = limit === undefined || isWhole ? sorted : sorted.slice(0, limit);

  return (
    <>
      <div class="table-scroll" style={maxHeight === undefined ? undefined : { maxHeight: `${maxHeight}px` }} tabIndex={0} role="group" aria-label={caption}>
        <table class="data">
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => {
                const isSorted = order?.key === column.key;
                const aria = isSorted ? (order.isDescending ? "descending" : "ascending") : undefined;
                return (
                  <th key={column.key} scope="col" class={column.isNumber === true ? "number" : undefined} aria-sort={aria}>
                    {column.sortBy === undefined ? (
                      <span>{column.title}</span>
                    ) : (
                      <button
                        type="button"
                        onClick={() =>
                          setOrder({
                            key: column.key,
                            isDescending: isSorted ? !order.isDescending : column.isNumber === true,
                          })
                        }
                      >
                        {column.title}
                        <span class="sort" aria-hidden="true">
                          {isSorted ? (order.isDescending ? "▾" : "▴") : ""}
                        </span>
                      </button>
                    )}
                    {column.unit === undefined ? null : <small>{column.unit}</small>}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)} class={rowClass?.(row)}>
                {columns.map((column) =>
                  column.isHeader === true ? (
                    <th key={column.key} scope="row">
                      {column.render(row)}
                    </th>
                  ) : (
                    <td key={column.key} class={column.isNumber === true ? "number" : undefined}>
                      {column.render(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < sorted.length ? (
        <button type="button" class="link more" onClick={() => setWhole(true)}>
          {t("table.showAll", { count: sorted.length })}
        </button>
      ) : null}
    </>
  );
}
