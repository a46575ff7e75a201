import type { components, paths } from "#api";

export type Schemas = components["schemas"];
export type Meta = Schemas["Meta"];
export type DefinitionRef = Schemas["DefinitionRef"];
export type SeriesStatistics = Schemas["SeriesStats"];

/** Paths that are read. */
export type GetPath = {
  [P in keyof paths]: paths[P] extends { get: { responses: { 200: { content: { "application/json": unknown } } } } } ? P : never;
}[keyof paths];

export type Answer<P extends GetPath> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer R } } } };
}
  ? R
  : never;

export type QueryOf<P extends GetPath> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? { readonly [K in keyof Q]?: Q[K] | undefined }
  : Record<string, never>;

/** A table by columns, as the API answers. */
export interface Columnar {
  readonly meta: Meta;
  readonly data: { readonly [name: string]: readonly unknown[] };
}

export type RowOf<D> = { readonly [K in keyof D]-?: NonNullable<D[K]> extends ReadonlyArray<infer V> ? V : never };

/** The rows of a table by columns. */
export function rowsOf<D extends object>(table: { readonly rows: number; readonly data: D }): Array<RowOf<D>> {
  const names = Object.keys(table.data) as Array<keyof D>;
  const rows: Array<RowOf<D>> = [];
  for (let i = 0; i < table.rows; i += 1) {
    const row: Partial<Record<keyof D, unknown>> = {};
    for (const name of names) {
      row[name] = (table.data[name] as readonly unknown[])[i];
    }
    rows.push(row as RowOf<D>);
  }
  return rows;
}
