import { choleskyInto, solveCholeskyInto } from "../../linalg/cholesky.ts";
import type { Family } from "./family.ts";
import type { RegressionRows } from "./setup.ts";

/** The weighted score equations of a generalised linear model at one point. */
interface GlmPoint {
  readonly b: Float64Array;
  readonly score: Float64Array;
  /** X' W X, p x p by rows. */
  readonly information: Float64Array;
  /** Sum of the weighted unit deviances. */
  readonly deviance: number;
}

export interface GlmSolution extends GlmPoint {
  readonly converged: boolean;
  /** The direction along which the likelihood rises for ever; null where a finite maximum exists. */
  readonly separation: Float64Array | null;
}

const MAX_ITERATIONS = 60;
// The linear predictor, in log odds (or SDs of the outcome), may still move by this much in the last step.
const TOLERANCE = 1e-8;
// Under separation each step moves some rows by about one log odds, and the others by e^-iterations.
const SEPARATION_AFTER = 18;

/** The linear predictor of row `i`. */
export function linearPredictor(x: Float64Array, b: Float64Array, i: number): number {
  const p = b.length;
  let eta = 0;
  for (let j = 0; j < p; j++) eta += x[i * p + j] * b[j];
  return eta;
}

/** Copies the lower triangle of a p x p matrix to its upper one. */
export function mirrorInto(matrix: Float64Array, p: number): void {
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) matrix[k * p + j] = matrix[j * p + k];
}

function evaluate(rows: RegressionRows, family: Family, b: Float64Array): GlmPoint {
  const { x, y, weights, nobs, p } = rows;
  const score = new Float64Array(p);
  const information = new Float64Array(p * p);
  let deviance = 0;
  for (let i = 0; i < nobs; i++) {
    const eta = linearPredictor(x, b, i);
    let residual = weights[i] * (y[i] - eta);
    let w = weights[i];
    if (family === "binomial") {
      // One exponential gives both probabilities and the deviance: this loop is where a fit spends its time.
      const odds = Math.exp(-Math.abs(eta));
      const likely = 1 / (1 + odds);
      const unlikely = odds * likely;
      residual = weights[i] * (y[i] - (eta >= 0 ? likely : unlikely));
      w *= likely * unlikely;
      deviance += 2 * weights[i] * (Math.max(0, y[i] === 1 ? -eta : eta) + Math.log1p(odds));
    } else {
      deviance += residual * (y[i] - eta);
    }
    for (let j = 0; j < p; j++) {
      const xj = x[i * p + j];
      score[j] += xj * residual;
      const wx = w * xj;
      for (let k = 0; k <= j; k++) information[j * p + k] += wx * x[i * p + k];
    }
  }
  mirrorInto(information, p);
  return { b, score, information, deviance };
}

function newtonStep({ score, information }: GlmPoint): Float64Array | null {
  const p = score.length;
  const lower = new Float64Array(p * p);
  if (!choleskyInto(lower, information, p)) return null;
  const step = Float64Array.from(score);
  solveCholeskyInto(step, lower, p);
  return step;
}

/** The point after a step, halved until the deviance does not rise. */
function advance(
  rows: RegressionRows,
  family: Family,
  from: GlmPoint,
  step: Float64Array,
): { readonly point: GlmPoint; readonly change: number } {
  let length = 1;
  for (let tries = 0; tries < 30; tries++, length /= 2) {
    const point = evaluate(
      rows,
      family,
      from.b.map((value, j) => value + length * step[j]),
    );
    if (point.deviance > from.deviance * (1 + 1e-12) + 1e-12) continue;
    return { point, change: length * largestShift(rows, step) };
  }
  return { point: from, change: 0 };
}

function largestShift({ x, nobs }: RegressionRows, step: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < nobs; i++) largest = Math.max(largest, Math.abs(linearPredictor(x, step, i)));
  return largest;
}

/**
 * True when moving along `direction` improves the fit of some rows and worsens that of none: then no finite
 * maximum exists (Albert & Anderson 1984, Biometrika 71, 1-10).
 */
function separates({ x, y, nobs }: RegressionRows, direction: Float64Array): boolean {
  let smallest = 0;
  let largest = 0;
  for (let i = 0; i < nobs; i++) {
    const gain = (2 * y[i] - 1) * linearPredictor(x, direction, i);
    smallest = Math.min(smallest, gain);
    largest = Math.max(largest, gain);
  }
  return largest > 0.1 && smallest > -1e-5 * largest;
}

/**
 * The maximum of the weighted likelihood by Newton's method, which is iteratively reweighted least squares for
 * a canonical link (McCullagh & Nelder 1989, section 2.5), or the direction in which there is none.
 */
export function solveGlm(rows: RegressionRows, family: Family): GlmSolution {
  let point = evaluate(rows, family, new Float64Array(rows.p));
  let last: Float64Array | null = null;
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    const step = newtonStep(point);
    if (step === null) break;
    last = step;
    if (family === "binomial" && iteration >= SEPARATION_AFTER && separates(rows, step)) {
      return { ...point, converged: false, separation: step };
    }
    const next = advance(rows, family, point, step);
    point = next.point;
    if (next.change < TOLERANCE) return { ...point, converged: true, separation: null };
  }
  const separated = family === "binomial" && last !== null && separates(rows, last);
  return { ...point, converged: false, separation: separated ? last : null };
}
