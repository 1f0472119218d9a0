import { multiply, transpose } from "../../linalg/dense.ts";
import { invertGeneral } from "../../linalg/general-inverse.ts";
import type { Moments } from "./likelihood.ts";
import { type FreeCell, type GroupStructure, placeInto } from "./structure.ts";
import { meanIndex, momentCount } from "./vech.ts";

/** One group's matrices at one point: all t variables, observed first. */
export interface RamState {
  readonly t: number;
  /** B = (I - A)^-1. */
  readonly total: Float64Array;
  /** V = B S B'. */
  readonly covariance: Float64Array;
  /** B m. */
  readonly mean: Float64Array;
  /** S. */
  readonly residual: Float64Array;
}

/** The matrices at `theta`, or null where I - A has no inverse. */
export function ramState(group: GroupStructure, theta: Float64Array): RamState | null {
  const t = group.intercepts.length;
  const at = {
    paths: group.paths.slice(),
    covariances: group.covariances.slice(),
    intercepts: group.intercepts.slice(),
  };
  for (const cell of group.cells) placeInto(at, cell, theta[cell.free], t);
  const total = totalEffects(at.paths, group.order, t);
  if (total === null) return null;
  const size = { n: t, k: t, m: t };
  const covariance = multiply(multiply(total, at.covariances, size), transpose(total, t, t), size);
  const mean = multiply(total, at.intercepts, { n: t, k: t, m: 1 });
  return { t, total, covariance, mean, residual: at.covariances };
}

/**
 * (I - A)^-1: the effects along all paths.
 *
 * Without loops the rows follow from one another by sums alone, so that paths of any size keep their digits.
 */
function totalEffects(paths: Float64Array, order: Int32Array | null, t: number): Float64Array | null {
  if (order === null)
    return invertGeneral(
      paths.map((value, e) => (e % (t + 1) === 0 ? 1 - value : -value)),
      t,
    );
  const total = new Float64Array(t * t);
  for (const i of order) {
    total[i * t + i] = 1;
    for (let j = 0; j < t; j++) {
      const path = paths[i * t + j];
      if (path === 0) continue;
      for (let k = 0; k < t; k++) total[i * t + k] += path * total[j * t + k];
    }
  }
  return total;
}

/** The moments of the first p variables: the observed ones. */
export function observedMoments(state: RamState, p: number): Moments {
  const { t } = state;
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) covariance[i * p + j] = state.covariance[i * t + j];
  return { mean: state.mean.slice(0, p), covariance };
}

/** Adds `b v' + v b'` (halved on request) to the moments' derivative. */
function addOuter(row: Float64Array, b: Float64Array, v: Float64Array, factor: number): void {
  const p = b.length;
  for (let i = 0, a = 0; i < p; i++) {
    for (let j = 0; j <= i; j++, a++) row[a] += factor * (b[i] * v[j] + v[i] * b[j]);
  }
}

/** Column j of a t x t matrix at the first p rows. */
function columnOf(matrix: Float64Array, t: number, j: number, p: number): Float64Array {
  const out = new Float64Array(p);
  for (let i = 0; i < p; i++) out[i] = matrix[i * t + j];
  return out;
}

/**
 * The derivatives of the moments of the first p variables in the free parameters, nfree x K by rows.
 *
 * dSigma/dA_ij = b v' + v b' with b, v the columns i of B and j of V; dSigma/dS_ij = b_i b_j' + b_j b_i'.
 */
