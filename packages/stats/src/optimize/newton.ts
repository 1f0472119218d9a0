import { dot } from "../linalg/dense.ts";
import { symmetricEigen } from "../linalg/symmetric-eigen.ts";

/** A function of `x` that returns its value and writes its gradient. */
export type DifferentiableFunction = (x: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** n x n by rows, from fourth-order differences of the gradient at `x`. */
  readonly hessian: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
}

interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

interface Direction {
  readonly step: Float64Array;
  /** Half the drop that the local quadratic model promises, with curvature taken as positive. */
  readonly decrement: number;
  /** A unit direction of clearly negative curvature, if there is one. */
  readonly saddle: Float64Array | null;
}

const MAX_ITERATIONS = 200;

function evaluate(f: DifferentiableFunction, x: Float64Array): Point {
  const gradient = new Float64Array(x.length);
  return { x, value: f(x, gradient), gradient };
}

function moved(x: Float64Array, direction: Float64Array, length: number): Float64Array {
  return x.map((value, i) => value + length * direction[i]);
}

function unit(n: number, i: number): Float64Array {
  const direction = new Float64Array(n);
  direction[i] = 1;
  return direction;
}

function symmetrize(matrix: Float64Array, n: number): Float64Array {
  return matrix.map((value, index) => (value + matrix[(index % n) * n + Math.floor(index / n)]) / 2);
}

/** Forward differences of the gradient: enough to steer by, at one evaluation for each parameter. */
function roughHessian(f: DifferentiableFunction, point: Point): Float64Array {
  const n = point.x.length;
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const h = 1e-6 * Math.max(1, Math.abs(point.x[i]));
    const { gradient } = evaluate(f, moved(point.x, unit(n, i), h));
    for (let j = 0; j < n; j++) hessian[i * n + j] = (gradient[j] - point.gradient[j]) / h;
  }
  return symmetrize(hessian, n);
}

/** The Hessian at `x` from fourth-order central differences of the gradient. */
function differenceHessian(f: DifferentiableFunction, x: Float64Array): Float64Array {
  const n = x.length;
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const h = 2e-3 * Math.max(0.1, Math.abs(x[i]));
    const at = (k: number) => evaluate(f, moved(x, unit(n, i), k * h)).gradient;
    const [far, near, nearBack, farBack] = [at(2), at(1), at(-1), at(-2)];
    for (let j = 0; j < n; j++) {
      hessian[i * n + j] = (8 * (near[j] - nearBack[j]) - (far[j] - farBack[j])) / (12 * h);
    }
  }
  return symmetrize(hessian, n);
}

/** Newton's step with every curvature made positive, so that saddles repel it (Dauphin et al. 2014). */
function newtonDirection(hessian: Float64Array, gradient: Float64Array): Direction {
  const n = gradient.length;
  const { values, vectors } = symmetricEigen(hessian, n);
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-300);
  const step = new Float64Array(n);
  let decrement = 0;
  let saddle: Float64Array | null = null;
  for (let j = 0; j < n; j++) {
    const vector = Float64Array.from({ length: n }, (_, i) => vectors[i * n + j]);
    const slope = vector.reduce((sum, value, i) => sum + value * gradient[i], 0);
    const curvature = Math.max(Math.abs(values[j]), 1e-9 * largest);
    for (let i = 0; i < n; i++) step[i] -= (slope / curvature) * vector[i];
    decrement += (slope * slope) / (2 * curvature);
    if (values[j] < -1e-6 * largest) saddle = vector;
  }
  return { step, decrement, saddle };
}

function capped(step: Float64Array, x: Float64Array): Float64Array {
  const length = Math.hypot(...step);
  const limit = 2 * Math.max(1, Math.hypot(...x));
  return length > limit ? step.map((value) => (value * limit) / length) : step;
}

/** Halves the step until the value falls by a share of what the slope promises (Armijo's rule). */
function descend(f: DifferentiableFunction, point: Point, step: Float64Array): Point | null {
  const slope = step.reduce((sum, value, i) => sum + value * point.gradient[i], 0);
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = evaluate(f, moved(point.x, step, length));
    if (next.value <= point.value + 1e-4 * length * slope) return next;
  }
  return null;
}

