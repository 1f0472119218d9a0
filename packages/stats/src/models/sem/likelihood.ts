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

/** What a pattern adds its information with: W, N, the count, and where its moments stand among all K. */
interface PatternInformation {
  readonly places: Int32Array;
  readonly w: Float64Array;
  /** 2 W M W - W when information is observed, W itself when it is expected. */
  readonly n: Float64Array;
  readonly k: number;
  readonly kk: number;
  readonly count: number;
}

/**
 * Adds a pattern's information about the covariances to the lower triangle.
 *
 * The second differential is count/2 tr(W dS N dS), with N symmetrised against W.
 */
function addCovarianceInformation(information: Float64Array, pattern: PatternInformation): void {
  const { places, w, n, k, kk, count } = pattern;
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) {
      const into = places[a] * kk;
      const front = (count * (i === j ? 1 : 2)) / 4;
      for (let r = 0, b = 0; r <= i; r++) {
        const [wi, wj, ni, nj] = [w[i * k + r], w[j * k + r], n[i * k + r], n[j * k + r]];
        const last = r === i ? j : r;
        for (let s = 0; s <= last; s++, b++) {
          const is = i * k + s;
          const js = j * k + s;
          const sum = w[is] * nj + w[js] * ni + n[js] * wi + n[is] * wj;
          information[into + places[b]] += (r === s ? 0.5 : 1) * front * sum;
        }
      }
    }
  }
}

/** The same when N is W: half the products. */
function addExpectedInformation(information: Float64Array, pattern: PatternInformation): void {
  const { places, w, k, kk, count } = pattern;
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) {
      const into = places[a] * kk;
      const front = (count * (i === j ? 1 : 2)) / 2;
      for (let r = 0, b = 0; r <= i; r++) {
        const wi = front * w[i * k + r];
        const wj = front * w[j * k + r];
        const last = r === i ? j : r;
        for (let s = 0; s <= last; s++, b++) {
          const sum = w[i * k + s] * wj + w[j * k + s] * wi;
          information[into + places[b]] += r === s ? 0.5 * sum : sum;
        }
      }
    }
  }
}

/** Adds a pattern's information about the means to the lower triangle. */
function addMeanInformation(
  information: Float64Array,
  { places, w, k, kk, count }: PatternInformation,
): void {
  for (let r = 0; r < k; r++) {
    const into = places[meanIndex(r, k)] * kk;
    for (let s = 0; s <= r; s++) information[into + places[meanIndex(s, k)]] += count * w[r * k + s];
  }
}

/** Adds what means and covariances share in the observed information; it is zero in expectation. */
function addSharedInformation(information: Float64Array, pattern: PatternInformation, u: Float64Array): void {
  const { places, w, k, kk, count } = pattern;
  for (let r = 0; r < k; r++) {
    const into = places[meanIndex(r, k)] * kk;
    for (let i = 0, a = 0; i < k; i++) {
      for (let j = 0; j <= i; j++, a++) {
        const value = u[i] * w[j * k + r] + u[j] * w[i * k + r];
        information[into + places[a]] += count * (i === j ? 0.5 : 1) * value;
      }
    }
  }
}

function mirror(matrix: Float64Array, n: number): void {
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) matrix[b * n + a] = matrix[a * n + b];
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
    const own = { places, w, n, k, kk, count };
    if (kind === "expected") addExpectedInformation(information, own);
    else addCovarianceInformation(information, own);
    addMeanInformation(information, own);
    if (kind === "observed") addSharedInformation(information, own, u);
  }
  if (information !== null) mirror(information, kk);
  return { logLik, gradient, information };
}
