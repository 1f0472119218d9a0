/**
 * The lower-triangular `L` with `L L' = F F'` and a non-negative diagonal, for a square factor `F`.
 *
 * Rotating the columns keeps small diagonal elements exact, where forming `F F'` would square them away.
 * A column whose diagonal element vanishes is wholly zero, so that each `F F'` has one `L`.
 * Golub & Van Loan (2013), Matrix Computations, 4th ed., section 5.2.5 (Givens rotations).
 */
export function lowerFactor(factor: Float64Array, n: number): Float64Array {
  const lower = Float64Array.from(factor);
  for (let row = 0; row < n; row++) {
    for (let column = row + 1; column < n; column++) rotateColumnsInto(lower, n, [row, row, column]);
  }
  for (let column = 0; column < n; column++) {
    if (Math.abs(lower[column * n + column]) > 1e-10 * rowNorm(lower, n, column)) continue;
    lower[column * n + column] = 0;
    for (let row = column + 1; row < n; row++) rotateColumnsInto(lower, n, [row, row, column]);
  }
  for (let column = 0; column < n; column++) {
    if (lower[column * n + column] >= 0) continue;
    for (let row = column; row < n; row++) lower[row * n + column] *= -1;
  }
  return lower;
}

function rowNorm(matrix: Float64Array, n: number, row: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += matrix[row * n + k] ** 2;
  return Math.sqrt(sum);
}

/** Rotates columns `keep` and `clear` of the matrix so that its element (row, clear) becomes zero. */
function rotateColumnsInto(
  matrix: Float64Array,
  n: number,
  [row, keep, clear]: readonly [number, number, number],
): void {
  const b = matrix[row * n + clear];
  if (b === 0) return;
  const a = matrix[row * n + keep];
  const radius = Math.hypot(a, b);
  const c = a / radius;
  const s = b / radius;
  for (let i = 0; i < n; i++) {
    const left = matrix[i * n + keep];
    const right = matrix[i * n + clear];
    matrix[i * n + keep] = c * left + s * right;
    matrix[i * n + clear] = c * right - s * left;
  }
  matrix[row * n + clear] = 0;
}
