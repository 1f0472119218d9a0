import { StatsError } from "../../errors.ts";
import type { Formula, Variable } from "../../formula/formula.ts";
import { parseFormula } from "../../formula/parse.ts";
import { type DesignColumn, designColumns, INTERCEPT } from "../../frame/design.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { requireNumbers } from "../../frame/variables.ts";
import { independentColumns } from "../../linalg/cholesky.ts";
import { dot } from "../../sums/reduce.ts";
import type { FitData } from "../../table/table.ts";
import { applyScale, type ColumnScale, scaleOf, UNSCALED } from "../lmm/scaling.ts";
import type { Family } from "./family.ts";

/** The rows of a regression without random effects, coded and scaled. */
export interface RegressionRows {
  readonly frame: ModelFrame;
  readonly names: readonly string[];
  readonly dropped: readonly string[];
  readonly hasIntercept: boolean;
  readonly nobs: number;
  /** The number of coefficients. */
  readonly p: number;
  /** nobs x p by rows, shifted and scaled. */
  readonly x: Float64Array;
  /** The outcome, shifted and scaled when the family is gaussian. */
  readonly y: Float64Array;
  /** One weight for each row, 1 without a column of weights. */
  readonly weights: Float64Array;
  readonly xScale: readonly ColumnScale[];
  readonly yScale: ColumnScale;
}

export interface RegressionQuestion {
  readonly family: Family;
  readonly time: string | undefined;
  readonly id: string | undefined;
  readonly minRows: number | undefined;
  readonly weights: string | undefined;
  /** Columns that must be observed in a row beside those of the formula. */
  readonly required: readonly string[];
}

// The share of a column's variation that must be its own, as in the mixed model.
const RANK_TOLERANCE = 1e-11;

function columnVariable(name: string): Variable {
  return { kind: "column", name, text: name, position: 0 };
}

/** The formula with terms for columns that only have to be observed; they never enter the design. */
function withRequired(formula: Formula, names: readonly string[]): Formula {
  const added = names.map((name) => ({ variables: [columnVariable(name)], text: name }));
  return { ...formula, terms: [...formula.terms, ...added] };
}

function checkFormula(formula: Formula): void {
  if (formula.random.length === 0) return;
  throw new StatsError(
    "regression.random-term",
    `Expected a formula without random terms; found (... | ${formula.random[0].group}). Name the person with the id option of gee(), or use lmm().`,
  );
}

/**
 * The rows used, with every variable evaluated: formula, weights and required columns observed.
 *
 * @throws StatsError `formula.*`, `data.*`, `regression.random-term`
 */
export function regressionFrame(text: string, data: FitData, question: RegressionQuestion): ModelFrame {
  const formula = parseFormula(text);
  checkFormula(formula);
  const weights = question.weights === undefined ? [] : [question.weights];
  const asked = withRequired(formula, [...weights, ...question.required]);
  const { time, id, minRows, family } = question;
  const outcome = family === "binomial" ? ("binary" as const) : ("number" as const);
  const frame = modelFrame(asked, data.table, { time, id, minRows, outcome });
  return { ...frame, formula };
}

function checkOutcome({ outcome, formula }: ModelFrame): void {
  for (let i = 1; i < outcome.length; i++) if (outcome[i] !== outcome[0]) return;
  throw new StatsError(
    "regression.constant-outcome",
    `Expected an outcome that varies; found "${formula.outcome.text}" = ${outcome[0]} in all ${outcome.length} rows used. Check the column and the filter.`,
  );
}

function checkSize({ formula, outcome }: ModelFrame, p: number): void {
  if (p === 0) {
    throw new StatsError(
      "regression.no-predictors",
      `Expected an intercept or a predictor that varies; found none in "${formula.text}". Add 1 or a predictor.`,
    );
  }
  if (outcome.length > p) return;
  throw new StatsError(
    "regression.too-few-rows",
    `Expected more rows than coefficients; found ${outcome.length} rows and ${p} coefficients. Use fewer terms or more rows.`,
  );
}

