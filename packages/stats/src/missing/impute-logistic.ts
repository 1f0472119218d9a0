import { choleskyInto, solveCholeskyInto } from "../linalg/cholesky.ts";
import type { Random } from "../random/random.ts";
import { drawAround, predictRows, type RegressionRows } from "./impute-draws.ts";

/** Prior standard deviations of the intercept and of slopes of predictors with unit variance. */
const PRIOR = { intercept: 10, slope: 2.5 };
const MAX_STEPS = 25;

function probability(linear: number): number {
  return 1 / (1 + Math.exp(-linear));
}

/** Adds a Newton step's X'WX and X'(y - mu) of the rows to the prior's. */
function newtonParts(rows: RegressionRows, beta: Float64Array) {
  const { design, width, columns } = rows;
  const p = columns.length;
  const hessian = new Float64Array(p * p);
  const score = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    const precision = 1 / (columns[j] === 0 ? PRIOR.intercept : PRIOR.slope) ** 2;
    hessian[j * p + j] = precision;
    score[j] = -precision * beta[j];
  }
  const linear = predictRows(rows, rows.rows, beta);
  const x = new Float64Array(p);
  for (let i = 0; i < linear.length; i++) {
    const at = rows.rows[i] * width;
    for (let j = 0; j < p; j++) x[j] = design[at + columns[j]];
    const mean = probability(linear[i]);
    const weight = mean * (1 - mean);
    for (let j = 0; j < p; j++) {
      const weighted = weight * x[j];
      for (let k = 0; k <= j; k++) hessian[j * p + k] += weighted * x[k];
      score[j] += (rows.outcome[i] - mean) * x[j];
    }
  }
  return { hessian, score };
}

/**
 * Coefficients of a logistic regression drawn from the normal approximation of their posterior.
 *
 * A weak normal prior (SD 2.5 for slopes, 10 for the intercept) keeps separated data finite, as the added
 * observations of White, Daniel & Royston (2010), Comput. Stat. Data Anal. 54, 2267-2275, do.
 */
export function drawLogistic(rows: RegressionRows, random: Random): Float64Array {
  const p = rows.columns.length;
  const beta = new Float64Array(p);
  const lower = new Float64Array(p * p);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { hessian, score } = newtonParts(rows, beta);
    choleskyInto(lower, hessian, p);
    solveCholeskyInto(score, lower, p);
    // The prior makes the curvature positive everywhere; a step beyond 5 is Newton's overshoot on separated rows.
    const size = Math.max(...score.map(Math.abs));
    const factor = size > 5 ? 5 / size : 1;
    for (let j = 0; j < p; j++) beta[j] += factor * score[j];
    if (size < 1e-8) break;
  }
  return drawAround(beta, lower, 1, random);
}

/** Draws 0 or 1 for each row of `missing`. */
export function imputeLogistic(rows: RegressionRows, missing: Int32Array, random: Random): Float64Array {
  const drawn = drawLogistic(rows, random);
  return predictRows(rows, missing, drawn).map((linear) => (random.uniform() < probability(linear) ? 1 : 0));
}

function commonest(outcome: Float64Array, levels: number): number {
  const counts = new Int32Array(levels);
  for (const code of outcome) counts[code]++;
  return counts.indexOf(Math.max(...counts));
}

/**
 * Draws the code of a level for each row of `missing`: each level against the commonest by its own logistic
 * regression, which together estimate the multinomial logit.
 *
 * Begg & Gray (1984), Biometrika 71, 11-18 (individualized regressions).
 */
export function imputePolytomous(
  rows: RegressionRows,
  missing: Int32Array,
  levels: number,
  random: Random,
): Float64Array {
  const base = commonest(rows.outcome, levels);
  const linear: (Float64Array | null)[] = [];
  for (let level = 0; level < levels; level++) {
    const used = [...rows.rows.keys()].filter((i) => rows.outcome[i] === level || rows.outcome[i] === base);
    const seen = used.some((i) => rows.outcome[i] === level);
    if (level === base || !seen) {
      linear.push(level === base ? new Float64Array(missing.length) : null);
      continue;
    }
    const pair: RegressionRows = {
      ...rows,
      rows: Int32Array.from(used, (i) => rows.rows[i]),
      outcome: Float64Array.from(used, (i) => (rows.outcome[i] === level ? 1 : 0)),
    };
    linear.push(predictRows(rows, missing, drawLogistic(pair, random)));
  }
  return Float64Array.from(missing, (_, i) => drawLevel(linear, i, random.uniform()));
}

/** The level at which the cumulative probability passes `uniform`; levels never seen are null. */
function drawLevel(linear: readonly (Float64Array | null)[], i: number, uniform: number): number {
  const largest = linear.reduce((max, values) => Math.max(max, values?.[i] ?? -Infinity), -Infinity);
  const weights = linear.map((values) => (values === null ? 0 : Math.exp(values[i] - largest)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = uniform * total;
  let last = 0;
  for (let level = 0; level < weights.length; level++) {
    if (weights[level] === 0) continue;
    last = level;
    left -= weights[level];
    if (left < 0) break;
  }
  return last;
}
