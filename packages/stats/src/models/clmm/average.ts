import { factorOf, thresholdsOf } from "./rebuild.ts";
import type { CategoricalFit } from "./result.ts";

/** Where a probability is asked for: fixed-effect columns and random-effect columns (0 where there is none). */
export interface Point {
  readonly x: ArrayLike<number>;
  readonly z: readonly [number, number];
}

/** A number and its standard error. */
export interface Averaged {
  readonly estimate: number;
  readonly stdError: number;
}

/** P(outcome <= k) averaged over the random effects, with derivatives. */
interface Cumulative {
  readonly probability: Float64Array;
  /** By the threshold less the fixed part. */
  readonly byLocation: Float64Array;
  /** By the standard deviation of the random part. */
  readonly byScale: Float64Array;
}

const REACH = 8.5;

/**
 * The mean of 1 / (1 + exp(-(location - sd U))) over a standard normal U, by the trapezoidal rule.
 *
 * Its error falls as exp(-2 pi^2 / (sd step)) (the poles of the logistic) and exp(-2 pi^2 / step^2): below 1e-15
 * at this step.
 */
export function averageLogistic(locations: Float64Array, sd: number): Cumulative {
  const n = locations.length;
  const probability = new Float64Array(n);
  const byLocation = new Float64Array(n);
  const byScale = new Float64Array(n);
  const half = sd === 0 ? 0 : Math.ceil(REACH / Math.min(0.5, 0.54 / sd));
  const step = half === 0 ? 0 : REACH / half;
  let total = 0;
  for (let k = -half; k <= half; k++) {
    const u = k * step;
    const weight = Math.exp((-u * u) / 2);
    total += weight;
    for (let j = 0; j < n; j++) {
      const value = 1 / (1 + Math.exp(sd * u - locations[j]));
      const density = value * (1 - value) * weight;
      probability[j] += weight * value;
      byLocation[j] += density;
      byScale[j] -= u * density;
    }
  }
  const scaled = (values: Float64Array) => values.map((value) => value / total);
  return { probability: scaled(probability), byLocation: scaled(byLocation), byScale: scaled(byScale) };
}

/** What several combinations of the cumulative probabilities at one point share. */
export interface PointAverages {
  readonly cumulative: Float64Array;
  /** One for each cumulative probability: by thresholds, fixed effects and theta, as in `vcovAll`. */
  readonly gradients: readonly Float64Array[];
}

/** The standard deviation of the random part at `z`, and its derivatives by theta. */
function randomScale(fit: CategoricalFit, z: readonly [number, number]): { sd: number; byTheta: number[] } {
  const [l11, l21, l22] = factorOf(fit);
  const along = [l11 * z[0] + l21 * z[1], l22 * z[1]];
  const sd = Math.hypot(along[0], along[1]);
  const by = (value: number) => (sd === 0 ? 0 : value / sd);
  const by11 = by(along[0] * z[0]);
  const by22 = by(along[1] * z[1]);
  if (fit.theta.length === 3) return { sd, byTheta: [by11, by(along[0] * z[1]), by22] };
  return { sd, byTheta: fit.theta.length === 2 ? [by11, by22] : fit.theta.map(() => by11) };
}

/** P(outcome <= k) for every k but the last, averaged over the random effects, with derivatives. */
export function averagesAt(fit: CategoricalFit, { x, z }: Point): PointAverages {
  const eta = fit.fixed.reduce((sum, row, j) => sum + row.estimate * x[j], 0);
  const { sd, byTheta } = randomScale(fit, z);
  const locations = thresholdsOf(fit).map((threshold) => threshold - eta);
  const { probability, byLocation, byScale } = averageLogistic(locations, sd);
  const t = fit.thresholds.length;
  const gradients = Array.from(probability, (_, k) => {
    const gradient = new Float64Array(fit.vcovAll.length);
    if (t > 0) gradient[k] = byLocation[k];
    fit.fixed.forEach((_, j) => {
      gradient[t + j] = -byLocation[k] * x[j];
    });
    byTheta.forEach((value, c) => {
      gradient[t + fit.fixed.length + c] = byScale[k] * value;
    });
    return gradient;
  });
  return { cumulative: probability, gradients };
}

/** `constant + sum of weights[k] P(outcome <= k)` with its delta-method standard error. */
export function combine(
  fit: CategoricalFit,
  { cumulative, gradients }: PointAverages,
  constant: number,
  weights: readonly number[],
): Averaged {
  let estimate = constant;
  const gradient = new Float64Array(fit.vcovAll.length);
  weights.forEach((weight, k) => {
    if (weight === 0) return;
    estimate += weight * cumulative[k];
    for (let i = 0; i < gradient.length; i++) gradient[i] += weight * gradients[k][i];
  });
  let variance = 0;
  for (let i = 0; i < gradient.length; i++) {
    if (gradient[i] === 0) continue;
    for (let j = 0; j < gradient.length; j++) variance += gradient[i] * gradient[j] * fit.vcovAll[i][j];
  }
  return { estimate, stdError: Math.sqrt(Math.max(0, variance)) };
}
