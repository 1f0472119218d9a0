import { logDetFromCholesky } from "../../../linalg/cholesky.ts";
import type { PatternSums } from "../../../sums/pattern-sums.ts";
import { createFixedState, devianceWeight, type FixedState, solveFixed } from "../fixed-state.ts";
import { chainToTheta, type ThetaPlaces } from "../objective.ts";
import { lambdaOf } from "../optimum.ts";
import { addPatternGradientInto, type PatternWork, patternWork } from "./patterns.ts";
import { addSeriesGradientInto, type SeriesWork, seriesWork } from "./series.ts";
import type { ResidualModel, ResidualState } from "./structures.ts";

/** What the criterion is a function of, besides x = (theta, parameters of R). */
export interface MarginalCriterion {
  readonly sums: PatternSums;
  readonly places: ThetaPlaces;
  readonly residual: ResidualModel;
  readonly reml: boolean;
  /** n - p under REML, n under ML. */
  readonly nu: number;
}

/** V / sigma^2 = Z Lambda Lambda' Z' + R at one x. */
export interface Covariance {
  /** q x q by rows. */
  readonly lambda: Float64Array;
  readonly residual: ResidualState;
  readonly q: number;
}

/** The criterion at one x, with what its derivatives need. */
export interface Evaluation {
  readonly covariance: Covariance;
  readonly deviance: number;
  readonly fixed: FixedState;
  readonly patterns: PatternWork;
  readonly series: SeriesWork;
}

/** V / sigma^2 at x. */
export function covarianceAt({ sums, places, residual }: MarginalCriterion, x: Float64Array): Covariance {
  const theta = x.subarray(0, places.row.length);
  return {
    lambda: lambdaOf(theta, places, sums.q),
    residual: residual.at(x.subarray(places.row.length)),
    q: sums.q,
  };
}

/**
 * The profiled deviance at x = (theta, parameters of R), or null where a matrix is not positive definite.
 *
 * -2 logLik (restricted under REML) with beta and sigma^2 profiled out: sum log|V_i| + log|A_XX| (REML)
 * + nu (1 + log(2 pi rho2 / nu)); Pinheiro & Bates (2000), Mixed-Effects Models in S and S-PLUS, section 5.1.2.
 */
export function evaluate(criterion: MarginalCriterion, x: Float64Array): Evaluation | null {
  const { sums, nu, reml } = criterion;
  const covariance = covarianceAt(criterion, x);
  const fixed = createFixedState(sums.m);
  const patterns = patternWork(sums, covariance, fixed.a);
  const series = seriesWork(sums, covariance, fixed.a, criterion.residual.rowwise);
  if (patterns === null || series === null || !solveFixed(fixed, sums.m)) return null;
  const logDetX = reml ? logDetFromCholesky(fixed.chol, sums.m - 1) : 0;
  const logDet = patterns.logDet + series.logDet + logDetX;
  const deviance = logDet + nu * (1 + Math.log((2 * Math.PI * fixed.rho2) / nu));
  return Number.isFinite(deviance) ? { covariance, deviance, fixed, patterns, series } : null;
}

/** Sums of derivatives: by the elements of Psi (q x q) and by the parameters of R. */
export interface Slopes {
  readonly byPsi: Float64Array;
  readonly byResidual: Float64Array;
}

/** The derivative by x of <weight, A> + (withLogDet) sum log|V|, at the x of the evaluation. */
function contractedGradient(
  criterion: MarginalCriterion,
  evaluation: Evaluation,
  weight: Float64Array,
  withLogDet: boolean,
): Float64Array {
  const { sums, places, residual } = criterion;
  const slopes = {
    byPsi: new Float64Array(sums.q * sums.q),
    byResidual: new Float64Array(residual.count),
  };
  const asked = { criterion, evaluation, weight, withLogDet };
  addPatternGradientInto(slopes, asked);
  addSeriesGradientInto(slopes, asked);
  const byTheta = chainToTheta(slopes.byPsi, evaluation.covariance.lambda, places);
  return Float64Array.of(...byTheta, ...slopes.byResidual);
}

/** What a gradient is taken of. */
export interface GradientAsked {
  readonly criterion: MarginalCriterion;
  readonly evaluation: Evaluation;
  /** m x m, symmetric. */
  readonly weight: Float64Array;
  readonly withLogDet: boolean;
}

/** The gradient of the profiled deviance. */
export function devianceGradient(criterion: MarginalCriterion, evaluation: Evaluation): Float64Array {
  return contractedGradient(criterion, evaluation, devianceWeight(criterion, evaluation.fixed), true);
}
