import type { Coefficient, FitCommon, Matrix, RandomBlock } from "../fit.ts";

/** What a cumulative and a binary mixed model have in common, as plain data. */
export interface CategoricalFit extends FitCommon {
  /** Points of the quadrature for each random effect; 1 is Laplace's approximation. */
  readonly nodes: number;
  /** The levels of the outcome that occur, in order; of two, the second is the event. */
  readonly levels: readonly string[];
  /** Levels that the outcome has but that no row used shows. */
  readonly emptyLevels: readonly string[];
  /** The thresholds between neighbouring levels, "1|2"; none in a binary model, which has an intercept. */
  readonly thresholds: readonly Coefficient[];
  /** On the latent logistic scale, whose residual variance is pi^2 / 3. */
  readonly random: readonly RandomBlock[];
  /** Standard errors of `random[...].stdDev`; null for one that is at its limit of 0. */
  readonly stdDevStdError: readonly (readonly (number | null)[])[];
  /** Cholesky factors of the covariances in `random`, column-wise, blocks concatenated. */
  readonly theta: readonly number[];
  /** Covariance of thresholds, fixed effects and theta, in this order. */
  readonly vcovAll: Matrix;
  /** The mean of each fixed effect's column, and of each random slope's, over the rows used. */
  readonly columnMeans: Readonly<Record<string, number>>;
  readonly singular: boolean;
  readonly logLik: number;
  readonly deviance: number;
  readonly aic: number;
  readonly bic: number;
}

/**
 * A fitted cumulative logit model, P(outcome <= k) = 1 / (1 + exp(-(threshold_k - eta))): a positive effect goes
 * with higher categories, as in R's `ordinal`. "clm" has no random effect.
 */
export interface ClmmFit extends CategoricalFit {
  readonly estimator: "clmm" | "clm";
}
