import { choleskyInto, solveCholeskyInto } from "../linalg/cholesky.ts";
import type { Random } from "../random/random.ts";

/**
 * A draw from the gamma distribution with the given shape (from 1 on) and scale 1.
 *
 * Marsaglia & Tsang (2000), ACM Trans. Math. Softw. 26(3), 363-372.
 */
function gammaDraw(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A draw from chi-square with `df` degrees of freedom. */
function chiSquareDraw(random: Random, df: number): number {
  if (df >= 2) return 2 * gammaDraw(random, df / 2);
  const z = random.normal();
  return z * z;
}

/** The numbers 0 to n - 1 in random order (Fisher-Yates). */
export function shuffled(random: Random, n: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const j = Math.floor(random.uniform() * (i + 1));
    order[i] = order[j];
    order[j] = i;
  }
  return order;
}

/** Coefficients and a draw of them from their posterior distribution. */
interface CoefficientDraw {
  readonly estimate: Float64Array;
  readonly drawn: Float64Array;
}

/** Adds `scale` times a draw from N(0, (L L')^-1) to a copy of `mean`. */
export function drawAround(
  mean: Float64Array,
  lower: Float64Array,
  scale: number,
  random: Random,
): Float64Array {
  const n = mean.length;
  const z = Float64Array.from(mean, () => random.normal());
  for (let i = n - 1; i >= 0; i--) {
    let sum = z[i];
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i] * z[k];
    z[i] = sum / lower[i * n + i];
  }
  return z.map((value, i) => mean[i] + scale * value);
}

/** Rows of a design, the columns used of each, and what they are to predict. */
export interface RegressionRows {
  /** Rows by `width` numbers. */
  readonly design: Float64Array;
  readonly width: number;
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** One for each of `rows`. */
  readonly outcome: Float64Array;
}

/** A share of every diagonal element of X'X is added to it, so that dependent columns do no harm (as in mice). */
const RIDGE = 1e-5;

/** The predicted value of each row. */
export function predictRows(
  { design, width, columns }: Pick<RegressionRows, "design" | "width" | "columns">,
  rows: Int32Array,
  coefficients: Float64Array,
): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i] * width;
    let sum = 0;
    for (let j = 0; j < columns.length; j++) sum += design[at + columns[j]] * coefficients[j];
    out[i] = sum;
  }
  return out;
}

/** Writes row `i` (or zeros past the last) into `x`, and returns its outcome. */
function gatherInto(
  x: Float64Array,
  { design, width, columns, rows, outcome }: RegressionRows,
  i: number,
): number {
  if (i >= rows.length) {
    x.fill(0);
    return 0;
  }
  const at = rows[i] * width;
  for (let j = 0; j < columns.length; j++) x[j] = design[at + columns[j]];
  return outcome[i];
}

/** X'X (lower triangle) and X'y, four rows at a time: memory, not arithmetic, is what takes the time. */
function crossProducts(data: RegressionRows): { readonly xx: Float64Array; readonly xy: Float64Array } {
  const p = data.columns.length;
  const xx = new Float64Array(p * p);
  const xy = new Float64Array(p);
  const [a, b, c, d] = Array.from({ length: 4 }, () => new Float64Array(p));
  for (let i = 0; i < data.rows.length; i += 4) {
    const ya = gatherInto(a, data, i);
    const yb = gatherInto(b, data, i + 1);
    const yc = gatherInto(c, data, i + 2);
    const yd = gatherInto(d, data, i + 3);
    for (let j = 0; j < p; j++) {
      const [va, vb, vc, vd] = [a[j], b[j], c[j], d[j]];
      const to = j * p;
      for (let k = 0; k <= j; k++) xx[to + k] += va * a[k] + vb * b[k] + vc * c[k] + vd * d[k];
      xy[j] += va * ya + vb * yb + vc * yc + vd * yd;
    }
  }
  for (let j = 0; j < p; j++) xx[j * p + j] += RIDGE * xx[j * p + j] + 1e-300;
  return { xx, xy };
}

/** A normal regression with its residual variance drawn, and coefficients drawn given it. */
export interface NormalDraw extends CoefficientDraw {
  /** Predicted value of each row at the estimate. */
  readonly fitted: Float64Array;
  readonly sigma: number;
}

/**
 * Least squares with a small ridge, and a draw from the posterior under a flat prior.
 *
 * Rubin (1987), Multiple Imputation for Nonresponse in Surveys, p. 167; van Buuren (2018), algorithm 3.1.
 */
export function drawNormal(rows: RegressionRows, random: Random): NormalDraw {
  const p = rows.columns.length;
  const { xx, xy } = crossProducts(rows);
  const lower = new Float64Array(p * p);
  // The ridge keeps X'X positive definite.
  choleskyInto(lower, xx, p);
  const estimate = xy;
  solveCholeskyInto(estimate, lower, p);
  const fitted = predictRows(rows, rows.rows, estimate);
  let rss = 0;
  for (let i = 0; i < fitted.length; i++) rss += (rows.outcome[i] - fitted[i]) ** 2;
  const df = Math.max(rows.rows.length - p, 1);
  const sigma = Math.sqrt(rss / chiSquareDraw(random, df));
  return { estimate, fitted, sigma, drawn: drawAround(estimate, lower, sigma, random) };
}
