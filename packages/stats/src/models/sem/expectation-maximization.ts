import { multiply } from "../../linalg/dense.ts";
import { isSingular } from "./available-cases.ts";
import { type Moments, momentLikelihood, momentLogLik } from "./likelihood.ts";
import type { PatternMoments } from "./model.ts";
import { meanIndex, vechIndex } from "./vech.ts";

const MAX_CYCLES = 500;
/** Where the likelihood has no maximum the steps creep towards a singular matrix, and rounding stops them there. */
const SINGULAR = 1e-3;

/**
 * One step of expectation-maximisation, from the gradient: the new means are mu + Sigma g / n and the new
 * covariances Sigma + 2 Sigma G Sigma / n - d d', with d the change of the means and tr(G dSigma) + g'dmu the
 * change of the log-likelihood.
 */
function nextMoments(patterns: readonly PatternMoments[], moments: Moments, nobs: number): Moments | null {
  const point = momentLikelihood(patterns, moments, "none");
  if (point === null) return null;
  const { mean, covariance } = moments;
  const p = mean.length;
  const slope = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) slope[i * p + j] = point.gradient[vechIndex(i, j)] * (i === j ? 2 : 1);
  }
  const means = point.gradient.slice(meanIndex(0, p));
  const change = multiply(covariance, means, { n: p, k: p, m: 1 }).map((value) => value / nobs);
  const size = { n: p, k: p, m: p };
  const gain = multiply(multiply(covariance, slope, size), covariance, size);
  return {
    mean: mean.map((value, i) => value + change[i]),
    covariance: covariance.map((v, e) => v + gain[e] / nobs - change[Math.floor(e / p)] * change[e % p]),
  };
}

/** The point reached from three steps by extrapolation; differences are measured in standard deviations. */
function extrapolated(first: Moments, second: Moments, third: Moments): Moments {
  const p = first.mean.length;
  const sd = Array.from({ length: p }, (_, i) => Math.sqrt(first.covariance[i * (p + 1)]));
  let [step, bend] = [0, 0];
  const add = (a: number, b: number, c: number, unit: number) => {
    step += ((b - a) / unit) ** 2;
    bend += ((c - 2 * b + a) / unit) ** 2;
  };
  first.mean.forEach((a, i) => {
    add(a, second.mean[i], third.mean[i], sd[i]);
  });
  first.covariance.forEach((a, e) => {
    add(a, second.covariance[e], third.covariance[e], sd[Math.floor(e / p)] * sd[e % p]);
  });
  const length = bend > 0 ? Math.max(1, Math.sqrt(step / bend)) : 1;
  const along = (a: number, b: number, c: number) => a + 2 * length * (b - a) + length ** 2 * (c - 2 * b + a);
  return {
    mean: first.mean.map((a, i) => along(a, second.mean[i], third.mean[i])),
    covariance: first.covariance.map((a, e) => along(a, second.covariance[e], third.covariance[e])),
  };
}

/**
 * The largest likelihood of free means and covariances by expectation-maximisation with squared extrapolation.
 *
 * @returns null where the covariances become singular or the steps do not end.
 * Dempster, Laird & Rubin (1977), J. R. Stat. Soc. B 39, 1-38; Varadhan & Roland (2008), Scand. J. Stat. 35,
 * 335-353 (the extrapolation, scheme S3).
 */
export function expectationMaximization(
  patterns: readonly PatternMoments[],
  start: Moments,
  nobs: number,
): { readonly moments: Moments; readonly logLik: number } | null {
  const p = start.mean.length;
  let moments = start;
  let logLik = momentLogLik(patterns, start);
  for (let cycle = 0; cycle < MAX_CYCLES; cycle++) {
    const second = nextMoments(patterns, moments, nobs);
    const third = second === null ? null : nextMoments(patterns, second, nobs);
    if (second === null || third === null) return null;
    const far = extrapolated(moments, second, third);
    const steadied = nextMoments(patterns, far, nobs);
    const tried = steadied === null ? Number.NEGATIVE_INFINITY : momentLogLik(patterns, steadied);
    const plain = momentLogLik(patterns, third);
    const next = steadied !== null && tried >= plain ? steadied : third;
    const gain = Math.max(tried, plain) - logLik;
    moments = next;
    logLik += gain;
    if (isSingular(moments.covariance, p, SINGULAR)) return null;
    if (gain < 1e-12 * Math.abs(logLik)) return { moments, logLik };
  }
  return null;
}
