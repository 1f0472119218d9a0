import { type Direction, dampedStep } from "./information.ts";
import type { InformationKind } from "./likelihood.ts";
import type { SemPoint } from "./objective.ts";

/** A log-likelihood to be made as large as possible. */
export interface LikelihoodObjective {
  /** -Infinity where it does not exist. */
  readonly logLik: (theta: Float64Array) => number;
  /** Null where it does not exist. */
  readonly point: (theta: Float64Array, kind: InformationKind) => SemPoint | null;
}

/** Where the search for the largest likelihood ended. */
export interface LikelihoodOptimum {
  readonly theta: Float64Array;
  readonly logLik: number;
  readonly gradient: Float64Array;
  /** Observed information, nfree x nfree. */
  readonly observed: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
  readonly gradientNorm: number;
}

const MAX_ITERATIONS = 300;
/** Once a step has promised less than this, Newton's steps on the observed information are tried first. */
const NEWTON_BELOW = 50;

function moved(theta: Float64Array, step: Float64Array, length: number): Float64Array {
  return theta.map((value, i) => value + length * step[i]);
}

/** The first of the steps 1, 1/2, 1/4, ... that raises the likelihood by a share of what it promises. */
function ascend(
  objective: LikelihoodObjective,
  point: SemPoint,
  { step, decrement }: Direction,
): Float64Array | null {
  for (let length = 1; length > 1e-9; length /= 2) {
    const theta = moved(point.theta, step, length);
    if (objective.logLik(theta) >= point.logLik + 1e-4 * length * decrement) return theta;
  }
  return null;
}

function negligible(decrement: number, logLik: number): boolean {
  return Math.abs(decrement) < Math.max(1e-10, 1e-14 * Math.abs(logLik));
}

interface Move {
  readonly theta: Float64Array;
  readonly done: boolean;
  /** What a full step promised: small values mean that the end is near. */
  readonly decrement: number;
  /** How much of the diagonal the next scoring step starts with; null before the first. */
  readonly damping: number | null;
}

/** Newton's move where the observed information allows one, else null. */
function newtonMove(objective: LikelihoodObjective, theta: Float64Array): Move | null {
  const point = objective.point(theta, "observed");
  if (point?.information == null) return null;
  const direction = dampedStep(point.information, point.gradient, 0);
  if (direction === null || direction.damping > 0) return null;
  const { decrement, step } = direction;
  if (negligible(decrement, point.logLik)) {
    // One more full step: sources whose sums differ in the last digits then agree.
    const last = moved(theta, step, 1);
    const allowed = point.logLik - 1e-11 * Math.abs(point.logLik);
    return { theta: objective.logLik(last) >= allowed ? last : theta, done: true, decrement, damping: 0 };
  }
  const next = ascend(objective, point, direction);
  return next === null ? null : { theta: next, done: false, decrement, damping: 0 };
}

/**
 * A move of Fisher scoring; the same parameters when no step helps.
 *
 * Far from the maximum the step is damped: directions of which little is known would otherwise be followed far,
 * into solutions with enormous variances that cancel each other.
 */
function scoringMove(objective: LikelihoodObjective, { theta, damping }: Move): Move {
  const stuck = { theta, done: true, decrement: 0, damping };
  const point = objective.point(theta, "expected");
  if (point?.information == null) return stuck;
  const full = dampedStep(point.information, point.gradient, 0);
  if (full === null || negligible(full.decrement, point.logLik)) return stuck;
  const first = damping ?? Math.min(1, full.decrement / Math.abs(point.logLik));
  for (let added = first < 1e-6 ? 0 : first; added < 1e8; added = Math.max(1e-4, added * 10)) {
    const direction = dampedStep(point.information, point.gradient, added);
    if (direction === null) return stuck;
    const next = moved(theta, direction.step, 1);
    if (objective.logLik(next) < point.logLik + 1e-4 * direction.decrement) continue;
    return { theta: next, done: false, decrement: full.decrement, damping: added / 10 };
  }
  return stuck;
}

/** The gradient in units of each parameter's standard error, the others fixed. */
function largestGradient(gradient: Float64Array, information: Float64Array): number {
  const n = gradient.length;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const scale = Math.sqrt(Math.abs(information[i * n + i])) || 1;
    largest = Math.max(largest, Math.abs(gradient[i]) / scale);
  }
  return largest;
}

/**
 * The parameters with the largest likelihood: Fisher scoring, then Newton steps on the observed information.
 *
 * @param start  where the likelihood exists.
 */
export function maximizeLikelihood(objective: LikelihoodObjective, start: Float64Array): LikelihoodOptimum {
  let move: Move = { theta: start, done: false, decrement: Number.POSITIVE_INFINITY, damping: null };
  let iterations = 0;
  for (; !move.done && iterations < MAX_ITERATIONS; iterations++) {
    const newton = move.decrement < NEWTON_BELOW ? newtonMove(objective, move.theta) : null;
    move = newton ?? scoringMove(objective, move);
  }
  const { theta, done } = move;
  const last = objective.point(theta, "observed");
  const n = start.length;
  const observed = last?.information ?? new Float64Array(n * n).fill(Number.NaN);
  const gradient = last?.gradient ?? new Float64Array(n).fill(Number.NaN);
  const gradientNorm = largestGradient(gradient, observed);
  return {
    ...{ theta, gradient, observed, iterations, gradientNorm },
    logLik: last?.logLik ?? Number.NEGATIVE_INFINITY,
    // A thousandth of a standard error is far below what is reported; steps end at about 1e-8.
    converged: done && gradientNorm < 1e-3,
  };
}
