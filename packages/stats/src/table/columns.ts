import { StatsError } from "../errors.ts";
import type { Column, FactorColumn, NumericColumn, Table } from "./table.ts";

/**
 * A column of numbers; null, undefined and NaN become missing.
 *
 * @throws StatsError `data.not-finite` for an infinite value.
 */
export function numericColumn(values: ArrayLike<number | null | undefined>): NumericColumn {
  const numbers = new Float64Array(values.length);
  const missing = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null || value === undefined || Number.isNaN(value)) {
      numbers[row] = Number.NaN;
      missing[row] = 1;
    } else if (Number.isFinite(value)) {
      numbers[row] = value;
    } else {
      throw new StatsError(
        "data.not-finite",
        `Expected finite numbers; found ${value} in row ${row + 1}. Leave the cell empty if the value is unknown.`,
      );
    }
  }
  return { kind: "numeric", values: numbers, missing };
}

/** Compares two texts by Unicode code point, the order in which factor levels are put. */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}

/**
 * A column of categories; null and undefined become missing.
 *
 * @param levels  the first one is the reference; by default the values found, in code-point order. A value
 *   that is not among them becomes missing.
 */
export function factorColumn(
  values: ArrayLike<string | null | undefined>,
  levels?: readonly string[],
): FactorColumn {
  const names = levels ?? sortedLevels(values);
  const codeOf = new Map(names.map((name, code) => [name, code]));
  const codes = new Int32Array(values.length);
  const missing = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    const code = value === null || value === undefined ? undefined : codeOf.get(value);
    if (code === undefined) missing[row] = 1;
    else codes[row] = code;
  }
  return { kind: "factor", codes, levels: [...names], missing };
}

function sortedLevels(values: ArrayLike<string | null | undefined>): string[] {
  const found = new Set<string>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value !== null && value !== undefined) found.add(value);
  }
  return [...found].sort(compareCodePoints);
}

/**
 * A table of named columns.
 *
 * @throws StatsError `data.column-lengths` when the columns are not equally long.
 */
export function createTable(columns: Readonly<Record<string, Column>>): Table {
  const names = Object.keys(columns);
  const nrows = names.length === 0 ? 0 : columns[names[0]].missing.length;
  for (const name of names) {
    const length = columns[name].missing.length;
    if (length === nrows) continue;
    throw new StatsError(
      "data.column-lengths",
      `Expected ${nrows} rows in every column, as in "${names[0]}"; found ${length} in "${name}". Give every column one value a row.`,
    );
  }
  return { nrows, columns: { ...columns } };
}

/** The values of `column` at the given rows, in that order. */
export function takeRows(column: Column, rows: Int32Array): Column {
  const missing = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) missing[i] = column.missing[rows[i]];
  return { ...takeObserved(column, rows), missing };
}

/** The same for rows in which the column is known to be observed. */
export function takeObserved(column: Column, rows: Int32Array): Column {
  const missing = new Uint8Array(rows.length);
  if (column.kind === "numeric") {
    const values = new Float64Array(rows.length);
    const from = column.values;
    for (let i = 0; i < rows.length; i++) values[i] = from[rows[i]];
    return { kind: "numeric", values, missing };
  }
  const codes = new Int32Array(rows.length);
  const from = column.codes;
  for (let i = 0; i < rows.length; i++) codes[i] = from[rows[i]];
  return { kind: "factor", codes, levels: column.levels, missing };
}

/** The rows of `table` for which `keep` is true, in their order. */
export function selectRows(table: Table, keep: (row: number) => boolean): Table {
  const kept: number[] = [];
  for (let row = 0; row < table.nrows; row++) if (keep(row)) kept.push(row);
  const rows = Int32Array.from(kept);
  const columns: Record<string, Column> = {};
  for (const [name, column] of Object.entries(table.columns)) columns[name] = takeRows(column, rows);
  return { nrows: rows.length, columns };
}
