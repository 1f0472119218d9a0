import { choleskyInto, inverseFromCholeskyInto, solveCholeskyInto } from "../../linalg/cholesky.ts";

/** An information matrix turned round. */
export interface InvertedInformation {
  /** n x n. */
  readonly inverse: Float64Array;
  /** Largest over smallest eigenvalue of the matrix scaled to a unit diagonal. */
  readonly conditionNumber: number;
}

/** Beyond this the digits of a double no longer tell the parameters apart. */
const SINGULAR = 1e12;

function unitDiagonal(matrix: Float64Array, n: number): { scaled: Float64Array; scale: Float64Array } | null {
  const scale = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const diagonal = matrix[i * n + i];
    if (!(diagonal > 0 && diagonal < Number.POSITIVE_INFINITY)) return null;
    scale[i] = 1 / Math.sqrt(diagonal);
  }
  const scaled = matrix.map((value, e) => value * scale[Math.floor(e / n)] * scale[e % n]);
  return { scaled, scale };
}

/** The largest eigenvalue of a symmetric positive definite matrix, by power steps from a fixed start. */
function largestEigenvalue(matrix: Float64Array, n: number): number {
  let x = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 0.618) % 1));
  let value = 0;
  for (let step = 0; step < 200; step++) {
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) next[i] += matrix[i * n + j] * x[j];
    const norm = Math.hypot(...next);
    if (Math.abs(norm - value) <= 1e-4 * norm) return norm;
    value = norm;
    x = next.map((element) => element / norm);
  }
  return value;
}

/**
 * The inverse of an information matrix and its condition number, or null when it is singular or indefinite.
 *
 * It is scaled to a unit diagonal first, so that the units of the parameters do not matter.
 */
export function invertInformation(matrix: Float64Array, n: number): InvertedInformation | null {
  if (n === 0) return { inverse: new Float64Array(0), conditionNumber: 1 };
  const unit = unitDiagonal(matrix, n);
  const lower = new Float64Array(n * n);
  if (unit === null || !choleskyInto(lower, unit.scaled, n)) return null;
  const inverse = new Float64Array(n * n);
  inverseFromCholeskyInto(inverse, lower, n);
  const conditionNumber = largestEigenvalue(unit.scaled, n) * largestEigenvalue(inverse, n);
  if (!(conditionNumber < SINGULAR)) return null;
  const { scale } = unit;
  return { inverse: inverse.map((v, e) => v * scale[Math.floor(e / n)] * scale[e % n]), conditionNumber };
}

/** A step towards the maximum. */
export interface Direction {
  readonly step: Float64Array;
  /** Gradient times step: twice the gain that a quadratic likelihood would have. */
  readonly decrement: number;
  /** The share of the unit diagonal that was added. */
  readonly damping: number;
}

/**
 * The step that solves `matrix x = gradient`, with `damping` times its diagonal added, and more where that is
 * what makes it safely positive definite (Levenberg and Marquardt's rule).
 */
export function dampedStep(matrix: Float64Array, gradient: Float64Array, damping: number): Direction | null {
  const n = gradient.length;
  const unit = unitDiagonal(matrix, n);
  if (unit === null) return null;
  const lower = new Float64Array(n * n);
  for (let added = damping; added < 1e6; added = Math.max(1e-10, added * 10)) {
    const damped = unit.scaled.map((value, e) => (e % (n + 1) === 0 ? value + added : value));
    if (!choleskyInto(lower, damped, n) || smallestPivot(lower, n) < 1e-6) continue;
    const step = solved(lower, gradient, unit.scale);
    const decrement = step.reduce((sum, value, i) => sum + value * gradient[i], 0);
    return { step, decrement, damping: added };
  }
  return null;
}

function smallestPivot(lower: Float64Array, n: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) smallest = Math.min(smallest, lower[i * n + i]);
  return smallest;
}

function solved(lower: Float64Array, gradient: Float64Array, scale: Float64Array): Float64Array {
  const n = gradient.length;
  const x = gradient.map((value, i) => value * scale[i]);
  solveCholeskyInto(x, lower, n);
  return x.map((value, i) => value * scale[i]);
}