/** The column `name` as numbers on the rows used, in `order`. */
export function requiredNumbers(
  frame: ModelFrame,
  name: string,
  { use, order }: { readonly use: string; readonly order: Int32Array | null },
): Float64Array {
  const column = frame.variables.get(name);
  if (column === undefined) return new Float64Array(frame.outcome.length).fill(1);
  const { values } = requireNumbers(column, name, use);
  return order === null ? values : values.map((_, i) => values[order[i]]);
}

function weightsOf(frame: ModelFrame, name: string | undefined, order: Int32Array | null): Float64Array {
  if (name === undefined) return new Float64Array(frame.outcome.length).fill(1);
  const weights = requiredNumbers(frame, name, { use: "as weights", order });
  const wrong = weights.findIndex((weight) => !(weight > 0));
  if (wrong < 0) return weights;
  throw new StatsError(
    "regression.weights",
    `Expected weights above 0 in "${name}"; found ${weights[wrong]}. Leave the weight of a row that must not count empty.`,
  );
}

/** The columns side by side, row after row, in `order`. */
function byRows(columns: readonly Float64Array[], order: Int32Array | null): Float64Array {
  const p = columns.length;
  const n = columns[0].length;
  const out = new Float64Array(n * p);
  for (let j = 0; j < p; j++) {
    const column = columns[j];
    for (let i = 0; i < n; i++) out[i * p + j] = column[order === null ? i : order[i]];
  }
  return out;
}

function crossProducts(columns: readonly Float64Array[]): Float64Array {
  const p = columns.length;
  const out = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    for (let k = 0; k <= j; k++) {
      const sum = dot(columns[j], columns[k]);
      out[j * p + k] = sum;
      out[k * p + j] = sum;
    }
  }
  return out;
}

interface Coded {
  readonly design: readonly DesignColumn[];
  readonly scales: readonly ColumnScale[];
  readonly scaled: readonly Float64Array[];
}

function codeDesign(frame: ModelFrame): Coded {
  const { formula, variables, outcome } = frame;
  const design = designColumns(formula, variables, outcome.length);
  const scales = design.map(({ name, values }) =>
    name === INTERCEPT ? UNSCALED : scaleOf(values, formula.intercept),
  );
  const scaled = design.map(({ values }, j) =>
    scales[j] === UNSCALED ? values : applyScale(values, scales[j]),
  );
  return { design, scales, scaled };
}

/**
 * The design of a model frame: coded, shifted and scaled, dependent columns left out, rows put in `order`.
 *
 * @throws StatsError `regression.constant-outcome`, `regression.no-predictors`, `regression.too-few-rows`,
 *   `regression.weights`
 */
export function regressionRows(
  frame: ModelFrame,
  question: RegressionQuestion,
  order: Int32Array | null = null,
): RegressionRows {
  checkOutcome(frame);
  const { design, scales, scaled } = codeDesign(frame);
  const keep = independentColumns(crossProducts(scaled), design.length, RANK_TOLERANCE);
  checkSize(frame, keep.length);
  const hasIntercept = frame.formula.intercept;
  const yScale = question.family === "gaussian" ? scaleOf(frame.outcome, hasIntercept) : UNSCALED;
  const y = yScale === UNSCALED ? frame.outcome : applyScale(frame.outcome, yScale);
  return {
    frame,
    names: keep.map((j) => design[j].name),
    dropped: design.filter((_, j) => !keep.includes(j)).map(({ name }) => name),
    hasIntercept,
    nobs: y.length,
    p: keep.length,
    x: byRows(
      keep.map((j) => scaled[j]),
      order,
    ),
    y: order === null ? y : y.map((_, i) => y[order[i]]),
    weights: weightsOf(frame, question.weights, order),
    xScale: keep.map((j) => scales[j]),
    yScale,
  };
}
