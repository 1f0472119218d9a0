import { choleskyInto, solveCholeskyInto } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dense.ts";
import { type Minimum, minimize } from "../../optimize/newton.ts";

/** Returns the value and writes the gradient and, when asked, the outer products of the scores. */
export type ScoredFunction = (
  x: Float64Array,
  out: { readonly gradient: Float64Array; readonly products?: Float64Array },
) => number;

interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

function evaluate(f: ScoredFunction, x: Float64Array): Point {
  const gradient = new Float64Array(x.length);
  return { x, value: f(x, { gradient }), gradient };
}

/** `matrix^-1 gradient`, or null when the matrix is not positive definite. */
function solve(matrix: Float64Array, gradient: Float64Array): Float64Array | null {
  const n = gradient.length;
  const lower = new Float64Array(n * n);
  if (!choleskyInto(lower, matrix, n)) return null;
  const step = Float64Array.from(gradient);
  solveCholeskyInto(step, lower, n);
  return step;
}

/** Adds the curvature seen along the last step (the BFGS update; Nocedal & Wright 2006, equation 6.19). */
function updateInto(matrix: Float64Array, from: Point, to: Point): void {
  const n = from.x.length;
  const step = to.x.map((value, i) => value - from.x[i]);
  const change = to.gradient.map((value, i) => value - from.gradient[i]);
  const product = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) product[i] += matrix[i * n + j] * step[j];
  const seen = dot(step, change);
  const expected = dot(step, product);
  if (!(seen > 1e-8 * expected)) return;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      matrix[i * n + j] += (change[i] * change[j]) / seen - (product[i] * product[j]) / expected;
    }
  }
}

/** The Hessian from central differences of the gradient. */
function centralHessian(f: ScoredFunction, x: Float64Array): Float64Array {
  const n = x.length;
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const h = 3e-4 * Math.max(0.1, Math.abs(x[i]));
    const at = (length: number) =>
      evaluate(
        f,
        x.map((value, j) => (j === i ? value + length : value)),
      ).gradient;
    const [ahead, behind] = [at(h), at(-h)];
    for (let j = 0; j < n; j++) hessian[i * n + j] = (ahead[j] - behind[j]) / (2 * h);
  }
  return hessian.map((value, e) => (value + hessian[(e % n) * n + Math.floor(e / n)]) / 2);
}

const MAX_ITERATIONS = 60;
/** Half the drop that a Newton step promises, in log-likelihood, at which the search hands over to Newton. */
const NEAR = 1e-9;

/** Quasi-Newton steps from the information in the scores; null when they do not come near a minimum. */
function approach(f: ScoredFunction, start: Float64Array): Point | null {
  const n = start.length;
  const matrix = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  let point: Point = { x: start, value: f(start, { gradient, products: matrix }), gradient };
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const step = solve(matrix, point.gradient);
    if (step === null || !Number.isFinite(point.value)) return null;
    const slope = dot(step, point.gradient);
    if (slope / 2 < NEAR) return point;
    const next = descend(f, point, step, slope);
    if (next === null) return null;
    updateInto(matrix, point, next);
    point = next;
  }
  return null;
}

/** Halves the step until the value falls by a share of what the slope promises (Armijo's rule). */
function descend(f: ScoredFunction, point: Point, step: Float64Array, slope: number): Point | null {
  for (let length = 1; length > 1e-6; length /= 2) {
    const next = evaluate(
      f,
      point.x.map((value, i) => value - length * step[i]),
    );
    if (next.value <= point.value - 1e-4 * length * slope) return next;
  }
  return null;
}

/** Newton steps with the Hessian at `point`; null when that is not a minimum. */
function polish(f: ScoredFunction, point: Point): Omit<Minimum, "iterations"> | null {
  const hessian = centralHessian(f, point.x);
  let best = point;
  for (let iteration = 0; iteration < 4; iteration++) {
    const step = solve(hessian, best.gradient);
    if (step === null) return null;
    const decrement = dot(step, best.gradient) / 2;
    const next = evaluate(
      f,
      best.x.map((value, i) => value - step[i]),
    );
    // Rounding of the value, not a rise.
    if (!(next.value <= best.value + 1e-12 * Math.abs(best.value))) return null;
    best = next;
    if (decrement < 1e-11) return { ...best, hessian, converged: true };
  }
  return null;
}

/** A point near the minimum, good enough to start another search from; `start` itself where none is found. */
export function approachByScores(f: ScoredFunction, start: Float64Array): Float64Array {
  return approach(f, start)?.x ?? start;
}

/**
 * The minimum of minus a log-likelihood that is a sum over people, and its Hessian.
 *
 * The outer products of the scores stand for the information at the start (Berndt, Hall, Hall & Hausman 1974)
 * and BFGS updates improve them, at one evaluation a step; Newton's method finishes. Where that does not work
 * (few people, a saddle, a ridge), the thorough search of `minimize` takes over.
 */
export function minimizeByScores(f: ScoredFunction, start: Float64Array): Omit<Minimum, "iterations"> {
  const near = approach(f, start);
  const found = near === null ? null : polish(f, near);
  return found ?? minimize((x, gradient) => f(x, { gradient }), near?.x ?? start);
}
