import { fromRows, multiply, toRows } from "../../linalg/dense.ts";
import type { Matrix } from "../fit.ts";

/**
 * Satterthwaite's degrees of freedom of any contrast under a cluster-robust covariance, as numbers of the fit.
 *
 * With a = `directions` c, the expectation of c'Vc under the working model is a' `expected` a, and half its
 * variance is the fourth-degree form `quartic` in a.
 */
export interface RobustContrastParts {
  /** p x p. */
  readonly directions: Matrix;
  /** p x p. */
  readonly expected: Matrix;
  /** Coefficients of a_i a_j a_k a_l, i <= j <= k <= l, the last index fastest. */
  readonly quartic: readonly number[];
}

/** The contribution of one cluster: the coefficients of quadratic forms in a, by rows p x p. */
export interface ClusterForms {
  /** G'VG with G = A V^-1 X. */
  readonly own: Float64Array;
  /** X'G. */
  readonly leverage: Float64Array;
}

/** What the degrees of freedom of one contrast need of all clusters: see `contrastDf`. */
export interface ContrastSums {
  expected: number;
  /** sum of k^2 - 2 k h'h. */
  diagonal: number;
  /** sum of h h', p x p. */
  readonly spread: Float64Array;
}

/** The sums of no cluster yet, for p fixed effects. */
export function contrastSums(p: number): ContrastSums {
  return { expected: 0, diagonal: 0, spread: new Float64Array(p * p) };
}

/** Adds a cluster with k = g'Vg and h = X'g, where g = A V^-1 X c. */
export function addToContrast(sums: ContrastSums, k: number, h: Float64Array): void {
  const p = h.length;
  let length = 0;
  for (let i = 0; i < p; i++) length += h[i] * h[i];
  sums.expected += k - length;
  sums.diagonal += k * (k - 2 * length);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sums.spread[i * p + j] += h[i] * h[j];
}

/**
 * Degrees of freedom 2 E^2 / Var of a contrast, in coordinates where the bread is the identity.
 *
 * The variance is 2 sum_ij (p_i' V p_j)^2 with p_i' V p_j = [i = j] g_i' V_i g_i - h_i' h_j, g = A V^-1 X c and
 * h = X'g: Pustejovsky & Tipton (2018), J. Bus. Econ. Stat. 36, 672-683, section 2.3, for working V.
 */
export function contrastDf({ expected, diagonal, spread }: ContrastSums): number {
  return expected ** 2 / (diagonal + spread.reduce((sum, value) => sum + value * value, 0));
}

function quadratic(matrix: Float64Array, a: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sum += a[i] * matrix[i * p + j] * a[j];
  return sum;
}

/** Adds clusters one by one to the degrees of freedom of some contrasts; `contrastDf` has the source. */
export function dfAdder(contrasts: readonly Float64Array[]): {
  add(forms: ClusterForms): void;
  dfs(): number[];
} {
  const all = contrasts.map((a) => ({ a, sums: contrastSums(a.length) }));
  return {
    add({ own, leverage }) {
      for (const { a, sums } of all) {
        const p = a.length;
        addToContrast(sums, quadratic(own, a, p), multiply(leverage, a, { n: p, k: p, m: 1 }));
      }
    },
    dfs: () => all.map(({ sums }) => contrastDf(sums)),
  };
}

/** Beyond this many fixed effects the quartic form is larger than a result should be. */
export const MAX_QUARTIC = 20;

/** Places of the pairs i <= j. */
function pairsOf(p: number): readonly (readonly [number, number])[] {
  return Array.from({ length: p }, (_, i) =>
    Array.from({ length: p - i }, (_, d) => [i, i + d] as const),
  ).flat();
}

/** Writes the coefficients of a_i a_j (i <= j) in a' M a. */
function pairCoefficientsInto(out: Float64Array, matrix: Float64Array, p: number): void {
  let next = 0;
  for (let i = 0; i < p; i++) {
    out[next++] = matrix[i * p + i];
    for (let j = i + 1; j < p; j++) out[next++] = matrix[i * p + j] + matrix[j * p + i];
  }
}

/** Adds `left right'` to the m x m matrix in `out`. */
function addOuterInto(out: Float64Array, left: Float64Array, right: Float64Array): void {
  const m = left.length;
  for (let i = 0; i < m; i++) {
    const value = left[i];
    if (value === 0) continue;
    const at = i * m;
    for (let j = 0; j < m; j++) out[at + j] += value * right[j];
  }
}