/** The lowest point on a few steps along a direction of negative curvature, or null if none is lower. */
function escapeSaddle(f: DifferentiableFunction, point: Point, direction: Float64Array): Point | null {
  let best: Point | null = null;
  for (const length of [0.03, 0.1, 0.3, 1, -0.03, -0.1, -0.3, -1]) {
    const next = evaluate(f, moved(point.x, direction, length));
    if (next.value < (best ?? point).value) best = next;
  }
  return best;
}

/** The secant update of Broyden, Fletcher, Goldfarb and Shanno, or null where the step saw no upward curvature. */
function updated(hessian: Float64Array, from: Point, to: Point): Float64Array | null {
  const n = from.x.length;
  const step = to.x.map((value, i) => value - from.x[i]);
  const change = to.gradient.map((value, i) => value - from.gradient[i]);
  const curved = step.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += hessian[i * n + j] * step[j];
    return sum;
  });
  const seen = dot(step, change);
  const held = dot(step, curved);
  // Far less curvature than the approximation holds means that the step crossed into another landscape.
  if (!(seen > 0.05 * Math.abs(held)) || !(held > 0)) return null;
  return hessian.map((value, e) => {
    const [i, j] = [Math.floor(e / n), e % n];
    return value + (change[i] * change[j]) / seen - (curved[i] * curved[j]) / held;
  });
}

interface Curvature {
  readonly hessian: Float64Array;
  /** True when it was differenced at the point, not carried along by secants. */
  readonly fresh: boolean;
}

function freshCurvature(f: DifferentiableFunction, point: Point): Curvature {
  return { hessian: roughHessian(f, point), fresh: true };
}

/** The curvature after a step: by its secant, or differenced anew where that says nothing. */
function carried(
  f: DifferentiableFunction,
  before: Curvature,
  [from, to]: readonly [Point, Point],
): Curvature {
  const hessian = updated(before.hessian, from, to);
  return hessian === null ? freshCurvature(f, to) : { hessian, fresh: false };
}

/**
 * The minimum of a smooth function near `start`, by Newton steps on a differenced Hessian that secants carry along.
 *
 * Stops when the drop promised by the Hessian at the point is below `max(1e-8, 2e-15 |value|)`, then takes one
 * more full step; leaves saddle points along negative curvature, because a variance component has one at zero
 * by symmetry. Nocedal & Wright (2006), Numerical Optimization, chapters 3 and 6.
 */
export function minimize(f: DifferentiableFunction, start: Float64Array): Minimum {
  let point = evaluate(f, Float64Array.from(start));
  let curvature = freshCurvature(f, point);
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    const direction = newtonDirection(curvature.hessian, point.gradient);
    const small = isSmall(direction, point);
    const { saddle } = direction;
    if (small && curvature.fresh && saddle === null) {
      return finish(f, evaluateIfLower(f, point, direction.step), { converged: true, iterations });
    }
    const next = small
      ? curvature.fresh && saddle !== null
        ? escapeSaddle(f, point, saddle)
        : null
      : descend(f, point, capped(direction.step, point.x));
    if (next === null && curvature.fresh) {
      return finish(f, point, { converged: direction.decrement < 1e-5, iterations });
    }
    // Nothing is decided on a Hessian that secants carried here: it is differenced first.
    curvature =
      next === null || small ? freshCurvature(f, next ?? point) : carried(f, curvature, [point, next]);
    point = next ?? point;
  }
  return finish(f, point, { converged: false, iterations: MAX_ITERATIONS });
}

function isSmall({ decrement }: Direction, { value }: Point): boolean {
  return decrement < Math.max(1e-8, 2e-15 * Math.abs(value));
}

/** The full step if the value does not rise by more than rounding, else where it was. */
function evaluateIfLower(f: DifferentiableFunction, point: Point, step: Float64Array): Point {
  const next = evaluate(f, moved(point.x, step, 1));
  return next.value <= point.value + 1e-12 * Math.abs(point.value) ? next : point;
}

interface EndState {
  readonly converged: boolean;
  readonly iterations: number;
}

function finish(f: DifferentiableFunction, point: Point, state: EndState): Minimum {
  const hessian = differenceHessian(f, point.x);
  const finite = Number.isFinite(point.value) && hessian.every(Number.isFinite);
  return { ...point, hessian, converged: state.converged && finite, iterations: state.iterations };
}
