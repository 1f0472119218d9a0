import { availableCases, isSingular, marginalMoments } from "./available-cases.ts";
import { inverseAndLogDet } from "./likelihood.ts";
import type { PatternMoments, SemGroupData } from "./model.ts";

/**
 * The log-likelihood of one group when no variable is related to another, covariates apart.
 *
 * Each variable's rows are then a normal sample of their own.
 */
export function independenceLogLik(
  patterns: readonly PatternMoments[],
  others: readonly number[],
  p: number,
): number {
  const { count, variance } = marginalMoments(patterns, p);
  return others.reduce((sum, i) => sum - (count[i] / 2) * (Math.log(2 * Math.PI * variance[i]) + 1), 0);
}

/** The moments of covariates that every row has, and their own log-likelihood. */
export function covariateMoments(
  { patterns, nobs }: SemGroupData,
  covariates: readonly number[],
  p: number,
): { readonly mean: Float64Array; readonly covariance: Float64Array; readonly logLik: number } | null {
  const available = availableCases(patterns, p);
  const k = covariates.length;
  const mean = Float64Array.from(covariates, (i) => available.mean[i]);
  const covariance = new Float64Array(k * k);
  covariates.forEach((i, a) => {
    covariates.forEach((j, b) => {
      covariance[a * k + b] = available.covariance[i * p + j];
    });
  });
  if (k === 0) return { mean, covariance, logLik: 0 };
  const solved = isSingular(covariance, k) ? null : inverseAndLogDet(covariance, k);
  if (solved === null) return null;
  return { mean, covariance, logLik: (-nobs / 2) * (k * Math.log(2 * Math.PI) + solved.logDet + k) };
}