export function momentJacobian(
  group: GroupStructure,
  state: RamState,
  { p, nfree }: { readonly p: number; readonly nfree: number },
): Float64Array {
  const { t, total, covariance, mean } = state;
  const kk = momentCount(p);
  const jacobian = new Float64Array(nfree * kk);
  const columns = Array.from({ length: t }, (_, j) => columnOf(total, t, j, p));
  for (const { matrix, row, column, free } of group.cells) {
    const into = jacobian.subarray(free * kk, (free + 1) * kk);
    const b = columns[row];
    if (matrix === "covariances") addOuter(into, b, columns[column], row === column ? 0.5 : 1);
    if (matrix === "paths") addOuter(into, b, columnOf(covariance, t, column, p), 1);
    if (matrix === "covariances") continue;
    const factor = matrix === "paths" ? mean[column] : 1;
    for (let i = 0; i < p; i++) into[meanIndex(i, p)] += factor * b[i];
  }
  return jacobian;
}

/** What the second derivatives need: B, V, B'PV, B'PB, B'h and the means. */
interface Curvature {
  readonly t: number;
  readonly b: Float64Array;
  readonly v: Float64Array;
  readonly mean: Float64Array;
  readonly bpv: Float64Array;
  readonly bpb: Float64Array;
  readonly bh: Float64Array;
}

function pathPath(c: Curvature, x: FreeCell, y: FreeCell): number {
  const { t, b, v, mean, bpv, bpb, bh } = c;
  const [i, j, k, l] = [x.row, x.column, y.row, y.column];
  const bli = b[l * t + i];
  const bjk = b[j * t + k];
  const covariances = bli * bpv[k * t + j] + bpb[i * t + k] * v[l * t + j] + bpv[i * t + l] * bjk;
  return 2 * covariances + bli * bh[k] * mean[j] + bh[i] * bjk * mean[l];
}

function pathCovariance(c: Curvature, x: FreeCell, y: FreeCell): number {
  const { t, b, bpb } = c;
  const [i, j, k, l] = [x.row, x.column, y.row, y.column];
  const sum = b[j * t + k] * bpb[i * t + l] + b[j * t + l] * bpb[i * t + k];
  return k === l ? sum : 2 * sum;
}

function secondDerivative(c: Curvature, x: FreeCell, y: FreeCell): number {
  if (x.matrix !== "paths") return y.matrix === "paths" ? secondDerivative(c, y, x) : 0;
  if (y.matrix === "paths") return pathPath(c, x, y);
  if (y.matrix === "covariances") return pathCovariance(c, x, y);
  return c.b[x.column * c.t + y.row] * c.bh[x.row];
}

/** P (p x p in the corner of t x t) and h from the gradient in the moments: dl = tr(P dSigma) + h' dmu. */
function gradientMatrices(gradient: Float64Array, p: number, t: number) {
  const outer = new Float64Array(t * t);
  const h = new Float64Array(t);
  for (let i = 0, a = 0; i < p; i++) {
    for (let j = 0; j <= i; j++, a++) {
      outer[i * t + j] = i === j ? gradient[a] : gradient[a] / 2;
      outer[j * t + i] = outer[i * t + j];
    }
    h[i] = gradient[meanIndex(i, p)];
  }
  return { outer, h };
}

/**
 * Subtracts from `information` (nfree x nfree) what the curvature of the moments in the parameters adds to the
 * second derivatives of the log-likelihood, given its gradient in the moments.
 */
export function subtractCurvatureInto(
  information: Float64Array,
  group: GroupStructure,
  state: RamState,
  { gradient, p, nfree }: { readonly gradient: Float64Array; readonly p: number; readonly nfree: number },
): void {
  const { t, total: b, covariance: v, mean } = state;
  const size = { n: t, k: t, m: t };
  const { outer, h } = gradientMatrices(gradient, p, t);
  const transposed = transpose(b, t, t);
  const bp = multiply(transposed, outer, size);
  const curvature = {
    ...{ t, b, v, mean, bpv: multiply(bp, v, size), bpb: multiply(bp, b, size) },
    bh: multiply(transposed, h, { n: t, k: t, m: 1 }),
  };
  for (const x of group.cells) {
    for (const y of group.cells) {
      information[x.free * nfree + y.free] -= secondDerivative(curvature, x, y);
    }
  }
}
