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

/** One pattern at one point, all k x k or k long; T is the inverse of the Cholesky factor of its covariance. */
interface PatternPoint {
  readonly logLik: number;
  /** T. */
  readonly factor: Float64Array;
  /** T M T', with M = covariance + d d' the second moments about the model's means: the identity if they agree. */
  readonly whitened: Float64Array;
  /** T d. */
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

/** The inverse of a lower triangular k x k matrix. */
function invertLower(lower: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    out[j * k + j] = 1 / lower[j * k + j];
    for (let i = j + 1; i < k; i++) {
      let sum = 0;
      for (let r = j; r < i; r++) sum += lower[i * k + r] * out[r * k + j];
      out[i * k + j] = -sum / lower[i * k + i];
    }
  }
  return out;
}

/** `T M T'` for lower triangular T, plus z z'. */
function whiten(t: Float64Array, m: Float64Array, z: Float64Array): Float64Array {
  const k = z.length;
  const half = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let r = 0; r <= i; r++) {
      const value = t[i * k + r];
      for (let j = 0; j < k; j++) half[i * k + j] += value * m[r * k + j];
    }
  }
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = z[i] * z[j];
      for (let r = 0; r <= j; r++) sum += half[i * k + r] * t[j * k + r];
      out[i * k + j] = sum;
      out[j * k + i] = sum;
    }
  }
  return out;
}

/** `T' T` for lower triangular T: the inverse covariance. */
function inverseOf(t: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let r = 0; r < k; r++) {
    for (let i = 0; i <= r; i++) {
      const value = t[r * k + i];
      for (let j = 0; j <= i; j++) out[i * k + j] += value * t[r * k + j];
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) out[j * k + i] = out[i * k + j];
  return out;
}

/** `T' (Z - I) T` for lower triangular T and symmetric Z. */
function unwhiten(t: Float64Array, z: Float64Array): Float64Array {
  const k = Math.round(Math.sqrt(t.length));
  const half = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let r = 0; r < k; r++) {
      const value = z[i * k + r] - (i === r ? 1 : 0);
      for (let j = 0; j <= r; j++) half[i * k + j] += value * t[r * k + j];
    }
  }
  const out = new Float64Array(k * k);
  for (let r = 0; r < k; r++) {
    for (let i = 0; i <= r; i++) {
      const value = t[r * k + i];
      for (let j = 0; j <= i; j++) out[i * k + j] += value * half[r * k + j];
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) out[j * k + i] = out[i * k + j];
  return out;
}

/**
 * A pattern's likelihood, whitened: products with the inverse covariance would lose twice the digits when
 * variables are nearly collinear.
 */
function patternPoint(pattern: PatternMoments, moments: Moments): PatternPoint | null {
  const { observed, mean, covariance, count } = pattern;
  const k = observed.length;
  const lower = new Float64Array(k * k);
  if (!choleskyInto(lower, submatrix(moments.covariance, moments.mean.length, observed), k)) return null;
  const factor = invertLower(lower, k);
  const deviation = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    for (let r = 0; r <= i; r++) deviation[i] += factor[i * k + r] * (mean[r] - moments.mean[observed[r]]);
  }
  const whitened = whiten(factor, covariance, deviation);
  let trace = 0;
  for (let i = 0; i < k; i++) trace += whitened[i * (k + 1)];
  const logLik = (-count / 2) * (k * Math.log(2 * Math.PI) + logDetFromCholesky(lower, k) + trace);
  return { logLik, factor, whitened, deviation };
}

/** `T' x` for lower triangular T. */
function transposedTimes(t: Float64Array, x: Float64Array): Float64Array {
  const k = x.length;
  const out = new Float64Array(k);
  for (let r = 0; r < k; r++) for (let i = 0; i <= r; i++) out[i] += t[r * k + i] * x[r];
  return out;
}

/** The log-likelihood alone, or -Infinity where a covariance matrix is not positive definite. */
export function momentLogLik(patterns: readonly PatternMoments[], moments: Moments): number {
  let logLik = 0;
  for (const pattern of patterns) {
    const point = patternPoint(pattern, moments);
    if (point === null) return Number.NEGATIVE_INFINITY;
    logLik += point.logLik;
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

/** Adds the gradient of a pattern: count/2 (W M W - W) for covariances and count u for means. */
function addGradient(
  gradient: Float64Array,
  places: Int32Array,
  { excess, u, count }: { readonly excess: Float64Array; readonly u: Float64Array; readonly count: number },
): void {
  const k = u.length;
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) {
      gradient[places[a]] += count * (i === j ? 0.5 : 1) * excess[i * k + j];
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
    const excess = unwhiten(point.factor, point.whitened);
    const u = transposedTimes(point.factor, point.deviation);
    const places = momentPlaces(observed, p);
    logLik += point.logLik;
    addGradient(gradient, places, { excess, u, count });
    if (information === null) continue;
    const w = inverseOf(point.factor, k);
    const n = kind === "observed" ? w.map((value, e) => 2 * excess[e] + value) : w;
    const own = { places, w, n, k, kk, count };
    if (kind === "expected") addExpectedInformation(information, own);
    else addCovarianceInformation(information, own);
    addMeanInformation(information, own);
    if (kind === "observed") addSharedInformation(information, own, u);
  }
  if (information !== null) mirror(information, kk);
  return { logLik, gradient, information };
}
