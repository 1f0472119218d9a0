import { choleskyInto } from "../../linalg/cholesky.ts";
import { identity } from "../../linalg/dense.ts";
import { invertInformation } from "./information.ts";
import {
  type InformationKind,
  inverseAndLogDet,
  type Moments,
  momentLikelihood,
  momentLogLik,
} from "./likelihood.ts";
import type { PatternMoments, SemGroupData } from "./model.ts";
import type { SemPoint } from "./objective.ts";
import { type LikelihoodObjective, maximizeLikelihood } from "./optimum.ts";
import { meanIndex, momentCount, vechIndex } from "./vech.ts";

/** One group's means and covariances without any model. */
export interface Saturated {
  readonly moments: Moments;
  readonly logLik: number;
}

/** Sums over the patterns in which variables i and j are both observed: rows, and available-case moments. */
function availableCases(patterns: readonly PatternMoments[], p: number) {
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

function momentsOf(theta: Float64Array, p: number): Moments {
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) covariance[i * p + j] = theta[vechIndex(i, j)];
  return { mean: theta.slice(meanIndex(0, p)), covariance };
}

function vectorOf({ mean, covariance }: Moments): Float64Array {
  const p = mean.length;
  const theta = new Float64Array(momentCount(p));
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) theta[vechIndex(i, j)] = covariance[i * p + j];
  theta.set(mean, meanIndex(0, p));
  return theta;
}

function isSingular(covariance: Float64Array, p: number): boolean {
  const scaled = covariance.map((value, e) => {
    const [i, j] = [Math.floor(e / p), e % p];
    return value / Math.sqrt(covariance[i * p + i] * covariance[j * p + j]);
  });
  const lower = new Float64Array(p * p);
  if (!choleskyInto(lower, scaled, p)) return true;
  return Array.from({ length: p }, (_, i) => lower[i * (p + 1)]).some((pivot) => pivot < 1e-6);
}

/** Minus the variances apart: where the available-case covariances are no covariance matrix. */
function startMoments({ mean, covariance }: Moments, p: number): Moments {
  if (!isSingular(covariance, p)) return { mean, covariance };
  const unrelated = identity(p).map((value, e) => value * covariance[e]);
  return { mean, covariance: unrelated };
}

/**
 * The largest likelihood that any means and covariances give one group's data.
 *
 * @returns null where the data do not determine them: a pair never observed together, or too few rows.
 */
export function saturatedLikelihood({ patterns, nobs }: SemGroupData, p: number): Saturated | null {
  const available = availableCases(patterns, p);
  if (nobs <= p || available.count.some((count) => count === 0)) return null;
  const objective: LikelihoodObjective = {
    logLik: (theta) => momentLogLik(patterns, momentsOf(theta, p)),
    point: (theta, kind: InformationKind): SemPoint | null => {
      const point = momentLikelihood(patterns, momentsOf(theta, p), kind);
      return point === null ? null : { theta, ...point };
    },
  };
  const optimum = maximizeLikelihood(objective, vectorOf(startMoments(available, p)));
  const moments = momentsOf(optimum.theta, p);
  const determined = optimum.converged && !isSingular(moments.covariance, p);
  if (!determined || invertInformation(optimum.observed, optimum.theta.length) === null) return null;
  return { moments, logLik: optimum.logLik };
}

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
