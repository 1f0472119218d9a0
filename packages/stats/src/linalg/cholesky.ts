/** Matrices here are square, stored by rows in one Float64Array of length n * n. */

/**
 * Writes the lower Cholesky factor of the symmetric matrix `a` (lower triangle read) into `out`.
 *
 * @returns false when `a` is not positive definite; `out` is then unusable.
 */
export function choleskyInto(out: Float64Array, a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= out[i * n + k] * out[j * n + k];
      if (i === j) {
        if (!(sum > 0)) return false;
        out[i * n + i] = Math.sqrt(sum);
      } else {
        out[i * n + j] = sum / out[j * n + j];
        out[j * n + i] = 0;
      }
    }
  }
  return true;
}

/** Writes the inverse of `L L'` into `out`, given the lower factor `L`. */
export function inverseFromCholeskyInto(out: Float64Array, lower: Float64Array, n: number): void {
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    solveCholeskyInto(column, lower, n);
    for (let i = 0; i < n; i++) out[i * n + j] = column[i];
  }
}

/** Replaces `x` by the solution of `L L' z = x`, given the lower factor `L`. */
export function solveCholeskyInto(x: Float64Array, lower: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= lower[i * n + k] * x[k];
    x[i] = sum / lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i] * x[k];
    x[i] = sum / lower[i * n + i];
  }
}

/** The natural logarithm of the determinant of `L L'`. */
export function logDetFromCholesky(lower: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(lower[i * n + i]);
  return 2 * sum;
}

/**
 * The columns of a cross-product matrix that are not determined by earlier ones, in order.
 *
 * @param tolerance  a column is dependent when less than this share of its sum of squares is left after
 *   regression on the earlier independent ones.
 */
export function independentColumns(a: Float64Array, n: number, tolerance: number): number[] {
  const kept: number[] = [];
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    let left = a[i * n + i];
    for (let s = 0; s < kept.length; s++) {
      const j = kept[s];
      let sum = a[i * n + j];
      for (let k = 0; k < s; k++) sum -= factor[i * n + k] * factor[j * n + k];
      factor[i * n + s] = sum / factor[j * n + s];
      left -= factor[i * n + s] ** 2;
    }
    if (!(left > tolerance * a[i * n + i])) continue;
    factor[i * n + kept.length] = Math.sqrt(left);
    kept.push(i);
  }
  return kept;
}
