import {
  choleskyInto,
  inverseFromCholeskyInto,
  logDetFromCholesky,
  solveCholeskyInto,
} from "../../linalg/cholesky.ts";

/** What the likelihood of a series is computed from. */
export interface Series {
  readonly n: number;
  /** Coefficients. */
  readonly p: number;
  /** n x (p + 1) by rows in order of time: design, then outcome. */
  readonly rows: Float64Array;
  /** Distance from the previous row of the person; NaN at the first. */
  readonly distance: Float64Array;
  readonly reml: boolean;
  /** Whether the correlation may be negative: AR(1) on whole distances. */
  readonly signed: boolean;
}

/** The profiled likelihood at one value of the correlation. */
export interface SeriesState {
  /** -2 (restricted) log-likelihood, sigma profiled out. */
  readonly deviance: number;
  /** Its derivative by z. */
  readonly slope: number;
  readonly beta: Float64Array;
  /** (X' R^-1 X)^-1, p x p. */
  readonly inverse: Float64Array;
  /** Generalised residual sum of squares, and its derivative by z. */
  readonly rss: number;
  readonly rssSlope: number;
}

/** The correlation at distance 1: tanh z where it may be negative, else the logistic function of z. */
export function correlationAt(z: number, signed: boolean): number {
  return signed ? Math.tanh(z) : 1 / (1 + Math.exp(-z));
}

interface Pairs {
  readonly rho: Float64Array;
  /** 1 - rho^2, without cancellation near 1 where rho is a power of a positive number. */
  readonly rest: Float64Array;
  /** d rho / dz */
  readonly slope: Float64Array;
}

function pairs({ distance, signed, n }: Series, z: number): Pairs {
  const [rho, rest, slope] = [new Float64Array(n), new Float64Array(n).fill(1), new Float64Array(n)];
  const phi = correlationAt(z, signed);
  for (let i = 0; i < n; i++) {
    const d = distance[i];
    if (Number.isNaN(d)) continue;
    rho[i] = phi ** d;
    rest[i] = -Math.expm1(2 * d * Math.log(Math.abs(phi)));
    slope[i] = signed ? d * phi ** (d - 1) * (1 - phi * phi) : d * rho[i] * (1 - phi);
  }
  return { rho, rest, slope };
}

/** Rows with each person's dependence removed: (row - rho previous) / sqrt(1 - rho^2). */
function whiten({ rows, n, p }: Series, { rho, rest }: Pairs): Float64Array {
  const width = p + 1;
  const out = Float64Array.from(rows);
  for (let i = 0; i < n; i++) {
    if (rho[i] === 0) continue;
    const factor = 1 / Math.sqrt(rest[i]);
    for (let j = 0; j < width; j++) {
      out[i * width + j] = (rows[i * width + j] - rho[i] * rows[(i - 1) * width + j]) * factor;
    }
  }
  return out;
}

function normalEquations(white: Float64Array, n: number, p: number) {
  const width = p + 1;
  const xx = new Float64Array(p * p);
  const xy = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    const at = i * width;
    for (let j = 0; j < p; j++) {
      for (let k = 0; k <= j; k++) xx[j * p + k] += white[at + j] * white[at + k];
      xy[j] += white[at + j] * white[at + p];
    }
  }
  return { xx, xy };
}

function residuals(rows: Float64Array, beta: Float64Array, n: number, p: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = i * (p + 1);
    let value = rows[at + p];
    for (let j = 0; j < p; j++) value -= rows[at + j] * beta[j];
    out[i] = value;
  }
  return out;
}

/** tr(A^-1 dA/dz): each pair adds the derivative of its whitened row's quadratic form in A^-1. */
function traceSlope(series: Series, white: Float64Array, pair: Pairs, inverse: Float64Array): number {
  const { rows, n, p } = series;
  const width = p + 1;
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (pair.slope[i] === 0) continue;
    const root = Math.sqrt(pair.rest[i]);
    let [cross, own] = [0, 0];
    for (let j = 0; j < p; j++) {
      let projected = 0;
      for (let k = 0; k < p; k++) projected += inverse[j * p + k] * white[i * width + k];
      cross += rows[(i - 1) * width + j] * projected;
      own += white[i * width + j] * projected;
    }
    total += ((-2 * cross) / root + (2 * pair.rho[i] * own) / pair.rest[i]) * pair.slope[i];
  }
  return total;
}

/**
 * The profiled deviance of a regression with AR(1) or CAR(1) residuals and its derivative.
 *
 * Rows are whitened by the exact conditional distribution given the row before, so gaps and unequal distances
 * cost nothing: the correlation across a distance d is phi^d. Pinheiro & Bates (2000), section 5.3.
 */
export function seriesState(series: Series, z: number): SeriesState | null {
  const { n, p, reml } = series;
  const pair = pairs(series, z);
  const white = whiten(series, pair);
  const { xx, xy } = normalEquations(white, n, p);
  const lower = new Float64Array(p * p);
  if (!choleskyInto(lower, xx, p)) return null;
  const beta = xy;
  solveCholeskyInto(beta, lower, p);
  const inverse = new Float64Array(p * p);
  inverseFromCholeskyInto(inverse, lower, p);
  const whiteResiduals = residuals(white, beta, n, p);
  const raw = residuals(series.rows, beta, n, p);
  let [rss, logDet, rssSlope, logDetSlope] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = whiteResiduals[i];
    rss += w * w;
    if (pair.rest[i] === 1 && pair.slope[i] === 0) continue;
    logDet += Math.log(pair.rest[i]);
    logDetSlope += (-2 * pair.rho[i] * pair.slope[i]) / pair.rest[i];
    const root = Math.sqrt(pair.rest[i]);
    rssSlope += ((-2 * raw[i - 1] * w) / root + (2 * pair.rho[i] * w * w) / pair.rest[i]) * pair.slope[i];
  }
  const nu = reml ? n - p : n;
  const deviance =
    nu * (Math.log((2 * Math.PI * rss) / nu) + 1) + logDet + (reml ? logDetFromCholesky(lower, p) : 0);
  const slope = (nu * rssSlope) / rss + logDetSlope + (reml ? traceSlope(series, white, pair, inverse) : 0);
  return { deviance, slope, beta, inverse, rss, rssSlope };
}
