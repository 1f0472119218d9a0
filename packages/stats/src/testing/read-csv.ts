import { readFileSync } from "node:fs";
import { createTable, factorColumn, numericColumn } from "../table/columns.ts";
import type { Column, FitData, NumericColumn, Table } from "../table/table.ts";

function columnFrom(values: readonly (string | null)[]): Column {
  const numeric = values.every((value) => value === null || Number.isFinite(Number(value)));
  return numeric
    ? numericColumn(values.map((value) => (value === null ? null : Number(value))))
    : factorColumn(values);
}

/** A CSV of the fixtures folder without embedded commas; empty cells are missing, text columns are factors. */
export function readFixture(name: string): Table {
  const text = readFileSync(new URL(`./fixtures/${name}.csv`, import.meta.url), "utf8");
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(",").map((cell) => cell.replaceAll('"', ""));
  const cells = lines.map((line) => line.split(",").map((cell) => cell.replaceAll('"', "")));
  const columns = names.map((column, j): [string, Column] => [
    column,
    columnFrom(cells.map((row) => (row[j] === "" || row[j] === undefined ? null : row[j]))),
  ]);
  return createTable(Object.fromEntries(columns));
}

/** A JSON file of reference numbers. */
export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8")) as T;
}

/** The table with columns computed row by row from its numeric ones (NaN where one is missing). */
export function withColumns(
  table: Table,
  computed: Readonly<Record<string, (value: (name: string) => number, row: number) => number>>,
): Table {
  const columns: Record<string, Column> = { ...table.columns };
  for (const [name, compute] of Object.entries(computed)) {
    const valueAt = (row: number) => (column: string) => (table.columns[column] as NumericColumn).values[row];
    columns[name] = numericColumn(
      Array.from({ length: table.nrows }, (_, row) => compute(valueAt(row), row)),
    );
  }
  return createTable(columns);
}

/** 1 where a factor column has the level, else 0. */
export function indicatorOf(table: Table, column: string, level: string): NumericColumn {
  const factor = table.columns[column];
  if (factor.kind !== "factor") throw new Error(`${column} is not a factor`);
  return numericColumn(Array.from(factor.codes, (code) => (factor.levels[code] === level ? 1 : 0)));
}

/** A table as model data. */
export function rows(table: Table): FitData {
  return { kind: "rows", table };
}
