import { type Column, formulaColumns, type Table } from "@longwave/stats";
import type { FittedModel } from "../plan/fit-model.ts";

/** The rows a model with these columns uses: complete, from people with at least two such rows. */
export interface UsedRows {
  readonly rows: readonly number[];
  /** Row numbers of each person, in order of first appearance. */
  readonly byPerson: readonly (readonly number[])[];
}

/** Finds the rows that are complete in `columns` and belong to people with at least two of them. */
export function usedRows(table: Table, columns: readonly string[], person: string): UsedRows {
  const needed = columns.flatMap((name) => table.columns[name] ?? []);
  const people = new Map<number, number[]>();
  const id = table.columns[person];
  if (!id) return { rows: [], byPerson: [] };
  const lost = new Uint8Array(table.nrows);
  for (const { missing } of [...needed, id]) {
    for (let row = 0; row < lost.length; row++) if (missing[row] === 1) lost[row] = 1;
  }
  for (let row = 0; row < table.nrows; row++) {
    if (lost[row] !== 0) continue;
    const key = id.kind === "factor" ? id.codes[row] : id.values[row];
    if (key === undefined) continue;
    const own = people.get(key);
    if (own) own.push(row);
    else people.set(key, [row]);
  }
  const byPerson = [...people.values()].filter((rows) => rows.length >= 2);
  return { rows: byPerson.flat(), byPerson };
}

/** The same for a fitted model: complete in every column that its formula names. */
export function rowsOfModel({ formula, data }: FittedModel, person: string): UsedRows {
  return usedRows(data.table, formulaColumns(formula), person);
}

/** The value of one cell as a key: two cells of a column have the same key when they hold the same value. */
export function keyAt(column: Column, row: number): string {
  return String(column.kind === "factor" ? column.codes[row] : column.values[row]);
}

/** The number in one cell; NaN for a column of categories. */
export function numberAt(column: Column | undefined, row: number): number {
  return column?.kind === "numeric" ? (column.values[row] ?? Number.NaN) : Number.NaN;
}
