import { readFileSync } from "node:fs";
import { createTable, type NumericColumn, numericColumn, type Table } from "@longwave/stats";
import type { CaseData, Comparison } from "./case.ts";

/** The data set of a fixture of the statistics package. */
export function fixture(name: string): CaseData {
  return { kind: "file", path: `packages/stats/src/testing/fixtures/${name}.csv` };
}

/** The numbers that R recorded, from validation/numbers. */
export function readNumbers<Numbers>(name: string): Numbers {
  return JSON.parse(readFileSync(new URL(`numbers/${name}.json`, import.meta.url), "utf8")) as Numbers;
}

/** Ours and the reference; NaN where one of them does not exist, so that the comparison fails. */
type Pair = readonly [ours: number | null | undefined, reference: number | null | undefined];

/** A comparison with a tolerance that is a share of the reference. */
export function relative(quantity: string, [ours, reference]: Pair, tolerance: number): Comparison {
  return {
    quantity,
    ours: ours ?? Number.NaN,
    reference: reference ?? Number.NaN,
    tolerance,
    scale: "relative",
  };
}

/** A comparison with a tolerance in units of the number. */
export function absolute(quantity: string, pair: Pair, tolerance: number): Comparison {
  return { ...relative(quantity, pair, tolerance), scale: "absolute" };
}

/** A log-likelihood that may be better than R's, never worse. */
export function atLeast(quantity: string, pair: Pair, tolerance: number): Comparison {
  return { ...absolute(quantity, pair, tolerance), atLeast: true };
}

/** A list of what R writes as one number when there is only one. */
export function listed(value: number | readonly number[] | null | undefined): readonly number[] {
  if (value === null || value === undefined) return [];
  return typeof value === "number" ? [value] : value;
}

/** A step that makes a table ready for its models. */
export type Step = (table: Table) => Table;

/** Steps one after the other. */
export function inTurn(...steps: readonly Step[]): Step {
  return (table) => steps.reduce((made, step) => step(made), table);
}

/** The step that adds an indicator of a level of a text column. */
export function addIndicator(name: string, from: string, level: string): Step {
  return (table) => createTable({ ...table.columns, [name]: indicator(table, from, level) });
}

/** The values of a column of numbers. */
export function valuesOf(table: Table, name: string): Float64Array {
  const column = table.columns[name];
  if (column?.kind === "numeric") return column.values;
  throw new Error(`${name} is not a column of numbers`);
}

/** The value of a column in one row: a number, or the code of a level; NaN where it is missing. */
export function valueAt(table: Table, name: string, row: number): number {
  const column = table.columns[name];
  if (column === undefined) throw new Error(`no column ${name}`);
  if (column.missing[row] === 1) return Number.NaN;
  return (column.kind === "numeric" ? column.values[row] : column.codes[row]) ?? Number.NaN;
}

/** 1 in the rows with a level of a text column, else 0. */
export function indicator(table: Table, name: string, level: string): NumericColumn {
  const column = table.columns[name];
  if (column?.kind !== "factor") throw new Error(`no text column ${name}`);
  return numericColumn(Array.from(column.codes, (code) => (column.levels[code] === level ? 1 : 0)));
}

/** The table with columns computed row by row; NaN is missing. */
export function withColumns(
  table: Table,
  computed: Readonly<Record<string, (value: (name: string) => number) => number>>,
): Table {
  const added = Object.entries(computed).map(([name, compute]) => {
    const values = Array.from({ length: table.nrows }, (_, row) =>
      compute((column) => valueAt(table, column, row)),
    );
    return [name, numericColumn(values)] as const;
  });
  return createTable({ ...table.columns, ...Object.fromEntries(added) });
}
