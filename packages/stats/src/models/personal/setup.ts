import { StatsError } from "../../errors.ts";
import type { Formula } from "../../formula/formula.ts";
import { parseFormula } from "../../formula/parse.ts";
import { type DesignColumn, designColumns, INTERCEPT } from "../../frame/design.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { requireNumbers } from "../../frame/variables.ts";
import { independentColumns } from "../../linalg/cholesky.ts";
import { createTable, factorColumn, takeObserved } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import type { RowCounts } from "../fit.ts";
import { applyScale, type ColumnScale, scaleOf, UNSCALED } from "../lmm/scaling.ts";
import { type Sequence, sequenceRows } from "./distances.ts";
import type { ResolvedPersonalOptions } from "./options.ts";

/** One person's rows, coded, scaled and in order of time. */
export interface PersonalSetup {
  readonly frame: ModelFrame;
  readonly rows: RowCounts;
  /** Row of the user's table of each row of the frame. */
  readonly tableRows: Int32Array;
  readonly sequence: Sequence;
  readonly names: readonly string[];
  readonly dropped: readonly string[];
  /** The design kept, in the order of the frame, unscaled. */
  readonly columns: readonly DesignColumn[];
  readonly xScale: readonly ColumnScale[];
  readonly yScale: ColumnScale;
  readonly hasIntercept: boolean;
  /** n x (p + 1) by rows, in order of time: the scaled design, then the scaled outcome. */
  readonly scaled: Float64Array;
}

/** Rows of the table that have a time, with the columns that lag() needs when all are one person's. */
function timedRows(table: Table, options: ResolvedPersonalOptions) {
  const missing =
    options.time === null
      ? new Uint8Array(table.nrows)
      : requireNumbers(columnOf(table, options.time), options.time, "as the time").missing;
  const rows = Int32Array.from([...missing.keys()].filter((row) => missing[row] === 0));
  const columns = Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => {
      const taken = takeObserved(column, rows);
      rows.forEach((row, i) => {
        taken.missing[i] = column.missing[row];
      });
      return [name, taken];
    }),
  );
  if (options.id === null) columns[ONE_PERSON] = factorColumn(Array.from(rows, () => "person"));
  return { rows, table: createTable(columns) };
}

/** No column of a CSV is called this: it stands for "all rows are one person's". */
const ONE_PERSON = "(one person)";

function checkFormula(formula: Formula): void {
  if (formula.random.length === 0) return;
  throw new StatsError(
    "personal.time",
    `Expected a formula without random terms; found (... | ${formula.random[0].group}). Use lmm for several people, or leave the term out.`,
  );
}

function checkOutcome({ outcome, formula }: ModelFrame): void {
  if (outcome.some((value) => value !== outcome[0])) return;
  throw new StatsError(
    "personal.constant-outcome",
    `Expected an outcome that varies; found "${formula.outcome.text}" = ${outcome[0]} in all ${outcome.length} rows used. Check the column.`,
  );
}

function independent(design: readonly Float64Array[]): number[] {
  const p = design.length;
  const products = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      products[i * p + j] = design[i].reduce((sum, value, row) => sum + value * design[j][row], 0);
    }
  }
  return independentColumns(products, p, 1e-11);
}

function checkRows(nobs: number, p: number, residual: string): void {
  const parameters = p + (residual === "iid" ? 1 : 2);
  if (p > 0 && nobs >= parameters) return;
  throw new StatsError(
    "personal.too-few-rows",
    `Expected at least ${parameters} occasions for ${p} coefficients, a variance${residual === "iid" ? "" : " and a correlation"}; found ${nobs}. Leave out terms, or wait for more occasions.`,
  );
}

function gather(columns: readonly Float64Array[], order: Int32Array): Float64Array {
  const out = new Float64Array(order.length * columns.length);
  order.forEach((row, i) => {
    for (let j = 0; j < columns.length; j++) out[i * columns.length + j] = columns[j][row];
  });
  return out;
}

/**
 * The rows of the formula, ready for the likelihood.
 *
 * @throws StatsError `formula.*`, `data.*`, `personal.*`
 */
export function setupPersonal(text: string, table: Table, options: ResolvedPersonalOptions): PersonalSetup {
  const formula = parseFormula(text);
  checkFormula(formula);
  const timed = timedRows(table, options);
  const frame = modelFrame(formula, timed.table, {
    time: options.time ?? undefined,
    id: options.id ?? ONE_PERSON,
  });
  checkOutcome(frame);
  const nobs = frame.outcome.length;
  const hasIntercept = formula.intercept;
  const design = designColumns(formula, frame.variables, nobs);
  const scales = design.map(({ name, values }) =>
    name === INTERCEPT ? UNSCALED : scaleOf(values, hasIntercept),
  );
  const yScale = scaleOf(frame.outcome, hasIntercept);
  const scaled = design.map(({ values }, j) => applyScale(values, scales[j]));
  const keep = independent(scaled);
  checkRows(nobs, keep.length, options.residual);
  const times =
    options.time === null
      ? Float64Array.from({ length: nobs }, (_, i) => i)
      : (takeObserved(timed.table.columns[options.time], frame.kept) as NumericColumn).values;
  const sequence = sequenceRows(times, frame.people, options);
  const columns = [...keep.map((j) => scaled[j]), applyScale(frame.outcome, yScale)];
  const lost = table.nrows - timed.rows.length;
  return {
    frame,
    rows: { ...frame.rows, read: table.nrows, droppedMissing: frame.rows.droppedMissing + lost },
    tableRows: frame.kept.map((row) => timed.rows[row]),
    sequence,
    names: keep.map((j) => design[j].name),
    dropped: design.flatMap(({ name }, j) => (keep.includes(j) ? [] : [name])),
    columns: keep.map((j) => design[j]),
    xScale: keep.map((j) => scales[j]),
    yScale,
    hasIntercept,
    scaled: gather(columns, sequence.order),
  };
}
