import { choleskyInto, inverseFromCholeskyInto } from "./cholesky.ts";

/** Small dense matrices, stored by rows in one Float64Array. */

/** `A B`, n x k times k x m. */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  { n, k, m }: { readonly n: number; readonly k: number; readonly m: number },
): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < k; r++) {
      const value = a[i * k + r];
      if (value === 0) continue;
      for (let j = 0; j < m; j++) out[i * m + j] += value * b[r * m + j];
    }
  }
  return out;
}

/** The inner product of two vectors, summed in their order. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The transpose of an n x m matrix. */
export function transpose(a: Float64Array, n: number, m: number): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j * n + i] = a[i * m + j];
  return out;
}

/** The n x n identity. */
export function identity(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  return out;
}

/** The inverse of a symmetric positive definite n x n matrix, or null when it is not positive definite. */
export function invertPositive(a: Float64Array, n: number): Float64Array | null {
  const lower = new Float64Array(n * n);
  if (!choleskyInto(lower, a, n)) return null;
  const out = new Float64Array(n * n);
  inverseFromCholeskyInto(out, lower, n);
  return out;
}

/** The rows of an n x m matrix as plain arrays. */
export function toRows(a: Float64Array, n: number, m: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from(a.subarray(i * m, (i + 1) * m)));
}

/** A matrix of plain rows in one array, by rows. */
export function fromRows(rows: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(rows.flat());
}

/** `L^-1 X` for a lower triangular n x n matrix and a matrix with n rows. */
export function solveLower(lower: Float64Array, x: Float64Array, n: number): Float64Array {
  const p = x.length / n;
  const out = Float64Array.from(x);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) {
      let sum = out[i * p + j];
      for (let k = 0; k < i; k++) sum -= lower[i * n + k] * out[k * p + j];
      out[i * p + j] = sum / lower[i * n + i];
    }
  }
  return out;
}

/** `L'^-1 X` for a lower triangular n x n matrix `L` and a matrix with n rows. */
export function solveUpper(lower: Float64Array, x: Float64Array, n: number): Float64Array {
  const p = x.length / n;
  const out = Float64Array.from(x);
  for (let j = 0; j < p; j++) {
    for (let i = n - 1; i >= 0; i--) {
      let sum = out[i * p + j];
      for (let k = i + 1; k < n; k++) sum -= lower[k * n + i] * out[k * p + j];
      out[i * p + j] = sum / lower[i * n + i];
    }
  }
  return out;
}
