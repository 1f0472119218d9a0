import { multiply } from "../../../linalg/dense.ts";
import { packedLength } from "../../../sums/grouped-sums.ts";
import type { Pattern, PatternSums } from "../../../sums/pattern-sums.ts";
import type { Covariance, GradientAsked, MarginalCriterion, Slopes } from "./criterion.ts";
import { addContractionInto, covarianceDerivatives, inverseCovariance, type PersonRows } from "./dense.ts";

/** V^-1 of every pattern, and the sum of log|V| over its people. */
export interface PatternWork {
  readonly inverses: readonly Float64Array[];
  readonly logDet: number;
}

function rowsOf({ size, positions, random }: Pattern): PersonRows {
  return { n: size, positions, random };
}

/** Adds the sum over pairs of rows of weight[j][k] M_jk (packed m x m) times `factor`. */
function addMomentsInto(
  out: Float64Array,
  { size, moments }: Pattern,
  weight: Float64Array,
  factor: number,
): void {
  const packed = out.length;
  let at = 0;
  for (let j = 0; j < size; j++) {
    for (let k = j; k < size; k++) {
      const value = factor * weight[j * size + k];
      for (let e = 0; e < packed; e++) out[e] += value * moments[at + e];
      at += packed;
    }
  }
}

/** Evaluates V^-1 of every pattern and adds W'V^-1 W to the packed `a`; null where V is not positive definite. */
export function patternWork(
  { patterns }: PatternSums,
  covariance: Covariance,
  a: Float64Array,
): PatternWork | null {
  const inverses: Float64Array[] = [];
  let logDet = 0;
  for (const pattern of patterns) {
    const found = inverseCovariance(covariance, rowsOf(pattern));
    if (found === null) return null;
    inverses.push(found.inverse);
    logDet += pattern.people * found.logDet;
    addMomentsInto(a, pattern, found.inverse, 1);
  }
  return { inverses, logDet };
}

/** A symmetric m x m weight as a packed triangle whose inner product with a packed matrix is <weight, matrix>. */
function packedWeight(weight: Float64Array, m: number): Float64Array {
  const packed = new Float64Array(packedLength(m));
  let at = 0;
  for (let j = 0; j < m; j++) {
    for (let k = j; k < m; k++) packed[at++] = (j === k ? 1 : 2) * weight[j * m + k];
  }
  return packed;
}

/** H[j][k] = <weight, sum of w_j w_k'>, size x size. */
function contraction({ size, moments }: Pattern, packed: Float64Array): Float64Array {
  const h = new Float64Array(size * size);
  let at = 0;
  for (let j = 0; j < size; j++) {
    for (let k = j; k < size; k++) {
      let sum = 0;
      for (let e = 0; e < packed.length; e++) sum += packed[e] * moments[at + e];
      at += packed.length;
      h[j * size + k] = j === k ? sum : sum / 2;
      h[k * size + j] = h[j * size + k];
    }
  }
  return h;
}

/** P H P of n x n matrices. */
function sandwich(outer: Float64Array, inner: Float64Array, n: number): Float64Array {
  const shape = { n, k: n, m: n };
  return multiply(multiply(outer, inner, shape), outer, shape);
}

/** Adds the derivatives of <weight, A> and, when asked, of sum log|V|: <dV, N P - P H P>. */
export function addPatternGradientInto(slopes: Slopes, asked: GradientAsked): void {
  const { evaluation, weight, withLogDet } = asked;
  const { sums } = asked.criterion;
  const packed = packedWeight(weight, sums.m);
  sums.patterns.forEach((pattern, i) => {
    const inverse = evaluation.patterns.inverses[i];
    const q = sandwich(inverse, contraction(pattern, packed), pattern.size);
    const people = withLogDet ? pattern.people : 0;
    for (let e = 0; e < q.length; e++) q[e] = people * inverse[e] - q[e];
    addContractionInto(slopes, evaluation.covariance, rowsOf(pattern), q);
  });
}

/** Adds dA by every parameter, each packed m x m: -W' V^-1 dV V^-1 W. */
export function addPatternDerivativesInto(
  out: readonly Float64Array[],
  { sums, places, residual }: MarginalCriterion,
  covariance: Covariance,
  work: PatternWork,
): void {
  sums.patterns.forEach((pattern, i) => {
    const dV = covarianceDerivatives(covariance, rowsOf(pattern), places, residual.count);
    dV.forEach((matrix, k) => {
      addMomentsInto(out[k], pattern, sandwich(work.inverses[i], matrix, pattern.size), -1);
    });
  });
}
