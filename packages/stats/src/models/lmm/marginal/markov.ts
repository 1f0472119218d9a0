import { choleskyInto, logDetFromCholesky } from "../../../linalg/cholesky.ts";
import { multiply, transpose } from "../../../linalg/dense.ts";
import type { ThetaPlaces } from "../objective.ts";
import type { Covariance, Slopes } from "./criterion.ts";
import type { PersonRows } from "./dense.ts";

/**
 * One person under a residual with a banded inverse: x'R^-1 y is a sum over neighbouring rows,
 *   x_1 y_1 + sum (x_j - f_j x_{j-1})(y_j - f_j y_{j-1}) / (1 - f_j^2),
 * f_j the correlation of neighbours, so that a series of any length costs a few operations for each row.
 * The random part comes in as V^-1 = R^-1 - R^-1 Z K Z'R^-1, K = Lambda (I + Lambda'G Lambda)^-1 Lambda', G = Z'R^-1 Z.
 */
export interface MarkovPerson {
  readonly kind: "markov";
  /** q x q. */
  readonly k: Float64Array;
  /** q x q: Z'R^-1 Z. */
  readonly gram: Float64Array;
  /** q x m: Z'R^-1 W. */
  readonly cross: Float64Array;
}

interface MarkovRows extends PersonRows {
  readonly columns: Float64Array;
  readonly m: number;
}

/** Correlations of neighbouring rows, from the second row on; the first is 0. */
function neighbours({ residual }: Covariance, { n, positions }: PersonRows): Float64Array {
  return Float64Array.from({ length: n }, (_, j) =>
    j === 0 ? 0 : residual.covariance(positions[j - 1], positions[j]),
  );
}

/** [Z W] with R^-1/2 applied: rows of unit variance, n x (q + m). */
function whitened(rows: MarkovRows, near: Float64Array, q: number): Float64Array {
  const { n, m, random, columns } = rows;
  const width = q + m;
  const out = new Float64Array(n * width);
  for (let j = 0; j < n; j++) {
    const f = near[j];
    const scale = 1 / Math.sqrt((1 - f) * (1 + f));
    for (let r = 0; r < q; r++) {
      const before = j === 0 ? 0 : random[(j - 1) * q + r];
      out[j * width + r] = (random[j * q + r] - f * before) * scale;
    }
    for (let c = 0; c < m; c++) {
      const before = j === 0 ? 0 : columns[(j - 1) * m + c];
      out[j * width + q + c] = (columns[j * m + c] - f * before) * scale;
    }
  }
  return out;
}

/** K of one Gram matrix and log|I + Psi G|; null where it is not positive definite. */
function kernel(
  lambda: Float64Array,
  gram: Float64Array,
  q: number,
): { k: Float64Array; logDet: number } | null {
  const shape = { n: q, k: q, m: q };
  const turned = transpose(lambda, q, q);
  const s = multiply(turned, multiply(gram, lambda, shape), shape);
  for (let i = 0; i < q; i++) s[i * q + i] += 1;
  const c = new Float64Array(q * q);
  if (!choleskyInto(c, s, q)) return null;
  const h = new Float64Array(q * q);
  for (let j = 0; j < q; j++) {
    for (let i = 0; i < q; i++) {
      let sum = turned[i * q + j];
      for (let t = 0; t < i; t++) sum -= c[i * q + t] * h[t * q + j];
      h[i * q + j] = sum / c[i * q + i];
    }
  }
  return { k: multiply(transpose(h, q, q), h, shape), logDet: logDetFromCholesky(c, q) };
}

function addPackedInto(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  [at, m, factor]: readonly [number, number, number],
): void {
  let e = 0;
  for (let c = 0; c < m; c++) {
    const value = factor * left[at + c];
    for (let d = c; d < m; d++) out[e++] += value * right[at + d];
  }
}

/** Evaluates one person and adds W'V^-1 W to the packed `a`. */
export function markovPerson(
  covariance: Covariance,
  rows: MarkovRows,
  a: Float64Array,
): { readonly work: MarkovPerson; readonly logDet: number } | null {
  const { n, m } = rows;
  const { q, lambda } = covariance;
  const near = neighbours(covariance, rows);
  const width = q + m;
  const white = whitened(rows, near, q);
  const gram = new Float64Array(q * q);
  const cross = new Float64Array(q * m);
  let logDet = 0;
  for (let j = 0; j < n; j++) {
    logDet += Math.log((1 - near[j]) * (1 + near[j]));
    const row = white.subarray(j * width, (j + 1) * width);
    for (let r = 0; r < q; r++) {
      for (let s = 0; s < q; s++) gram[r * q + s] += row[r] * row[s];
      for (let c = 0; c < m; c++) cross[r * m + c] += row[r] * row[q + c];
    }
    addPackedInto(a, white, white, [j * width + q, m, 1]);
  }
  const found = kernel(lambda, gram, q);
  if (found === null || !Number.isFinite(logDet)) return null;
  const weighted = multiply(found.k, cross, { n: q, k: q, m });
  for (let r = 0; r < q; r++) addPackedInto(a, cross, weighted, [r * m, m, -1]);
  return { work: { kind: "markov", k: found.k, gram, cross }, logDet: logDet + found.logDet };
}

/** S = W - Z K U: what the random effects leave of every column, n x m; V^-1 W = R^-1 S. */
function withoutRandom(
  { n, m, random, columns }: MarkovRows,
  { k, cross }: MarkovPerson,
  q: number,
): Float64Array {
  const effects = multiply(k, cross, { n: q, k: q, m });
  const fitted = multiply(random, effects, { n, k: q, m });
  return columns.map((value, e) => value - fitted[e]);
}

