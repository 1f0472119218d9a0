import { choleskyInto } from "../../linalg/cholesky.ts";
import type { PatternMoments } from "./model.ts";

/** Each moment from all rows that have it. */
export interface AvailableCases {
  /** p x p: rows in which both variables are observed. */
  readonly count: Float64Array;
  readonly mean: Float64Array;
  /** p x p, about the means of all rows of each variable; need not be positive definite. */
  readonly covariance: Float64Array;
}

/** Counts, means and covariances of p variables, each from the rows that have what it needs. */
export function availableCases(patterns: readonly PatternMoments[], p: number): AvailableCases {
  const count = new Float64Array(p * p);
  const mean = new Float64Array(p);
  for (const { observed, count: n, mean: means } of patterns) {
    observed.forEach((i, a) => {
      mean[i] += n * means[a];
      for (const j of observed) count[i * p + j] += n;
    });
  }
  for (let i = 0; i < p; i++) mean[i] /= count[i * p + i];
  const covariance = new Float64Array(p * p);
  for (const { observed, count: n, mean: means, covariance: own } of patterns) {
    const k = observed.length;
    observed.forEach((i, a) => {
      observed.forEach((j, b) => {
        const products = own[a * k + b] + (means[a] - mean[i]) * (means[b] - mean[j]);
        covariance[i * p + j] += (n * products) / count[i * p + j];
      });
    });
  }
  return { count, mean, covariance };
}

/** The available-case mean and variance of each variable, and the rows that have it. */
export function marginalMoments(
  patterns: readonly PatternMoments[],
  p: number,
): { readonly count: Float64Array; readonly mean: Float64Array; readonly variance: Float64Array } {
  const { count, mean, covariance } = availableCases(patterns, p);
  const diagonal = (matrix: Float64Array) => Float64Array.from({ length: p }, (_, i) => matrix[i * (p + 1)]);
  return { count: diagonal(count), mean, variance: diagonal(covariance) };
}

/**
 * Whether a covariance matrix is singular, or nearly so, whatever the units of its variables.
 *
 * @param smallest  the least share of its standard deviation that each variable keeps given those before it.
 */
export function isSingular(covariance: Float64Array, p: number, smallest = 1e-6): boolean {
  const scaled = covariance.map((value, e) => {
    const [i, j] = [Math.floor(e / p), e % p];
    return value / Math.sqrt(covariance[i * p + i] * covariance[j * p + j]);
  });
  const lower = new Float64Array(p * p);
  if (!choleskyInto(lower, scaled, p)) return true;
  return Array.from({ length: p }, (_, i) => lower[i * (p + 1)]).some((pivot) => pivot < smallest);
}
