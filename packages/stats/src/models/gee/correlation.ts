import type { GeeSetup } from "./setup.ts";

/** Whose rows a correlation joins. */
export type CorrelatedRows = Pick<GeeSetup, "start" | "people" | "largest" | "time" | "pairs">;

/** Sums over the pairs of each class: w_j w_k r_j r_k, and w_j w_k; r are Pearson residuals. */
export interface PairSums {
  readonly products: Float64Array;
  readonly weights: Float64Array;
}

// A correlation nearer than this to the edge of what is possible makes the working covariance singular.
const EDGE = 1e-8;

/**
 * The correlations that the residuals give: means of products within each class, or for ar1 the root of
 * sum over distances of d alpha^(d-1) (products / phi - weights alpha^d), as geepack 1.3.9 has it
 * (Yan & Fine 2004, Stat. Med. 23, 859-874, with an identity link and independence of the pairs).
 */
export function estimateAlpha(
  setup: Pick<GeeSetup, "pairs">,
  type: string,
  sums: PairSums,
  phi: number,
): Float64Array {
  const { pairs } = setup;
  if (pairs.count === 0 || type === "independence") return new Float64Array(0);
  const means = sums.products.map((product, c) => product / (phi * sums.weights[c]));
  return type === "ar1" ? Float64Array.of(ar1Root(pairs.distance, means, sums.weights)) : means;
}

function ar1Start(distance: Float64Array, means: Float64Array): number {
  const nearest = distance.indexOf(distance.reduce((min, d) => Math.min(min, d), Number.POSITIVE_INFINITY));
  const mean = means[nearest];
  if (distance[nearest] % 2 === 1) return Math.sign(mean) * Math.abs(mean) ** (1 / distance[nearest]);
  return Math.max(mean, 1e-3) ** (1 / distance[nearest]);
}

/** Gauss-Newton steps of the weighted least squares of the mean products on alpha^distance. */
function ar1Root(distance: Float64Array, means: Float64Array, weights: Float64Array): number {
  let alpha = ar1Start(distance, means);
  for (let step = 0; step < 200; step++) {
    let gradient = 0;
    let curvature = 0;
    for (let c = 0; c < distance.length; c++) {
      const d = distance[c];
      const slope = d * alpha ** (d - 1);
      gradient += weights[c] * slope * (means[c] - alpha ** d);
      curvature += weights[c] * slope * slope;
    }
    const change = curvature > 0 ? gradient / curvature : 0;
    // A long step can leave (-1, 1), where high powers explode; half the way to the edge is enough.
    const next = alpha + change;
    const bounded = Math.abs(next) < 1 ? next : (alpha + Math.sign(next)) / 2;
    if (Math.abs(alpha) >= 1) return alpha;
    if (Math.abs(bounded - alpha) < 1e-14) return bounded;
    alpha = bounded;
  }
  return alpha;
}

/** Multiplies the rows of each person (`columns` numbers each) by a root of the inverse working correlation, in place. */
export type WhitenInto = (values: Float64Array, columns: number) => void;

/** The whitening of a working correlation at `alpha`, or null when no such correlation is possible. */
export function whitening(setup: CorrelatedRows, type: string, alpha: Float64Array): WhitenInto | null {
  if (alpha.length === 0) return () => undefined;
  if (type === "exchangeable") return exchangeable(setup, alpha[0]);
  return type === "ar1" ? autoregressive(setup, alpha[0]) : unstructured(setup, alpha);
}

/** R^(-1/2) keeps the deviations from the mean of a person and the mean apart, with their own eigenvalues. */
function exchangeable({ start, people, largest }: CorrelatedRows, alpha: number): WhitenInto | null {
  if (!(1 - alpha > EDGE) || !(1 + (largest - 1) * alpha > EDGE)) return null;
  const around = 1 / Math.sqrt(1 - alpha);
  return (values, m) => {
    const sums = new Float64Array(m);
    for (let k = 0; k < people; k++) {
      const [from, to] = [start[k] * m, start[k + 1] * m];
      const n = start[k + 1] - start[k];
      const mean = (1 / Math.sqrt(1 + (n - 1) * alpha) - around) / n;
      sums.fill(0);
      for (let e = from; e < to; ) for (let c = 0; c < m; c++) sums[c] += values[e++];
      for (let c = 0; c < m; c++) sums[c] *= mean;
      for (let e = from; e < to; e += m) {
        for (let c = 0; c < m; c++) values[e + c] = around * values[e + c] + sums[c];
      }
    }
  };
}

/** Each row less what the row before predicts: alpha^gap is a Markov correlation. */
function autoregressive({ start, people, time }: CorrelatedRows, alpha: number): WhitenInto | null {
  if (!(Math.abs(alpha) < 1 - EDGE) || time === null) return null;
  return (values, m) => {
    for (let k = 0; k < people; k++) {
      for (let i = start[k + 1] - 1; i > start[k]; i--) {
        const rho = alpha ** (time[i] - time[i - 1]);
        const scale = 1 / Math.sqrt(1 - rho * rho);
        for (let c = 0; c < m; c++) {
          values[i * m + c] = (values[i * m + c] - rho * values[(i - 1) * m + c]) * scale;
        }
      }
    }
  };
}

/** Forward substitution with the Cholesky factor of each person's correlations, one for each set of waves. */
function unstructured({ start, people, pairs }: CorrelatedRows, alpha: Float64Array): WhitenInto | null {
  const { sets, classOf } = pairs;
  if (sets === null || classOf === null) return null;
  const factors: Float64Array[] = [];
  for (const [set, size] of sets.sizes.entries()) {
    const factor = correlationFactor(classOf.subarray(sets.firstPair[set]), alpha, size);
    if (factor === null) return null;
    factors.push(factor);
  }
  return (values, m) => {
    for (let k = 0; k < people; k++) {
      solveLowerInto(values.subarray(start[k] * m, start[k + 1] * m), factors[sets.of[k]], m);
    }
  };
}

/** The lower Cholesky factor of a person's correlation matrix; null when it is not positive definite. */
function correlationFactor(classOf: Int32Array, alpha: Float64Array, n: number): Float64Array | null {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      // Pairs are numbered by their earlier row: those of rows before j come first.
      const place = j * n - (j * (j + 1)) / 2 + (i - j - 1);
      let sum = i === j ? 1 : alpha[classOf[place]];
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i === j && !(sum > EDGE)) return null;
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j];
    }
  }
  return lower;
}

function solveLowerInto(values: Float64Array, lower: Float64Array, m: number): void {
  const n = values.length / m;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      const factor = lower[i * n + k];
      for (let c = 0; c < m; c++) values[i * m + c] -= factor * values[k * m + c];
    }
    const scale = 1 / lower[i * n + i];
    for (let c = 0; c < m; c++) values[i * m + c] *= scale;
  }
}