/** B' = I - G K, q x q. */
function shrinkage({ gram, k }: MarkovPerson, q: number): Float64Array {
  const out = multiply(gram, k, { n: q, k: q, m: q });
  for (let e = 0; e < out.length; e++) out[e] = (e % (q + 1) === 0 ? 1 : 0) - out[e];
  return out;
}

/**
 * The derivative of x'R^-1 y by the correlation f of rows j - 1 and j, for all columns: m x m, symmetric, added to `out`.
 * With e = x_j - f x_{j-1}: (2 f e e' - (1 - f^2)(e x_{j-1}' + x_{j-1} e')) / (1 - f^2)^2.
 */
// biome-ignore lint/complexity/useMaxParams: the innermost loop over rows; an object would be built for each
function addInverseSlopeInto(
  out: Float64Array,
  columns: Float64Array,
  width: number,
  j: number,
  f: number,
  factor: number,
): void {
  const v = (1 - f) * (1 + f);
  const [from, before] = [j * width, (j - 1) * width];
  const scale = factor / (v * v);
  for (let c = 0; c < width; c++) {
    const ec = columns[from + c] - f * columns[before + c];
    const bc = columns[before + c];
    for (let d = 0; d < width; d++) {
      const ed = columns[from + d] - f * columns[before + d];
      out[c * width + d] += scale * (2 * f * ec * ed - v * (ec * columns[before + d] + bc * ed));
    }
  }
}

/** The derivative of X'R^-1 X by the parameter of R, for the columns given: width x width. */
function inverseDerivative(
  covariance: Covariance,
  rows: PersonRows,
  columns: Float64Array,
  width: number,
): Float64Array {
  const { residual } = covariance;
  const { n, positions } = rows;
  const out = new Float64Array(width * width);
  for (let j = 1; j < n; j++) {
    const f = residual.covariance(positions[j - 1], positions[j]);
    const slope = residual.covarianceSlope(0, positions[j - 1], positions[j]);
    addInverseSlopeInto(out, columns, width, j, f, slope);
  }
  return out;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let e = 0; e < a.length; e++) sum += a[e] * b[e];
  return sum;
}

/** The derivative of log|V| by the parameter of R. */
function logDetSlope(covariance: Covariance, rows: PersonRows, { k }: MarkovPerson): number {
  const { residual, q } = covariance;
  const { n, positions, random } = rows;
  let sum = q === 0 ? 0 : inner(k, inverseDerivative(covariance, rows, random, q));
  for (let j = 1; j < n; j++) {
    const f = residual.covariance(positions[j - 1], positions[j]);
    sum -= (2 * f * residual.covarianceSlope(0, positions[j - 1], positions[j])) / ((1 - f) * (1 + f));
  }
  return sum;
}

interface MarkovGradient {
  readonly covariance: Covariance;
  readonly work: MarkovPerson;
  readonly rows: MarkovRows;
  readonly weight: Float64Array;
  readonly withLogDet: boolean;
}

/** Adds the derivatives of <weight, A> and, when asked, of log|V| of one person. */
export function addMarkovGradientInto(slopes: Slopes, asked: MarkovGradient): void {
  const { covariance, work, rows, weight, withLogDet } = asked;
  const { q } = covariance;
  const { m } = rows;
  const left = inverseDerivative(covariance, rows, withoutRandom(rows, work, q), m);
  slopes.byResidual[0] += inner(weight, left) + (withLogDet ? logDetSlope(covariance, rows, work) : 0);
  if (q === 0) return;
  const square = { n: q, k: q, m: q };
  const shrink = shrinkage(work, q);
  const shrunk = multiply(shrink, work.cross, { n: q, k: q, m });
  const weighted = multiply(shrunk, weight, { n: q, k: m, m });
  const products = multiply(weighted, transpose(shrunk, q, m), { n: q, k: m, m: q });
  const gram = withLogDet ? multiply(shrink, work.gram, square) : new Float64Array(q * q);
  for (let e = 0; e < q * q; e++) slopes.byPsi[e] += gram[e] - products[e];
}

interface MarkovDerivatives {
  readonly covariance: Covariance;
  readonly work: MarkovPerson;
  readonly rows: MarkovRows;
  readonly places: ThetaPlaces;
}

/** Adds dA of one person by every theta and by the parameter of R, each packed m x m. */
export function addMarkovDerivativesInto(out: readonly Float64Array[], asked: MarkovDerivatives): void {
  const { covariance, work, rows, places } = asked;
  const { q, lambda } = covariance;
  const { m } = rows;
  const shrunk = multiply(shrinkage(work, q), work.cross, { n: q, k: q, m });
  const byColumn = multiply(transpose(lambda, q, q), shrunk, { n: q, k: q, m });
  places.row.forEach((row, k) => {
    const element = shrunk.subarray(row * m, (row + 1) * m);
    const column = byColumn.subarray(places.column[k] * m, (places.column[k] + 1) * m);
    addPackedInto(out[k], element, column, [0, m, -1]);
    addPackedInto(out[k], column, element, [0, m, -1]);
  });
  const slope = inverseDerivative(covariance, rows, withoutRandom(rows, work, q), m);
  const last = out[places.row.length];
  let e = 0;
  for (let c = 0; c < m; c++) for (let d = c; d < m; d++) last[e++] += slope[c * m + d];
}
