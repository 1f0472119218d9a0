import { identity } from "../../linalg/dense.ts";
import { availableCases, isSingular } from "./available-cases.ts";
import { expectationMaximization } from "./expectation-maximization.ts";
import { invertInformation } from "./information.ts";
import { type InformationKind, type Moments, momentLikelihood, momentLogLik } from "./likelihood.ts";
import type { PatternMoments, SemGroupData } from "./model.ts";
import type { SemPoint } from "./objective.ts";
import { type LikelihoodObjective, maximizeLikelihood } from "./optimum.ts";
import { meanIndex, momentCount, vechIndex } from "./vech.ts";

/** One group's means and covariances without any model. */
export interface Saturated {
  readonly moments: Moments;
  readonly logLik: number;
}

/** Beyond this many variables the information among all moments is too large to be worth Newton's steps. */
const NEWTON_UP_TO = 14;

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

/** Minus the variances apart: where the available-case covariances are no covariance matrix. */
function startMoments({ mean, covariance }: Moments, p: number): Moments {
  if (!isSingular(covariance, p)) return { mean, covariance };
  const unrelated = identity(p).map((value, e) => value * covariance[e]);
  return { mean, covariance: unrelated };
}

/** Newton's steps on all moments together. */
function byNewton(patterns: readonly PatternMoments[], start: Moments, p: number): Saturated | null {
  const objective: LikelihoodObjective = {
    logLik: (theta) => momentLogLik(patterns, momentsOf(theta, p)),
    point: (theta, kind: InformationKind): SemPoint | null => {
      const moments = momentsOf(theta, p);
      // On the way to a singular matrix the likelihood rises without end.
      const point = isSingular(moments.covariance, p) ? null : momentLikelihood(patterns, moments, kind);
      return point === null ? null : { theta, ...point };
    },
  };
  const optimum = maximizeLikelihood(objective, vectorOf(start));
  const determined = optimum.converged && invertInformation(optimum.observed, optimum.theta.length) !== null;
  return determined ? { moments: momentsOf(optimum.theta, p), logLik: optimum.logLik } : null;
}

/** What is known already: every model fitted to the same data is held against the same saturated one. */
const known = new WeakMap<SemGroupData, Saturated | null>();

/**
 * The largest likelihood that any means and covariances give one group's data.
 *
 * @returns null where the data do not determine them: a pair never observed together, or too few rows.
 */
export function saturatedLikelihood(group: SemGroupData, p: number): Saturated | null {
  const before = known.get(group);
  if (before !== undefined) return before;
  const saturated = maximizeSaturated(group, p);
  known.set(group, saturated);
  return saturated;
}

function maximizeSaturated({ patterns, nobs }: SemGroupData, p: number): Saturated | null {
  const available = availableCases(patterns, p);
  if (nobs <= p || available.count.some((count) => count === 0)) return null;
  const start = startMoments(available, p);
  return p <= NEWTON_UP_TO ? byNewton(patterns, start, p) : expectationMaximization(patterns, start, nobs);
}
