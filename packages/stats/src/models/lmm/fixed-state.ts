import { choleskyInto, inverseFromCholeskyInto, solveCholeskyInto } from "../../linalg/cholesky.ts";
import { packedLength } from "../../sums/grouped-sums.ts";

/** The fixed effects given the variances. Matrices are stored by rows. */
export interface FixedState {
  /** Packed m x m: A = sum of W'V^-1 W. */
  readonly a: Float64Array;
  /** p x p lower Cholesky factor of A_XX. */
  readonly chol: Float64Array;
  /** p x p: the inverse of A_XX. */
  readonly inverse: Float64Array;
  readonly beta: Float64Array;
  /** (-beta, 1), length m. */
  readonly c: Float64Array;
  rho2: number;
}

/** Buffers for m columns of [X y]. */
export function createFixedState(m: number): FixedState {
  const p = m - 1;
  return {
    a: new Float64Array(packedLength(m)),
    chol: new Float64Array(p * p),
    inverse: new Float64Array(p * p),
    beta: new Float64Array(p),
    c: new Float64Array(m),
    rho2: Number.NaN,
  };
}

/** Copies the first p rows and columns of a packed m x m matrix into a full one. */
export function unpackInto(out: Float64Array, packed: Float64Array, p: number, m: number): void {
  let at = 0;
  for (let j = 0; j < m; j++) {
    for (let k = j; k < m; k++, at++) {
      if (k >= p) continue;
      out[j * p + k] = packed[at];
      out[k * p + j] = packed[at];
    }
  }
}

/** Solves for beta and rho2 from A; returns false when A_XX is not positive definite. */
export function solveFixed(work: FixedState, m: number): boolean {
  const p = m - 1;
  const { a, chol, inverse, beta, c } = work;
  unpackInto(inverse, a, p, m);
  if (!choleskyInto(chol, inverse, p)) return false;
  // The last column of the packed triangle is X'V^-1 y, then y'V^-1 y.
  let at = m - 1;
  for (let j = 0; j < p; j++) {
    beta[j] = a[at];
    at += m - 1 - j;
  }
  const yy = a[at];
  const xy = Float64Array.from(beta);
  solveCholeskyInto(beta, chol, p);
  let explained = 0;
  for (let j = 0; j < p; j++) {
    explained += xy[j] * beta[j];
    c[j] = -beta[j];
  }
  c[p] = 1;
  work.rho2 = yy - explained;
  return work.rho2 > 0;
}

/** The weight of A in the gradient of the deviance: (nu / rho2) c c', plus A_XX^-1 under REML. */
export function devianceWeight(
  { nu, reml }: { readonly nu: number; readonly reml: boolean },
  work: FixedState,
): Float64Array {
  const m = work.c.length;
  const p = m - 1;
  const full = outerProduct(work.c, nu / work.rho2);
  if (!reml) return full;
  inverseFromCholeskyInto(work.inverse, work.chol, p);
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < p; k++) full[j * m + k] += work.inverse[j * p + k];
  }
  return full;
}

/** `factor c c'`. */
export function outerProduct(c: Float64Array, factor: number): Float64Array {
  const m = c.length;
  const full = new Float64Array(m * m);
  for (let j = 0; j < m; j++) {
    for (let k = 0; k < m; k++) full[j * m + k] = factor * c[j] * c[k];
  }
  return full;
}
