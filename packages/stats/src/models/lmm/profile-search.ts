import { dot, invertPositive } from "../../linalg/dense.ts";
import { type DifferentiableFunction, minimize } from "../../optimize/newton.ts";

/** A lowest point with what the search for a neighbouring one can start from. */
export interface SearchState {
  readonly x: Float64Array;
  readonly value: number;
  /** Inverse Hessian, n x n by rows; null where the Hessian is not positive definite. */
  readonly inverse: Float64Array | null;
}

interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

const MAX_ITERATIONS = 40;
// In units of the deviance: far below what a bound depends on.
const DECREMENT = 1e-9;

function evaluate(f: DifferentiableFunction, x: Float64Array): Point {
  const gradient = new Float64Array(x.length);
  return { x, value: f(x, gradient), gradient };
}

function apply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, i) => dot(matrix.subarray(i * n, (i + 1) * n), vector));
}

/** The inverse Hessian after a step, by the BFGS formula; unchanged where the curvature along it is not positive. */
function updated(inverse: Float64Array, from: Point, to: Point): Float64Array {
  const n = from.x.length;
  const step = to.x.map((value, i) => value - from.x[i]);
  const change = to.gradient.map((value, i) => value - from.gradient[i]);
  const curvature = dot(step, change);
  if (!(curvature > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)))) return inverse;
  const hy = apply(inverse, change);
  const factor = (1 + dot(change, hy) / curvature) / curvature;
  return inverse.map((value, e) => {
    const [i, j] = [Math.floor(e / n), e % n];
    return value + factor * step[i] * step[j] - (hy[i] * step[j] + step[i] * hy[j]) / curvature;
  });
}

function descend(f: DifferentiableFunction, point: Point, step: Float64Array): Point | null {
  const slope = dot(step, point.gradient);
  for (let length = 1; length > 1e-6; length /= 2) {
    const next = evaluate(
      f,
      point.x.map((value, i) => value + length * step[i]),
    );
    if (next.value <= point.value + 1e-4 * length * slope) return next;
  }
  return null;
}

/** The lowest point near a known one by quasi-Newton steps, or null where they stall. */
function follow(f: DifferentiableFunction, from: SearchState): SearchState | null {
  if (from.inverse === null) return null;
  let point = evaluate(f, from.x);
  let { inverse } = from;
  if (!Number.isFinite(point.value)) return null;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const step = apply(inverse, point.gradient).map((value) => -value);
    const decrement = -dot(step, point.gradient) / 2;
    if (decrement < DECREMENT) return { x: point.x, value: point.value, inverse };
    const next = descend(f, point, step);
    if (next === null) return null;
    inverse = updated(inverse, point, next);
    point = next;
  }
  return null;
}

/**
 * The lowest point of a function near the lowest point of a neighbouring one.
 *
 * Quasi-Newton steps with the curvature carried over (Nocedal & Wright 2006, section 6.1); Newton steps where
 * these stall or where `symmetric` says that the point may be a saddle that only curvature tells from a minimum.
 */
export function searchNear(
  f: DifferentiableFunction,
  from: SearchState,
  symmetric: (x: Float64Array) => boolean,
): SearchState {
  const followed = follow(f, from);
  if (followed !== null && !symmetric(followed.x)) return followed;
  const { x, value, hessian } = minimize(f, followed?.x ?? from.x);
  return { x, value, inverse: invertPositive(hessian, x.length) };
}
