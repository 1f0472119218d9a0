import type { DataColumn, DataTable } from "@longwave/study";

/** The column of a name; one without rows when there is none. */
export function columnOf(table: DataTable, name: string): DataColumn {
  return table.columns.find((column) => column.name === name) ?? { name, kind: "number", values: [] };
}

/** A table with these rows, in this order. */
export function rowsOf(table: DataTable, rows: readonly number[]): DataTable {
  const columns = table.columns.map((column) => ({
    ...column,
    values: rows.map((row) => column.values[row] ?? null),
    ...(column.missing === undefined ? {} : { missing: rows.map((row) => column.missing?.[row] ?? null) }),
  }));
  return { ...table, nrows: rows.length, columns };
}

/** A table with these columns in place of those of the same name. */
export function withColumns(table: DataTable, changed: readonly DataColumn[]): DataTable {
  const byName = new Map(changed.map((column) => [column.name, column]));
  return { ...table, columns: table.columns.map((column) => byName.get(column.name) ?? column) };
}

/** A column of values and reasons; without reasons when nothing is missing. */
export function columnFrom(
  name: string,
  values: readonly (number | string | null)[],
  missing: readonly (string | null)[],
): DataColumn {
  const kind = values.some((value) => typeof value === "string") ? "text" : "number";
  return missing.every((reason) => reason === null)
    ? { name, kind, values }
    : { name, kind, values, missing };
}

/** The ids of a table's rows. */
export function idsOf(table: DataTable): readonly string[] {
  return columnOf(table, "id").values.map(String);
}
