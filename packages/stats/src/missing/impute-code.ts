import { groupRows } from "../frame/groups.ts";
import type { Column } from "../table/table.ts";
import type { WidePanel } from "./wide.ts";

/** One column of the wide table, coded as one or more columns of the imputer's design. */
export interface CodedVariable {
  readonly name: string;
  readonly variable: string;
  readonly wave: number | null;
  readonly column: Column;
  /** Columns `first` to `first + count - 1` of the design: a number, or an indicator of each level but the first. */
  readonly first: number;
  readonly count: number;
  /** A number enters as (value - shift) / scale. */
  readonly shift: number;
  readonly scale: number;
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  /** Different values among those observed: 0 when nobody answered, 1 when all gave the same. */
  readonly distinct: number;
}

/** The panel as one row of numbers for each person; column 0 is the intercept. */
export interface CodedPanel {
  readonly nrows: number;
  readonly width: number;
  readonly variables: readonly CodedVariable[];
  /** nrows x width by rows; NaN where not observed. */
  readonly design: Float64Array;
}

function rowsWhere(missing: Uint8Array, bit: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < missing.length; row++) if (missing[row] === bit) rows.push(row);
  return Int32Array.from(rows);
}

function centreAndScale(column: Column, observed: Int32Array): { shift: number; scale: number } {
  if (column.kind === "factor" || observed.length === 0) return { shift: 0, scale: 1 };
  let sum = 0;
  for (const row of observed) sum += column.values[row];
  const shift = sum / observed.length;
  let squares = 0;
  for (const row of observed) squares += (column.values[row] - shift) ** 2;
  const scale = Math.sqrt(squares / observed.length);
  return { shift, scale: scale > 1e-13 * Math.abs(shift) ? scale : 1 };
}

/** Writes the code of `value` (a number, or the code of a level) of a variable into its columns of one row. */
export function writeCode(
  design: Float64Array,
  at: number,
  { column, first, count, shift, scale }: CodedVariable,
  value: number,
): void {
  if (column.kind === "numeric") {
    design[at + first] = (value - shift) / scale;
    return;
  }
  for (let level = 1; level <= count; level++) design[at + first + level - 1] = value === level ? 1 : 0;
}

/** The panel coded for regression; the person's id is not a predictor. */
export function codePanel(panel: WidePanel): CodedPanel {
  const names = [...panel.person.map((name) => ({ name, variable: name, wave: null })), ...panel.waveColumns];
  let width = 1;
  const variables = names.map((name): CodedVariable => {
    const column = panel.table.columns[name.name];
    const observed = rowsWhere(column.missing, 0);
    const count = column.kind === "factor" ? Math.max(1, column.levels.length - 1) : 1;
    const first = width;
    width += count;
    return {
      ...name,
      column,
      first,
      count,
      ...centreAndScale(column, observed),
      observed,
      missing: rowsWhere(column.missing, 1),
      distinct: groupRows(column).count,
    };
  });
  const { nrows } = panel.table;
  const design = new Float64Array(nrows * width).fill(Number.NaN);
  for (let row = 0; row < nrows; row++) design[row * width] = 1;
  for (const variable of variables) {
    const { column, observed } = variable;
    const values = column.kind === "numeric" ? column.values : column.codes;
    for (const row of observed) writeCode(design, row * width, variable, values[row]);
  }
  return { nrows, width, variables, design };
}
