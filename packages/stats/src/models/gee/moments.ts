import { multiply } from "../../linalg/dense.ts";
import type { Equations } from "./equations.ts";
import type { GeeSetup } from "./setup.ts";

/** Cross-products of the rows [x y], and of the people's sums by the number of their rows. */
export interface Moments {
  /** m x m, m = p + 1. */
  readonly total: Float64Array;
  /** By number of rows n: the sum over people with n rows of (sum of their rows)(sum of their rows)'. */
  readonly bySize: ReadonlyMap<number, Float64Array>;
  readonly nobs: number;
  readonly npairs: number;
  readonly largest: number;
}

function addOuterInto(out: Float64Array, v: Float64Array): void {
  const m = v.length;
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) out[i * m + j] += v[i] * v[j];
}

/** The moments from which a gaussian GEE with an exchangeable (or no) correlation and no weights follows. */
export function momentsOf({ rows, start, people, largest, pairs }: GeeSetup): Moments {
  const { x, y, p, nobs } = rows;
  const m = p + 1;
  const total = new Float64Array(m * m);
  const bySize = new Map<number, Float64Array>();
  const row = new Float64Array(m);
  for (let k = 0; k < people; k++) {
    const n = start[k + 1] - start[k];
    const outer = bySize.get(n) ?? new Float64Array(m * m);
    bySize.set(n, outer);
    const sum = new Float64Array(m);
    for (let i = start[k]; i < start[k + 1]; i++) {
      for (let j = 0; j < p; j++) row[j] = x[i * p + j];
      row[p] = y[i];
      for (let a = 0; a < m; a++) {
        sum[a] += row[a];
        for (let c = 0; c <= a; c++) total[a * m + c] += row[a] * row[c];
      }
    }
    addOuterInto(outer, sum);
  }
  for (let a = 0; a < m; a++) for (let c = 0; c < a; c++) total[c * m + a] = total[a * m + c];
  return { total, bySize, nobs, npairs: pairs.count, largest };
}

/** R^-1 = (I - alpha / (1 + (n - 1) alpha) J) / (1 - alpha), so X'R^-1 X needs X'X and sums only. */
function weightedMoments({ total, bySize }: Moments, alpha: number): Float64Array {
  const out = total.map((value) => value / (1 - alpha));
  for (const [n, outer] of bySize) {
    const factor = alpha / ((1 + (n - 1) * alpha) * (1 - alpha));
    for (let e = 0; e < out.length; e++) out[e] -= factor * outer[e];
  }
  return out;
}

function quadratic(matrix: Float64Array, v: Float64Array): number {
  const m = v.length;
  const product = multiply(matrix, v, { n: m, k: m, m: 1 });
  return product.reduce((sum, value, i) => sum + value * v[i], 0);
}

/** The equations from moments alone: gaussian, independence or exchangeable, no weights. */
export function momentEquations(moments: Moments): Equations {
  const m = Math.round(Math.sqrt(moments.total.length));
  const p = m - 1;
  const contrastOf = (b: Float64Array) => Float64Array.from({ length: m }, (_, j) => (j === p ? 1 : -b[j]));
  return {
    score(b, alpha) {
      const a = alpha.length === 0 ? 0 : alpha[0];
      if (!(1 - a > 1e-8) || !(1 + (moments.largest - 1) * a > 1e-8)) return null;
      const weighted = weightedMoments(moments, a);
      const information = new Float64Array(p * p);
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) information[i * p + j] = weighted[i * m + j];
      const score = multiply(weighted, contrastOf(b), { n: m, k: m, m: 1 }).subarray(0, p);
      return { information, score };
    },
    residuals(b) {
      const v = contrastOf(b);
      const squares = quadratic(moments.total, v);
      let sums = 0;
      for (const outer of moments.bySize.values()) sums += quadratic(outer, v);
      const products = Float64Array.of((sums - squares) / 2);
      const pairs = { products, weights: Float64Array.of(moments.npairs) };
      return { phi: squares / moments.nobs, pairs };
    },
  };
}
