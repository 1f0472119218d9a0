import { choleskyInto, logDetFromCholesky } from "../../../linalg/cholesky.ts";
import { multiply } from "../../../linalg/dense.ts";
import type { PatternSums } from "../../../sums/pattern-sums.ts";
import type { Covariance, MarginalCriterion } from "./criterion.ts";

/**
 * People kept row by row under a residual that costs a few operations for each row of a series of any length.
 * Under AR(1) and CAR(1) x'R^-1 y is a sum over neighbouring rows,
 *   x_1 y_1 + sum (x_j - f_j x_{j-1})(y_j - f_j y_{j-1}) / (1 - f_j^2),
 * f_j the correlation of neighbours; with a variance for each row it is a weighted sum over rows.
 * The random part comes in as V^-1 = R^-1 - R^-1 Z K Z'R^-1, K = Lambda (I + Lambda'G Lambda)^-1 Lambda', G = Z'R^-1 Z.
 */
export interface RowwiseWork {
  readonly kind: "markov" | "diagonal";
  readonly logDet: number;
  /** rows: the correlation of each row with the one before it; 0 for the first of a person. */
  readonly near: Float64Array;
  /** rows: the inverse of the SD of each row given the one before it. */
  readonly scale: Float64Array;
  /** people x q x q. */
  readonly k: Float64Array;
  /** people x q x q: Z'R^-1 Z. */
  readonly gram: Float64Array;
  /** people x q x m: Z'R^-1 W. */
  readonly cross: Float64Array;
}

type Whitening = Pick<RowwiseWork, "near" | "scale" | "logDet">;

/** f of every row and the SD that it leaves, and the sum of log|R|. */
function markovWhitening({ series }: PatternSums, { residual }: Covariance): Whitening {
  const { starts, positions, count } = series;
  const near = new Float64Array(positions.length);
  const scale = new Float64Array(positions.length).fill(1);
  let logDet = 0;
  for (let person = 0; person < count; person++) {
    for (let j = starts[person] + 1; j < starts[person + 1]; j++) {
      const f = residual.covariance(positions[j - 1], positions[j]);
      const left = (1 - f) * (1 + f);
      near[j] = f;
      scale[j] = 1 / Math.sqrt(left);
      logDet += Math.log(left);
    }
  }
  return { near, scale, logDet };
}

/** Rows that do not go together, each in units of its own SD. */
function diagonalWhitening({ series: { positions } }: PatternSums, { residual }: Covariance): Whitening {
  const scale = new Float64Array(positions.length);
  let logDet = 0;
  for (let j = 0; j < positions.length; j++) {
    const variance = residual.variance(positions[j]);
    scale[j] = 1 / Math.sqrt(variance);
    logDet += Math.log(variance);
  }
  return { near: new Float64Array(positions.length), scale, logDet };
}

/** Writes row j less f times the row before, in units of its SD, into `out`. */
function whitenInto(out: Float64Array, columns: Float64Array, j: number, { near, scale }: Whitening): void {
  const width = out.length;
  const at = j * width;
  const [f, factor] = [near[j], scale[j]];
  for (let c = 0; c < width; c++) {
    // f is 0 in a person's first row, which has no row before it.
    out[c] = (f === 0 ? columns[at + c] : columns[at + c] - f * columns[at - width + c]) * factor;
  }
}

/** Writes K of one Gram matrix at `at` and returns log|I + Psi G|; NaN where it is not positive definite. */
function kernelInto(
  k: Float64Array,
  gram: Float64Array,
  at: number,
  { lambda, q, scratch }: { readonly lambda: Float64Array; readonly q: number; readonly scratch: Scratch },
): number {
  const { s, c, h } = scratch;
  for (let i = 0; i < q; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let r = i; r < q; r++) {
        for (let t = j; t < q; t++) sum += lambda[r * q + i] * gram[at + r * q + t] * lambda[t * q + j];
      }
      s[i * q + j] = sum;
    }
  }
  if (!choleskyInto(c, s, q)) return Number.NaN;
  for (let j = 0; j < q; j++) {
    for (let i = 0; i < q; i++) {
      let sum = lambda[j * q + i];
      for (let t = 0; t < i; t++) sum -= c[i * q + t] * h[t * q + j];
      h[i * q + j] = sum / c[i * q + i];
    }
  }
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = 0;
      for (let t = 0; t < q; t++) sum += h[t * q + i] * h[t * q + j];
      k[at + i * q + j] = sum;
    }
  }
  return logDetFromCholesky(c, q);
}

interface Scratch {
  readonly s: Float64Array;
  readonly c: Float64Array;
  readonly h: Float64Array;
}

function addOuterInto(packed: Float64Array, row: Float64Array): void {
  let e = 0;
  for (let c = 0; c < row.length; c++) {
    const value = row[c];
    for (let d = c; d < row.length; d++) packed[e++] += value * row[d];
  }
}

/** Adds z z' and z w' of one whitened row to the Gram matrix and the cross-products at their places. */
function addRandomInto(
  work: { readonly gram: Float64Array; readonly cross: Float64Array },
  person: number,
  z: Float64Array,
  w: Float64Array,
): void {
  const [q, m] = [z.length, w.length];
  for (let r = 0; r < q; r++) {
    const value = z[r];
    const gramAt = (person * q + r) * q;
    for (let s = 0; s < q; s++) work.gram[gramAt + s] += value * z[s];
    const crossAt = (person * q + r) * m;
    for (let c = 0; c < m; c++) work.cross[crossAt + c] += value * w[c];
  }
}

/** K and U of everybody. */
type Effects = Pick<RowwiseWork, "k" | "cross">;

