import type { FitCommon, Matrix } from "../fit.ts";
import type { Family } from "../glm/family.ts";
import type { GeeStdError, WorkingCorrelationType } from "./options.ts";

/**
 * A fitted set of generalised estimating equations as plain data. There is no likelihood: `logLik`, `deviance`,
 * `aic` and `bic` are null. Numbers that do not exist are NaN, which JSON writes as null.
 */
export interface GeeFit extends FitCommon {
  readonly estimator: "gee";
  readonly family: Family;
  readonly correlation: WorkingCorrelationType;
  /** Which standard errors `fixed` and `vcov` hold. */
  readonly se: GeeStdError;
  /** Normal tests: a Wald chi-square of one degree is the square of `statistic`. */
  readonly dfMethod: "none";
  /** The correlations, in the order of `alphaTerms`; empty for independence. */
  readonly alpha: readonly number[];
  /** `alpha`, or the two waves of each correlation such as `1:2`. */
  readonly alphaTerms: readonly string[];
  readonly alphaStdError: readonly number[];
  /** The scale (phi): the mean squared Pearson residual. */
  readonly scale: number | null;
  readonly scaleStdError: number | null;
  /** Covariance of the coefficients if the working model holds. */
  readonly vcovModel: Matrix;
  /** The sandwich: holds whatever the correlation is, with many people. */
  readonly vcovRobust: Matrix;
  /** Null with weights, for which it is not defined. */
  readonly qic: number | null;
  readonly qicu: number | null;
  readonly quasiLik: number | null;
  /** The column of weights; null without one. */
  readonly weights: string | null;
  /** Rows of the person with fewest and with most. */
  readonly rowsPerPerson: { readonly fewest: number; readonly most: number };
}
