import { sumOfProducts } from "../../panel/pattern-rows.ts";
import type { PanelSums } from "../../panel/sums.ts";
import type { PanelSetup, PatternDesign } from "../lmm/panel-setup.ts";
import { type CorrelatedRows, whitening } from "./correlation.ts";
import type { Equations } from "./equations.ts";
import type { ResolvedGeeOptions } from "./options.ts";
import { pairsOf } from "./pairs.ts";
import { checkTimes } from "./setup.ts";

/** For rows s and t of a pattern: the sum over its people of (x y)_s (x y)_t', m x m. */
type RowProducts = (s: number, t: number) => Float64Array;

/** A pattern as sums of products of its people's rows [x y]. */
export interface PatternProducts {
  readonly people: number;
  readonly size: number;
  readonly at: RowProducts;
}

/** The products of the rows of a pattern. */
export function productsOf({ pattern, rows }: PatternDesign): PatternProducts {
  const m = rows[0].length;
  const all = rows.map((left) =>
    rows.map((right) =>
      Float64Array.from({ length: m * m }, (_, e) =>
        sumOfProducts(pattern, left[Math.floor(e / m)], right[e % m]),
      ),
    ),
  );
  return { people: pattern.people, size: rows.length, at: (s, t) => all[s][t] };
}

/** One person of each pattern: all that a working correlation asks of rows. */
export function onePersonEach(
  { patterns }: PanelSetup,
  { plan }: PanelSums,
  options: ResolvedGeeOptions,
): CorrelatedRows {
  const sizes = patterns.map(({ rows }) => rows.length);
  const start = new Int32Array(sizes.length + 1);
  for (const [p, size] of sizes.entries()) start[p + 1] = start[p] + size;
  const needsTime = options.correlation === "ar1" || options.correlation === "unstructured";
  const times = patterns.flatMap(({ pattern }) => pattern.waves.map((wave) => plan.waves[wave]));
  const time = needsTime ? Float64Array.from(times) : null;
  if (time !== null) checkTimes(time, plan.time);
  const people = patterns.length;
  return {
    ...{ start, people, largest: Math.max(...sizes), time },
    pairs: pairsOf(options.correlation, { start, people, time }),
  };
}

/** The inverse working correlation of each pattern; null when `alpha` is no possible correlation. */
export function inverseCorrelations(
  one: CorrelatedRows,
  type: string,
  alpha: Float64Array,
): Float64Array[] | null {
  const whitenInto = whitening(one, type, alpha);
  if (whitenInto === null) return null;
  const { start, people, largest } = one;
  const rows = start[people];
  const values = new Float64Array(rows * largest);
  for (let k = 0; k < people; k++)
    for (let i = start[k]; i < start[k + 1]; i++) values[i * largest + i - start[k]] = 1;
  whitenInto(values, largest);
  return Array.from({ length: people }, (_, k) => {
    const n = start[k + 1] - start[k];
    const inverse = new Float64Array(n * n);
    for (let i = start[k]; i < start[k + 1]; i++)
      for (let s = 0; s < n; s++)
        for (let t = 0; t < n; t++) inverse[s * n + t] += values[i * largest + s] * values[i * largest + t];
    return inverse;
  });
}

/** (-b, 1). */
export function contrastOf(b: Float64Array): Float64Array {
  return Float64Array.from({ length: b.length + 1 }, (_, j) => (j === b.length ? 1 : -b[j]));
}

/** v'M w for an m x m matrix. */
export function bilinear(matrix: Float64Array, v: Float64Array, w: Float64Array): number {
  const m = v.length;
  let sum = 0;
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) sum += v[a] * matrix[a * m + b] * w[b];
  return sum;
}

/** The estimating equations of a gaussian outcome from the products of people's rows. */
export function summedEquations(
  one: CorrelatedRows,
  patterns: readonly PatternProducts[],
  { p, nobs, correlation }: { readonly p: number; readonly nobs: number; readonly correlation: string },
): Equations {
  const m = p + 1;
  return {
    score(b, alpha) {
      const inverses = inverseCorrelations(one, correlation, alpha);
      if (inverses === null) return null;
      const weighted = new Float64Array(m * m);
      for (const [k, { size, at }] of patterns.entries())
        for (let s = 0; s < size; s++)
          for (let t = 0; t < size; t++) {
            const [factor, products] = [inverses[k][s * size + t], at(s, t)];
            for (let e = 0; e < weighted.length; e++) weighted[e] += factor * products[e];
          }
      const contrast = contrastOf(b);
      const information = Float64Array.from(
        { length: p * p },
        (_, e) => weighted[Math.floor(e / p) * m + (e % p)],
      );
      const score = Float64Array.from({ length: p }, (_, j) =>
        contrast.reduce((sum, value, a) => sum + weighted[j * m + a] * value, 0),
      );
      return { information, score };
    },
    residuals(b) {
      const contrast = contrastOf(b);
      const { pairs } = one;
      const products = new Float64Array(pairs.classes);
      const weights = new Float64Array(pairs.classes);
      let [squares, pair] = [0, 0];
      for (const { people, size, at } of patterns) {
        for (let s = 0; s < size; s++) {
          squares += bilinear(at(s, s), contrast, contrast);
          for (let t = s + 1; t < size && pairs.classes > 0; t++) {
            const c = pairs.classOf === null ? 0 : pairs.classOf[pair++];
            products[c] += bilinear(at(s, t), contrast, contrast);
            weights[c] += people;
          }
        }
      }
      return { phi: squares / nobs, pairs: { products, weights } };
    },
  };
}

/** Adds `factor` times the rows of X in M c: sums of x_s and the residual of t. */
export function addTimes(
  out: Float64Array,
  matrix: Float64Array,
  contrast: Float64Array,
  factor: number,
): void {
  const m = contrast.length;
  for (let j = 0; j < out.length; j++)
    for (let k = 0; k < m; k++) out[j] += factor * matrix[j * m + k] * contrast[k];
}