/** Subtracts U'K U of one person from the packed `a`; `effects` (q x m) is overwritten. */
function subtractRandomInto(
  a: Float64Array,
  effects: Float64Array,
  work: Effects,
  [person, q]: readonly [number, number],
): void {
  const m = effects.length / q;
  effectsInto(effects, work, person, q);
  for (let r = 0; r < q; r++) {
    let e = 0;
    const at = (person * q + r) * m;
    for (let c = 0; c < m; c++) {
      const value = work.cross[at + c];
      for (let d = c; d < m; d++) a[e++] -= value * effects[r * m + d];
    }
  }
}

/** Writes K U of one person, q x m. */
export function effectsInto(out: Float64Array, { k, cross }: Effects, person: number, q: number): void {
  const m = out.length / q;
  out.fill(0);
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) {
      const value = k[(person * q + r) * q + s];
      const at = (person * q + s) * m;
      for (let c = 0; c < m; c++) out[r * m + c] += value * cross[at + c];
    }
  }
}

/** Evaluates everybody and adds W'V^-1 W to the packed `a`; null where V is not positive definite. */
export function rowwiseWork(
  sums: PatternSums,
  covariance: Covariance,
  a: Float64Array,
  kind: RowwiseWork["kind"],
): RowwiseWork | null {
  const { series, q, m } = sums;
  const whitening =
    kind === "markov" ? markovWhitening(sums, covariance) : diagonalWhitening(sums, covariance);
  const work = {
    ...whitening,
    kind,
    k: new Float64Array(series.count * q * q),
    gram: new Float64Array(series.count * q * q),
    cross: new Float64Array(series.count * q * m),
  };
  const [z, w, effects] = [new Float64Array(q), new Float64Array(m), new Float64Array(q * m)];
  const square = () => new Float64Array(q * q);
  const small = { lambda: covariance.lambda, q, scratch: { s: square(), c: square(), h: square() } };
  let { logDet } = whitening;
  for (let person = 0; person < series.count; person++) {
    for (let j = series.starts[person]; j < series.starts[person + 1]; j++) {
      whitenInto(w, series.columns, j, whitening);
      addOuterInto(a, w);
      if (q === 0) continue;
      whitenInto(z, series.random, j, whitening);
      addRandomInto(work, person, z, w);
    }
    if (q === 0) continue;
    logDet += kernelInto(work.k, work.gram, person * q * q, small);
    subtractRandomInto(a, effects, work, [person, q]);
  }
  return Number.isFinite(logDet) ? { ...work, logDet } : null;
}

/** Writes w_j - z_j' K U, what the random effects leave of row j, into `out`. */
export function leftInto(
  out: Float64Array,
  { series, q, m }: PatternSums,
  effects: Float64Array,
  j: number,
): void {
  for (let c = 0; c < m; c++) {
    let value = series.columns[j * m + c];
    for (let r = 0; r < q; r++) value -= series.random[j * q + r] * effects[r * m + c];
    out[c] = value;
  }
}

/** Adds B' = I - G K times U (q x m) and, into `grams`, B' G (q x q) of one person. */
export function shrunkInto(out: Float64Array, grams: Float64Array, work: RowwiseWork, person: number): void {
  const q = Math.round(Math.sqrt(grams.length));
  const m = out.length / q;
  const at = person * q * q;
  out.fill(0);
  grams.fill(0);
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) {
      let value = r === s ? 1 : 0;
      for (let t = 0; t < q; t++) value -= work.gram[at + r * q + t] * work.k[at + t * q + s];
      for (let c = 0; c < m; c++) out[r * m + c] += value * work.cross[(person * q + s) * m + c];
      for (let t = 0; t < q; t++) grams[r * q + t] += value * work.gram[at + s * q + t];
    }
  }
}

/** Adds the derivative by Psi of one person: B'G (when the log determinant counts) less (B'U) D (B'U)'. */
export function addPsiSlopesInto(
  byPsi: Float64Array,
  shrunk: Float64Array,
  grams: Float64Array | null,
  weight: Float64Array,
): void {
  const q = Math.round(Math.sqrt(byPsi.length));
  const m = shrunk.length / q;
  for (let r = 0; r < q; r++) {
    for (let c = 0; c < m; c++) {
      let product = 0;
      for (let d = 0; d < m; d++) product += weight[c * m + d] * shrunk[r * m + d];
      for (let s = 0; s < q; s++) byPsi[r * q + s] -= product * shrunk[s * m + c];
    }
    if (grams !== null) for (let s = 0; s < q; s++) byPsi[r * q + s] += grams[r * q + s];
  }
}

/** Subtracts u v' + v u', packed. */
function subtractPairInto(out: Float64Array, u: Float64Array, v: Float64Array): void {
  let e = 0;
  for (let c = 0; c < u.length; c++) {
    for (let d = c; d < u.length; d++) out[e++] -= u[c] * v[d] + v[c] * u[d];
  }
}

/** Adds dA of one person by every theta, each packed m x m; `shrunk` (q x m) is overwritten. */
export function addThetaDerivativesInto(
  out: readonly Float64Array[],
  shrunk: Float64Array,
  { places }: MarginalCriterion,
  {
    covariance,
    work,
    person,
  }: { readonly covariance: Covariance; readonly work: RowwiseWork; readonly person: number },
): void {
  const { lambda, q } = covariance;
  const m = shrunk.length / q;
  const turned = Float64Array.from(lambda, (_, e) => lambda[(e % q) * q + Math.floor(e / q)]);
  shrunkInto(shrunk, new Float64Array(q * q), work, person);
  const byColumn = multiply(turned, shrunk, { n: q, k: q, m });
  places.row.forEach((r, k) => {
    const column = places.column[k] * m;
    subtractPairInto(out[k], shrunk.subarray(r * m, (r + 1) * m), byColumn.subarray(column, column + m));
  });
}
