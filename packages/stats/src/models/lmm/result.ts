import type { FitCommon, Matrix, RandomBlock } from "../fit.ts";

/** How the residuals of one person go together; `parameters` are on their natural scale. */
export interface ResidualStructure {
  readonly type: "iid" | "ar1" | "car1" | "toeplitz" | "unstructured" | "variances";
  /** The column whose values place the rows of a person; null for iid. */
  readonly time: string | null;
  /** The waves to which `parameters` refer, where they refer to waves. */
  readonly waves: readonly number[] | null;
  readonly parameters: readonly number[];
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
}
