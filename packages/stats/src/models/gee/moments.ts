import { multiply } from "../../linalg/dense.ts";
import { addRowProductsInto } from "../../linalg/row-products.ts";
import { mirrorInto } from "../glm/objective.ts";
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

/** The rows [x y], row after row. */
function rowsWithOutcome({ x, y, p, nobs }: GeeSetup["rows"]): Float64Array {
  const m = p + 1;
  const out = new Float64Array(nobs * m);
  for (let i = 0; i < nobs; i++) {
    for (let j = 0; j < p; j++) out[i * m + j] = x[i * p + j];
    out[i * m + p] = y[i];
  }
  return out;
}

/** The sum of each person's rows, people with as many rows one after the other. */
function sumsBySize(setup: GeeSetup, rows: Float64Array, m: number) {
  const { start, people, largest } = setup;
  const first = new Int32Array(largest + 2);
  for (let k = 0; k < people; k++) first[start[k + 1] - start[k] + 1]++;
  for (let n = 1; n < first.length; n++) first[n] += first[n - 1];
  const sums = new Float64Array(people * m);
  const next = Int32Array.from(first);
  for (let k = 0; k < people; k++) {
    const at = next[start[k + 1] - start[k]]++ * m;
    for (let i = start[k]; i < start[k + 1]; i++) {
      for (let a = 0; a < m; a++) sums[at + a] += rows[i * m + a];
    }
  }
  return { first, sums };
}

/** The moments from which a gaussian GEE with an exchangeable (or no) correlation and no weights follows. */
export function momentsOf(setup: GeeSetup): Moments {
  const { nobs, p } = setup.rows;
  const m = p + 1;
  const rows = rowsWithOutcome(setup.rows);
  const products = (of: Float64Array, from: number, to: number) => {
    const out = new Float64Array(m * m);
    addRowProductsInto(out, of, { width: m, stride: m, from, to });
    mirrorInto(out, m);
    return out;
  };
  const { first, sums } = sumsBySize(setup, rows, m);
  const bySize = new Map<number, Float64Array>();
  for (let n = 1; n <= setup.largest; n++) {
    if (first[n + 1] > first[n]) bySize.set(n, products(sums, first[n], first[n + 1]));
  }
  const { largest, pairs } = setup;
  return { total: products(rows, 0, nobs), bySize, nobs, npairs: pairs.count, largest };
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
