import { choleskyInto, inverseFromCholeskyInto, logDetFromCholesky } from "../../linalg/cholesky.ts";
import type { PatternMoments } from "./model.ts";
import { meanIndex, momentCount, vechIndex } from "./vech.ts";

/** The moments that a model gives to p variables. */
export interface Moments {
  readonly mean: Float64Array;
  /** p x p. */
  readonly covariance: Float64Array;
}

/** The normal log-likelihood and its derivatives in the moments (see vech.ts for their order). */
export interface MomentLikelihood {
  readonly logLik: number;
  readonly gradient: Float64Array;
  /** K x K: minus the second derivatives, or their expectation. Null when not asked for. */
  readonly information: Float64Array | null;
}

export type InformationKind = "none" | "expected" | "observed";

/** What one pattern needs at one point: k x k inverse covariance and deviation of the means. */
interface PatternPoint {
  readonly inverse: Float64Array;
  readonly logDet: number;
  readonly deviation: Float64Array;
}

/** Elements of `matrix` (p x p) at the observed variables. */
export function submatrix(matrix: Float64Array, p: number, observed: Int32Array): Float64Array {
  const k = observed.length;
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) out[i * k + j] = matrix[observed[i] * p + observed[j]];
  return out;
}

/** The inverse of a covariance matrix and its log determinant, or null when it is not positive definite. */
export function inverseAndLogDet(
  covariance: Float64Array,
  k: number,
): { readonly inverse: Float64Array; readonly logDet: number } | null {
  const lower = new Float64Array(k * k);
  if (!choleskyInto(lower, covariance, k)) return null;
  const inverse = new Float64Array(k * k);
  inverseFromCholeskyInto(inverse, lower, k);
  return { inverse, logDet: logDetFromCholesky(lower, k) };
}

function patternPoint(pattern: PatternMoments, moments: Moments): PatternPoint | null {
  const { observed, mean } = pattern;
  const p = moments.mean.length;
  const solved = inverseAndLogDet(submatrix(moments.covariance, p, observed), observed.length);
  if (solved === null) return null;
  return { ...solved, deviation: mean.map((value, i) => value - moments.mean[observed[i]]) };
}

/** M = covariance + d d', the second moments about the model's means. */
function secondMoments({ covariance, observed }: PatternMoments, deviation: Float64Array): Float64Array {
  const k = observed.length;
  return covariance.map((value, e) => value + deviation[Math.floor(e / k)] * deviation[e % k]);
}

/** `W M W` for symmetric k x k matrices. */
function sandwich(w: Float64Array, m: Float64Array, k: number): Float64Array {
  const half = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let r = 0; r < k; r++) {
      const value = w[i * k + r];
      for (let j = 0; j < k; j++) half[i * k + j] += value * m[r * k + j];
    }
  }
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let r = 0; r < k; r++) sum += half[i * k + r] * w[j * k + r];
      out[i * k + j] = sum;
      out[j * k + i] = sum;
    }
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let e = 0; e < a.length; e++) sum += a[e] * b[e];
  return sum;
}

function timesVector(matrix: Float64Array, x: Float64Array): Float64Array {
  const k = x.length;
  const out = new Float64Array(k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) out[i] += matrix[i * k + j] * x[j];
  return out;
}

function patternLogLik(count: number, k: number, logDet: number, quadratic: number): number {
  return (-count / 2) * (k * Math.log(2 * Math.PI) + logDet + quadratic);
}

/** The log-likelihood alone, or -Infinity where a covariance matrix is not positive definite. */
export function momentLogLik(patterns: readonly PatternMoments[], moments: Moments): number {
  let logLik = 0;
  for (const pattern of patterns) {
    const point = patternPoint(pattern, moments);
    if (point === null) return Number.NEGATIVE_INFINITY;
    const quadratic = dot(point.inverse, secondMoments(pattern, point.deviation));
    logLik += patternLogLik(pattern.count, pattern.observed.length, point.logDet, quadratic);
  }
  return logLik;
}

/** The places of a pattern's moments among those of all p variables: its own vech, then its own means. */
export function momentPlaces(observed: Int32Array, p: number): Int32Array {
  const k = observed.length;
  const places = new Int32Array(momentCount(k));
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) places[a] = vechIndex(observed[i], observed[j]);
  }
  for (let i = 0; i < k; i++) places[meanIndex(i, k)] = meanIndex(observed[i], p);
  return places;
}

