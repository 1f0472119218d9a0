/**
 * The inverse of a square n x n matrix, or null when it is singular to working precision.
 *
 * Gauss-Jordan elimination with row pivoting: Golub & Van Loan (2013), Matrix Computations, section 3.4.
 */
export function invertGeneral(matrix: Float64Array, n: number): Float64Array | null {
  const a = Float64Array.from(matrix);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  for (let column = 0; column < n; column++) {
    const pivot = largestBelow(a, n, column);
    const size = a[pivot * n + column];
    if (!(Math.abs(size) > 1e-14)) return null;
    swapRows(a, n, pivot, column);
    swapRows(out, n, pivot, column);
    for (let k = 0; k < n; k++) {
      a[column * n + k] /= size;
      out[column * n + k] /= size;
    }
    for (let row = 0; row < n; row++) {
      const factor = a[row * n + column];
      if (row === column || factor === 0) continue;
      for (let k = 0; k < n; k++) {
        a[row * n + k] -= factor * a[column * n + k];
        out[row * n + k] -= factor * out[column * n + k];
      }
    }
  }
  return out;
}

function largestBelow(a: Float64Array, n: number, column: number): number {
  let best = column;
  for (let row = column + 1; row < n; row++) {
    if (Math.abs(a[row * n + column]) > Math.abs(a[best * n + column])) best = row;
  }
  return best;
}

function swapRows(a: Float64Array, n: number, first: number, second: number): void {
  if (first === second) return;
  for (let k = 0; k < n; k++) {
    const kept = a[first * n + k];
    a[first * n + k] = a[second * n + k];
    a[second * n + k] = kept;
  }
}
