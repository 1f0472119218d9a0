import type { RandomEffects } from "../fit.ts";
import type { FittedRow } from "./ranef.ts";
import type { ResidualStructure } from "./result.ts";
import type { LmmDesign } from "./setup.ts";

/** Parts of Satterthwaite's formula in the coordinates of the fit: the free variance parameters, then the residual SD. */
export interface SatterthwaiteParts {
  /** Covariance of the parameters, (n + 1) x (n + 1). */
  readonly vcovParameters: number[][];
  /** For each parameter but the last: minus the derivative of A_XX^-1, p x p by rows. */
  readonly dInverse: Float64Array[];
}

/** Parts of Kenward and Roger's adjustment in scaled coordinates, in units of the residual variance. */
export interface KenwardRogerParts {
  /** Covariance of the variance parameters, from their expected information. */
  readonly vcovParameters: number[][];
  /** The derivative of the unadjusted covariance of the fixed effects by each of them, p x p by rows. */
  readonly dInverse: Float64Array[];
  /** What is added to the unadjusted covariance, p x p by rows. */
  readonly adjustment: Float64Array;
}

/**
 * Where the criterion is smallest, in scaled coordinates: what every engine of the linear mixed model arrives at.
 *
 * V = sigma^2 (Z Lambda Lambda' Z' + R), with R the identity for independent residuals.
 */
export interface LmmSolution {
  readonly deviance: number;
  readonly beta: Float64Array;
  /** p x p by rows: (X' V^-1 X)^-1 / sigma^2. */
  readonly inverse: Float64Array;
  /** q x q relative Cholesky factor, in its standard form. */
  readonly lambda: Float64Array;
  /** The residual variance of the scaled outcome. */
  readonly sigma2: number;
  readonly converged: boolean;
  readonly singular: boolean;
  readonly residual: ResidualStructure;
  /** Estimated parameters of R. */
  readonly nResidualParameters: number;
  /** A random effect whose variance the data cannot tell from the others, if there is one. */
  readonly unidentified: string | null;
  /** What Satterthwaite's degrees of freedom need; computed when asked for. */
  satterthwaite(): SatterthwaiteParts;
  /** The same for Kenward and Roger's adjustment; absent where it is not defined, as with dependent residuals. */
  kenwardRoger?(): KenwardRogerParts;
}

/** A model at the lowest point of its criterion. */
export interface SolvedModel {
  readonly design: LmmDesign;
  readonly solution: LmmSolution;
  /** What is one row for each group or observation; computed when asked for. */
  details(): { readonly ranef: RandomEffects[]; readonly fitted: FittedRow[] };
}

/** Residuals that are independent with one variance. */
export const INDEPENDENT: ResidualStructure = {
  type: "iid",
  time: null,
  waves: null,
  step: null,
  parameters: [],
  lower: [],
  upper: [],
  stdDevRatio: null,
  range: null,
  atLimit: null,
  unit: null,
};
