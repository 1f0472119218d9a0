import type { FitCommon, Matrix, RandomBlock } from "../fit.ts";
import type { RobustParts } from "./robust.ts";

export type ResidualType = "iid" | "ar1" | "car1" | "toeplitz" | "unstructured" | "variances";

/** How the residuals of one person go together; `parameters` are on their natural scale. */
export interface ResidualStructure {
  readonly type: ResidualType;
  /** The column whose values place the rows of a person; null for iid. */
  readonly time: string | null;
  /** The waves in order, where parameters refer to them (unstructured, variances); else null. */
  readonly waves: readonly number[] | null;
  /** ar1, toeplitz: the distance in time to which the first correlation refers (1 for waves 1, 2, 3); else null. */
  readonly step: number | null;
  /**
   * ar1: one correlation. car1: the correlation of two times one unit apart. toeplitz: the correlations at
   * 1, 2, ... steps. unstructured: the correlations of waves (1,2), (1,3), ..., (2,3), ... variances: the
   * SD of each wave relative to the first.
   */
  readonly parameters: readonly number[];
  /** Intervals of `parameters` at the level of the fit; null where there is none. */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** unstructured: the SD of each wave relative to the first, whose SD is sigma; else null. */
  readonly stdDevRatio: readonly number[] | null;
  /** car1: the time in which the correlation falls to 1/e; else null. */
  readonly range: number | null;
  /** What ran to the limit of what is possible, in words; null when nothing did. */
  readonly atLimit: string | null;
  /** What `parameters` are, such as "correlation of neighbouring waves"; null for iid. */
  readonly unit: string | null;
}

/** What Satterthwaite's formula needs, so that contrasts can be asked of the fit alone. */
export interface ContrastParts {
  /** Covariance of the variance parameters. No answer depends on the coordinates they are in. */
  readonly vcovParameters: Matrix;
  /** One p x p matrix for each variance parameter: the derivative of the covariance of the fixed effects. */
  readonly dVcov: readonly Matrix[];
}

/** What Kenward and Roger's tests need besides the adjusted covariance, so that they can be asked of the fit alone. */
export interface KenwardRoger extends ContrastParts {
  /** The covariance of the fixed effects before the adjustment. */
  readonly vcovUnadjusted: Matrix;
}

/**
 * A fitted linear mixed model (or, without a random term, a linear model) as plain data: it survives
 * `structuredClone` and JSON, and every verb of this package works on it without the rows.
 */
export interface LmmFit extends FitCommon {
  readonly estimator: "lmm" | "lm";
  readonly method: "reml" | "ml";
  readonly dfMethod: "satterthwaite" | "kenward-roger" | "none";
  /** Which standard errors `fixed` and `vcov` hold. */
  readonly se: "model" | "cr0" | "cr1" | "cr2";
  readonly random: readonly RandomBlock[];
  /** Relative Cholesky factors, column-wise, blocks concatenated (lme4's theta). */
  readonly theta: readonly number[];
  readonly sigma: number;
  readonly residual: ResidualStructure;
  readonly logLik: number;
  /** -2 logLik of the criterion fitted (lme4's REMLcrit under REML). */
  readonly deviance: number;
  readonly aic: number;
  readonly bic: number;
  readonly dfResidual: number;
  readonly singular: boolean;
  /** Null for `lm` or `--df none`. */
  readonly satterthwaite: ContrastParts | null;
  /** Null unless the degrees of freedom are Kenward and Roger's; `vcov` and `stdError` are then adjusted. */
  readonly kenwardRoger: KenwardRoger | null;
  /** What a fit with cluster-robust standard errors has besides; null when `se` is "model". */
  readonly robust: RobustParts | null;
}
