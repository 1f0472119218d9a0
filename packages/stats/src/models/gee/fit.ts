import type { FitData } from "../../table/table.ts";
import type { PredictedRow, ResidualRow } from "../fit.ts";
import { marginalPredictions, marginalResiduals, type PredictOptions } from "../glm/predict.ts";
import { perfectFit } from "../glm/warn.ts";
import { describeGee } from "./describe.ts";
import { solveGee } from "./objective.ts";
import { type GeeOptions, resolveGeeOptions } from "./options.ts";
import type { GeeFit } from "./result.ts";
import { requiredColumns, setupGee } from "./setup.ts";

/**
 * A population-averaged regression of repeated measures by generalised estimating equations.
 *
 * @param formula  such as `pain ~ within(ex) + between(ex) + factor(wave)`, without random terms.
 * @param options  `id` names the person. With `ar1` and `unstructured`, `time` places the rows, so gaps count:
 *   the ar1 correlation of waves 1 and 4 is alpha^3.
 * @throws StatsError `formula.*`, `data.*`, `regression.*`, `gee.*`; doubtful answers are warnings in the result.
 * Liang & Zeger (1986), Biometrika 73, 13-22; scale and correlation as in geepack 1.3.9 (Halekoh, Hojsgaard &
 * Yan 2006, J. Stat. Softw. 15(2)).
 */
export function gee(formula: string, data: FitData, options: GeeOptions): GeeFit {
  const resolved = resolveGeeOptions(options);
  const setup = setupGee(formula, data, resolved);
  const solution = solveGee(setup, resolved);
  // The outcome has unit variance here: a residual this small is rounding, not data.
  if (resolved.family === "gaussian" && !(solution.phi > 1e-13)) throw perfectFit(setup.rows);
  return describeGee(setup, solution, resolved);
}

function requiredOf(fit: GeeFit): string[] {
  return requiredColumns({ correlation: fit.correlation, time: fit.frame.time ?? undefined });
}

/** The mean of each row used with its interval, on the response or the link scale; `data` is the data fitted. */
export function geePredict(fit: GeeFit, data: FitData, options: PredictOptions = {}): PredictedRow[] {
  return marginalPredictions({ ...fit, df: null, required: requiredOf(fit) }, data, options);
}

/** The fitted values and response residuals of a `gee` fit; `data` is the data it was fitted to. */
export function geeResiduals(fit: GeeFit, data: FitData): ResidualRow[] {
  return marginalResiduals(fit, data, requiredOf(fit));
}
