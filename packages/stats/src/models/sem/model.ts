import type { Warning } from "../../warnings.ts";
import type { Matrix } from "../fit.ts";

/**
 * lavaan's operators: regression, covariance, intercept, loading.
 *
 * `latent =~ indicator` has the latent on the left; `outcome ~ predictor` has the outcome on the left;
 * `variable ~1` has the empty text on the right.
 */
export type SemOperator = "~" | "~~" | "~1" | "=~";

/** One row of the parameter table. */
export interface SemParameter {
  readonly lhs: string;
  readonly op: SemOperator;
  readonly rhs: string;
  /** Index into `SemModel.groups`. */
  readonly group: number;
  /** Index of the free parameter, null when fixed; rows with the same index are equal. */
  readonly free: number | null;
  /** The fixed value, or the start value of a free parameter (the first row with an index gives it). */
  readonly value: number;
}

/**
 * A linear mean and covariance structure, for each group; what no row names is zero.
 *
 * Free indices run from 0 without gaps. `~~` stands once for each pair. There is no default parameter:
 * variances and intercepts are written out, those of fixed covariates left out.
 */
export interface SemModel {
  readonly observed: readonly string[];
  readonly latent: readonly string[];
  /** At least one label; a single-group model has one, which may be empty. */
  readonly groups: readonly string[];
  readonly parameters: readonly SemParameter[];
  /**
   * Observed exogenous covariates, taken as fixed (lavaan's `fixed.x = TRUE`): rows that miss one are left out,
   * their moments are not parameters, and every likelihood is that of the other variables given them.
   */
  readonly fixedCovariates: readonly string[];
}

/** The moments of the rows that have the same variables observed. */
export interface PatternMoments {
  /** Indices into the model's observed variables, rising. */
  readonly observed: Int32Array;
  readonly count: number;
  /** One for each observed variable, in the data's units. */
  readonly mean: Float64Array;
  /** k x k, with divisor `count`. */
  readonly covariance: Float64Array;
}

/** One group of the data. */
export interface SemGroupData {
  readonly label: string;
  /** Rows with at least one variable observed and every fixed covariate. */
  readonly nobs: number;
  /** Rows with nothing observed besides fixed covariates. */
  readonly droppedEmpty: number;
  /** Rows that miss a fixed covariate. */
  readonly droppedCovariate: number;
  readonly patterns: readonly PatternMoments[];
}

/** One row for each person; NaN is a missing value. */
export interface SemRows {
  /** The names of the columns; the model's observed variables in its order. */
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Index into `labels` for each row; -1 leaves the row out. */
  readonly groups: Int32Array;
  readonly labels: readonly string[];
}

/** How standard errors are computed: from observed or expected information, or by the sandwich of both. */
export type SemStdErrors = "observed" | "expected" | "robust";

export interface SemOptions {
  readonly se: SemStdErrors;
  /** Coverage of intervals, a proportion. */
  readonly level: number;
  /** The rows behind the data, needed for robust standard errors unless `scores` are given. */
  readonly rows?: SemRows;
  /** Sums of the rows' scores at the estimates of this very fit, one for each group: a second reading. */
  readonly scores?: readonly GroupScores[];
}

/** The sums of products of the rows' scores in the moments, K x K each (see vech.ts for the order). */
export interface GroupScores {
  /** At the moments of the model. */
  readonly model: Float64Array;
  /** At the saturated moments; null where the data do not determine them. */
  readonly saturated: Float64Array | null;
}

/** The moments that the model implies in one group. */
export interface SemImplied {
  readonly group: string;
  /** Observed, then latent variables: the order of the two below. */
  readonly variables: readonly string[];
  readonly mean: readonly number[];
  readonly covariance: Matrix;
}

/** Why a solution is improper: reported, never clipped. */
export interface SemImproper {
  readonly group: string;
  readonly kind: "negative-variance" | "correlation-beyond-one" | "latent-covariance-not-positive-definite";
  /** The variable, or the pair of variables; empty for a whole matrix. */
  readonly variables: readonly string[];
  /** The variance, correlation or smallest eigenvalue found. */
  readonly value: number;
}

/** A fitted structure, as plain data. What cannot be computed is null, and a warning says why. */
export interface SemFit {
  readonly converged: boolean;
  readonly admissible: boolean;
  readonly improper: readonly SemImproper[];
  readonly iterations: number;
  /** The largest element of the gradient times that parameter's standard error, the others given. */
  readonly gradientNorm: number;
  /** Of the information matrix scaled to a unit diagonal; null when it is singular. */
  readonly conditionNumber: number | null;
  readonly se: SemStdErrors;
  readonly level: number;
  /** The free parameters, by index. */
  readonly estimates: readonly number[];
  /** Their standard errors, null when the solution has none to stand behind. */
  readonly stdErrors: readonly number[] | null;
  /** Their covariance, by index. */
  readonly vcov: Matrix | null;
  readonly nparameters: number;
  readonly logLik: number;
  readonly logLikSaturated: number | null;
  readonly chiSquare: number | null;
  readonly df: number;
  readonly pValue: number | null;
  /** Yuan and Bentler's scaled test as Mplus and lavaan's MLR give it; null unless `se` is robust. */
  readonly chiSquareScaled: number | null;
  readonly scalingFactor: number | null;
  readonly pValueScaled: number | null;
  /** Of the independence model: variances and means free. */
  readonly baselineChiSquare: number | null;
  readonly baselineDf: number;
  readonly cfi: number | null;
  readonly tli: number | null;
  readonly rmsea: number | null;
  /** 90 % interval, whatever `level`. */
  readonly rmseaLower: number | null;
  readonly rmseaUpper: number | null;
  readonly srmr: number | null;
  readonly aic: number;
  readonly bic: number;
  readonly nobs: number;
  readonly nobsByGroup: readonly number[];
  readonly patterns: number;
  readonly droppedEmpty: number;
  readonly droppedCovariate: number;
  /** One for each group. */
  readonly implied: readonly SemImplied[];
  readonly warnings: readonly Warning[];
}