/**
 * Adds a pattern's information about the covariances.
 *
 * The second differential is n/2 tr(W dS N dS) with N = 2 W M W - W observed, and N = W expected.
 */
function addCovarianceInformation(
  information: Float64Array,
  places: Int32Array,
  { w, n, half, kk }: { w: Float64Array; n: Float64Array; half: number; kk: number },
): void {
  const k = Math.round(Math.sqrt(w.length));
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) {
      const into = places[a] * kk;
      const front = (half * (i === j ? 1 : 2)) / 8;
      for (let r = 0, b = 0; r <= i; r++) {
        for (let s = 0; s <= r && b <= a; s++, b++) {
          const [ir, is, jr, js] = [i * k + r, i * k + s, j * k + r, j * k + s];
          const sum = w[is] * n[jr] + w[js] * n[ir] + w[ir] * n[js] + w[jr] * n[is];
          const other = n[is] * w[jr] + n[js] * w[ir] + n[ir] * w[js] + n[jr] * w[is];
          const value = front * (r === s ? 1 : 2) * (sum + other);
          information[into + places[b]] += value;
          if (a !== b) information[places[b] * kk + places[a]] += value;
        }
      }
    }
  }
}

/** Adds a pattern's information about the means, and where observed that shared with the covariances. */
function addMeanInformation(
  information: Float64Array,
  places: Int32Array,
  { w, u, count, kk }: { w: Float64Array; u: Float64Array | null; count: number; kk: number },
): void {
  const k = Math.round(Math.sqrt(w.length));
  for (let r = 0; r < k; r++) {
    const place = places[meanIndex(r, k)];
    for (let s = 0; s < k; s++) information[place * kk + places[meanIndex(s, k)]] += count * w[r * k + s];
    if (u === null) continue;
    for (let i = 0, a = 0; i < k; i++) {
      for (let j = 0; j <= i; j++, a++) {
        const value = ((count * (i === j ? 1 : 2)) / 2) * (u[i] * w[j * k + r] + u[j] * w[i * k + r]);
        information[place * kk + places[a]] += value;
        information[places[a] * kk + place] += value;
      }
    }
  }
}

function addGradient(
  gradient: Float64Array,
  places: Int32Array,
  { w, wmw, u, count }: { w: Float64Array; wmw: Float64Array; u: Float64Array; count: number },
): void {
  const k = u.length;
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) {
      const e = i * k + j;
      gradient[places[a]] += count * (i === j ? 0.5 : 1) * (wmw[e] - w[e]);
    }
    gradient[places[meanIndex(i, k)]] += count * u[i];
  }
}

/**
 * The normal log-likelihood of rows with values missing at random, from the moments of each pattern.
 *
 * @returns null where a covariance matrix is not positive definite.
 * Little & Rubin (2019), Statistical Analysis with Missing Data, 3rd ed., section 11.2 (the likelihood by
 * patterns); Savalei (2010), Psychol. Methods 15, 352-367 (observed and expected information).
 */
export function momentLikelihood(
  patterns: readonly PatternMoments[],
  moments: Moments,
  kind: InformationKind,
): MomentLikelihood | null {
  const p = moments.mean.length;
  const kk = momentCount(p);
  const gradient = new Float64Array(kk);
  const information = kind === "none" ? null : new Float64Array(kk * kk);
  let logLik = 0;
  for (const pattern of patterns) {
    const { observed, count } = pattern;
    const k = observed.length;
    const point = patternPoint(pattern, moments);
    if (point === null) return null;
    const w = point.inverse;
    const m = secondMoments(pattern, point.deviation);
    const wmw = sandwich(w, m, k);
    const u = timesVector(w, point.deviation);
    const places = momentPlaces(observed, p);
    logLik += patternLogLik(count, k, point.logDet, dot(w, m));
    addGradient(gradient, places, { w, wmw, u, count });
    if (information === null) continue;
    const n = kind === "observed" ? wmw.map((value, e) => 2 * value - w[e]) : w;
    addCovarianceInformation(information, places, { w, n, half: count / 2, kk });
    addMeanInformation(information, places, { w, u: kind === "observed" ? u : null, count, kk });
  }
  return { logLik, gradient, information };
}
