import { designColumns } from "../../frame/design.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { waldRow } from "../../inference/wald.ts";
import type { FitData } from "../../table/table.ts";
import type { FitCommon, PredictedRow, ResidualRow } from "../fit.ts";
import { type Family, meanOf, varianceOf } from "./family.ts";
import type { GlmFit } from "./result.ts";
import { regressionFrame } from "./setup.ts";

export interface PredictOptions {
  /** The outcome's own scale (default), or that of the linear predictor: log odds for binomial. */
  readonly scale?: "response" | "link";
  /** The coverage of intervals, a proportion; by default that of the fit. */
  readonly level?: number;
}

/** What predictions need of a fit without random effects. */
export interface MarginalFit extends FitCommon {
  readonly family: Family;
  readonly weights: string | null;
}

interface Rows {
  readonly frame: ModelFrame;
  /** The columns of the design, in the order of the fixed effects. */
  readonly columns: readonly Float64Array[];
}

/** The rows that the fit used, found again in the same data. */
function rowsOf(fit: MarginalFit, data: FitData, required: readonly string[]): Rows {
  const { time, id, minRows } = fit.frame;
  const frame = regressionFrame(fit.formula, data, {
    family: fit.family,
    time: time ?? undefined,
    id: id ?? undefined,
    minRows: minRows ?? undefined,
    weights: fit.weights ?? undefined,
    required,
  });
  const byName = new Map(
    designColumns(frame.formula, frame.variables, frame.outcome.length).map(({ name, values }) => [
      name,
      values,
    ]),
  );
  const columns = fit.fixed.map(({ term }) => byName.get(term) ?? new Float64Array(frame.outcome.length));
  return { frame, columns };
}

function variance(vcov: FitCommon["vcov"], x: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) for (let k = 0; k < x.length; k++) sum += x[j] * vcov[j][k] * x[k];
  return sum;
}

/**
 * The mean that the model gives each row used, with its standard error and interval.
 *
 * On the response scale of a binomial fit the interval is that of the log odds, carried over, and the standard
 * error is by the delta method.
 */
export function marginalPredictions(
  fit: MarginalFit & { readonly df: number | null; readonly required: readonly string[] },
  data: FitData,
  { scale = "response", level = fit.level }: PredictOptions = {},
): PredictedRow[] {
  const { frame, columns } = rowsOf(fit, data, fit.required);
  return Array.from(frame.kept, (row, i) => {
    const x = columns.map((column) => column[i]);
    const eta = x.reduce((sum, value, j) => sum + value * fit.fixed[j].estimate, 0);
    const stdError = Math.sqrt(variance(fit.vcov, x));
    const link = waldRow({ term: "", estimate: eta, stdError, df: fit.df }, level);
    if (scale === "link") return { row, predicted: eta, stdError, lower: link.lower, upper: link.upper };
    return {
      row,
      predicted: meanOf(fit.family, eta),
      stdError: stdError * varianceOf(fit.family, eta),
      lower: meanOf(fit.family, link.lower),
      upper: meanOf(fit.family, link.upper),
    };
  });
}

/** The mean of each row used and the outcome less that mean. */
export function marginalResiduals(
  fit: MarginalFit,
  data: FitData,
  required: readonly string[] = [],
): ResidualRow[] {
  const { frame, columns } = rowsOf(fit, data, required);
  return Array.from(frame.kept, (row, i) => {
    const eta = columns.reduce((sum, column, j) => sum + column[i] * fit.fixed[j].estimate, 0);
    const fitted = meanOf(fit.family, eta);
    return { row, fitted, residual: frame.outcome[i] - fitted };
  });
}

/** The predictions of a `glm` fit for the rows used; `data` is the data it was fitted to. */
export function glmPredict(fit: GlmFit, data: FitData, options: PredictOptions = {}): PredictedRow[] {
  const df = fit.dfMethod === "none" ? null : fit.dfResidual;
  return marginalPredictions({ ...fit, df, required: [] }, data, options);
}

/** The fitted values and response residuals of a `glm` fit; `data` is the data it was fitted to. */
export function glmResiduals(fit: GlmFit, data: FitData): ResidualRow[] {
  return marginalResiduals(fit, data);
}