/** Adds each element (a <= b) of h h' as a quadratic form: a row of `spread` for each. */
function addSpreadInto(spread: Float64Array, leverage: Float64Array, p: number): void {
  let next = 0;
  for (let a = 0; a < p; a++) {
    for (let b = a; b < p; b++) {
      for (let i = 0; i < p; i++) {
        const first = leverage[a * p + i];
        const second = leverage[b * p + i];
        spread[next++] += first * second;
        for (let j = i + 1; j < p; j++) {
          spread[next++] += first * leverage[b * p + j] + second * leverage[a * p + j];
        }
      }
    }
  }
}

function gramInto(gram: Float64Array, leverage: Float64Array, p: number): void {
  gram.fill(0);
  for (let r = 0; r < p; r++) {
    for (let i = 0; i < p; i++) {
      const value = leverage[r * p + i];
      for (let j = 0; j < p; j++) gram[i * p + j] += value * leverage[r * p + j];
    }
  }
}

/** The place of a_i a_j a_k a_l among the sorted monomials. */
function monomialPlaces(p: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let i = 0; i < p; i++)
    for (let j = i; j < p; j++)
      for (let k = j; k < p; k++)
        for (let l = k; l < p; l++) places.set(((i * p + j) * p + k) * p + l, places.size);
  return places;
}

/** The coefficients by monomial of a form given by pairs of pairs. */
function foldQuartic(byPairs: Float64Array, p: number): number[] {
  const pairs = pairsOf(p);
  const places = monomialPlaces(p);
  const folded = new Array<number>(places.size).fill(0);
  pairs.forEach((left, row) => {
    pairs.forEach((right, column) => {
      const [i, j, k, l] = [...left, ...right].sort((a, b) => a - b);
      folded[places.get(((i * p + j) * p + k) * p + l) ?? 0] += byPairs[row * pairs.length + column];
    });
  });
  return folded;
}

/** Adds clusters one by one to the forms from which the degrees of freedom of any contrast follow. */
export interface ContrastAdder {
  add(forms: ClusterForms): void;
  parts(directions: Float64Array): RobustContrastParts;
}

/** The forms of no cluster yet, for p fixed effects. */
export function contrastAdder(p: number): ContrastAdder {
  const m = (p * (p + 1)) / 2;
  const byPairs = new Float64Array(m * m);
  const spread = new Float64Array(m * m);
  const expected = new Float64Array(p * p);
  const gram = new Float64Array(p * p);
  const k = new Float64Array(m);
  const rest = new Float64Array(m);
  return {
    add({ own, leverage }) {
      gramInto(gram, leverage, p);
      for (let e = 0; e < p * p; e++) expected[e] += own[e] - gram[e];
      pairCoefficientsInto(k, own, p);
      pairCoefficientsInto(rest, gram, p);
      for (let e = 0; e < m; e++) rest[e] = k[e] - 2 * rest[e];
      addOuterInto(byPairs, k, rest);
      addSpreadInto(spread, leverage, p);
    },
    parts(directions) {
      const whole = byPairs.slice();
      pairsOf(p).forEach(([a, b], row) => {
        const form = spread.subarray(row * m, (row + 1) * m);
        addOuterInto(
          whole,
          form,
          form.map((value) => (a === b ? value : 2 * value)),
        );
      });
      return {
        directions: toRows(directions, p, p),
        expected: toRows(expected, p, p),
        quartic: foldQuartic(whole, p),
      };
    },
  };
}

/** Satterthwaite's degrees of freedom of the contrast `l` of a robust fit. */
export function robustContrastDf(parts: RobustContrastParts, l: readonly number[]): number {
  const p = l.length;
  const a = multiply(fromRows(parts.directions), Float64Array.from(l), { n: p, k: p, m: 1 });
  const expected = quadratic(fromRows(parts.expected), a, p);
  let variance = 0;
  let next = 0;
  for (let i = 0; i < p; i++)
    for (let j = i; j < p; j++)
      for (let k = j; k < p; k++)
        for (let m = k; m < p; m++) variance += parts.quartic[next++] * a[i] * a[j] * a[k] * a[m];
  return (expected * expected) / variance;
}
