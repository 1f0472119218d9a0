import { choleskyInto, logDetFromCholesky } from "../../../linalg/cholesky.ts";
import { multiply } from "../../../linalg/dense.ts";
import type { PatternSums } from "../../../sums/pattern-sums.ts";
import type { Covariance, GradientAsked, MarginalCriterion, Slopes } from "./criterion.ts";

/**
 * People kept row by row under a residual with a banded inverse: x'R^-1 y is a sum over neighbouring rows,
 *   x_1 y_1 + sum (x_j - f_j x_{j-1})(y_j - f_j y_{j-1}) / (1 - f_j^2),
 * f_j the correlation of neighbours, so that a series of any length costs a few operations for each row.
 * The random part comes in as V^-1 = R^-1 - R^-1 Z K Z'R^-1, K = Lambda (I + Lambda'G Lambda)^-1 Lambda', G = Z'R^-1 Z.
 */
export interface MarkovWork {
  readonly kind: "markov";
  readonly logDet: number;
  /** rows: the correlation of each row with the one before it; 0 for the first of a person. */
  readonly near: Float64Array;
  /** people x q x q. */
  readonly k: Float64Array;
  /** people x q x q: Z'R^-1 Z. */
  readonly gram: Float64Array;
  /** people x q x m: Z'R^-1 W. */
  readonly cross: Float64Array;
}

/** f of every row, and the sum of log|R|. */
function neighbours(
  { series }: PatternSums,
  { residual }: Covariance,
): { near: Float64Array; logDet: number } {
  const { starts, positions, count } = series;
  const near = new Float64Array(positions.length);
  let logDet = 0;
  for (let person = 0; person < count; person++) {
    for (let j = starts[person] + 1; j < starts[person + 1]; j++) {
      const f = residual.covariance(positions[j - 1], positions[j]);
      near[j] = f;
      logDet += Math.log((1 - f) * (1 + f));
    }
  }
  return { near, logDet };
}

/** Writes row j less f times the row before, in units of its SD, into `out`; `before` is 0 at the first row. */
function whitenInto(
  out: Float64Array,
  columns: Float64Array,
  [j, f, first]: readonly [number, number, boolean],
): void {
  const width = out.length;
  const scale = 1 / Math.sqrt((1 - f) * (1 + f));
  const at = j * width;
  for (let c = 0; c < width; c++) {
    out[c] = first ? columns[at + c] : (columns[at + c] - f * columns[at - width + c]) * scale;
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
type Effects = Pick<MarkovWork, "k" | "cross">;

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
function effectsInto(out: Float64Array, { k, cross }: Effects, person: number, q: number): void {
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
export function markovWork(sums: PatternSums, covariance: Covariance, a: Float64Array): MarkovWork | null {
  const { series, q, m } = sums;
  const { near, logDet } = neighbours(sums, covariance);
  const work = {
    kind: "markov" as const,
    near,
    k: new Float64Array(series.count * q * q),
    gram: new Float64Array(series.count * q * q),
    cross: new Float64Array(series.count * q * m),
  };
  const [z, w, effects] = [new Float64Array(q), new Float64Array(m), new Float64Array(q * m)];
  const square = () => new Float64Array(q * q);
  const small = { lambda: covariance.lambda, q, scratch: { s: square(), c: square(), h: square() } };
  let total = logDet;
  for (let person = 0; person < series.count; person++) {
    const first = series.starts[person];
    for (let j = first; j < series.starts[person + 1]; j++) {
      whitenInto(w, series.columns, [j, near[j], j === first]);
      addOuterInto(a, w);
      if (q === 0) continue;
      whitenInto(z, series.random, [j, near[j], j === first]);
      addRandomInto(work, person, z, w);
    }
    if (q === 0) continue;
    total += kernelInto(work.k, work.gram, person * q * q, small);
    subtractRandomInto(a, effects, work, [person, q]);
  }
  return Number.isFinite(total) ? { ...work, logDet: total } : null;
}

/** Writes w_j - z_j' K U, what the random effects leave of row j, into `out`. */
function leftInto(out: Float64Array, { series, q, m }: PatternSums, effects: Float64Array, j: number): void {
  for (let c = 0; c < m; c++) {
    let value = series.columns[j * m + c];
    for (let r = 0; r < q; r++) value -= series.random[j * q + r] * effects[r * m + c];
    out[c] = value;
  }
}

/**
 * <weight, d(x_j' R^-1 x_j)> of one pair of neighbouring rows by their correlation f: with e = row - f before,
 * (2 f e'D e - 2 (1 - f^2) e'D before) / (1 - f^2)^2.
 */
function pairSlope(row: Float64Array, before: Float64Array, f: number, weight: Float64Array): number {
  const m = row.length;
  let [own, mixed] = [0, 0];
  for (let c = 0; c < m; c++) {
    let product = 0;
    for (let d = 0; d < m; d++) product += weight[c * m + d] * (row[d] - f * before[d]);
    own += product * (row[c] - f * before[c]);
    mixed += product * before[c];
  }
  const v = (1 - f) * (1 + f);
  return (2 * f * own - 2 * v * mixed) / (v * v);
}

/** <K, d(Z'R^-1 Z)> of one pair of neighbouring rows. */
function randomPairSlope(
  { series, q }: PatternSums,
  k: Float64Array,
  at: number,
  [j, f]: readonly [number, number],
): number {
  const v = (1 - f) * (1 + f);
  const { random } = series;
  let sum = 0;
  for (let r = 0; r < q; r++) {
    const er = random[j * q + r] - f * random[(j - 1) * q + r];
    for (let s = 0; s < q; s++) {
      const bs = random[(j - 1) * q + s];
      const es = random[j * q + s] - f * bs;
      sum += k[at + r * q + s] * (2 * f * er * es - 2 * v * er * bs);
    }
  }
  return sum / (v * v);
}

/** Adds B' = I - G K times U (q x m) and, into `grams`, B' G (q x q) of one person. */
function shrunkInto(out: Float64Array, grams: Float64Array, work: MarkovWork, person: number): void {
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
function addPsiSlopesInto(
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

/** Adds the derivatives of <weight, A> and, when asked, of sum log|V|. */
export function addMarkovGradientInto(slopes: Slopes, work: MarkovWork, asked: GradientAsked): void {
  const { weight, withLogDet, evaluation } = asked;
  const { sums } = asked.criterion;
  const { series, q, m } = sums;
  const { residual } = evaluation.covariance;
  const [effects, shrunk] = [new Float64Array(q * m), new Float64Array(q * m)];
  const grams = new Float64Array(q * q);
  let [row, before] = [new Float64Array(m), new Float64Array(m)];
  let total = 0;
  for (let person = 0; person < series.count; person++) {
    const first = series.starts[person];
    if (q > 0) effectsInto(effects, work, person, q);
    leftInto(before, sums, effects, first);
    for (let j = first + 1; j < series.starts[person + 1]; j++) {
      const f = work.near[j];
      leftInto(row, sums, effects, j);
      let byCorrelation = pairSlope(row, before, f, weight);
      if (withLogDet) {
        byCorrelation -= (2 * f) / ((1 - f) * (1 + f));
        if (q > 0) byCorrelation += randomPairSlope(sums, work.k, person * q * q, [j, f]);
      }
      total += byCorrelation * residual.covarianceSlope(0, series.positions[j - 1], series.positions[j]);
      [row, before] = [before, row];
    }
    if (q === 0) continue;
    shrunkInto(shrunk, grams, work, person);
    addPsiSlopesInto(slopes.byPsi, shrunk, withLogDet ? grams : null, weight);
  }
  slopes.byResidual[0] += total;
}

/** Adds the derivative of x_j' R^-1 x_j by f, for all pairs of columns, times `factor`, packed. */
function addPairMatrixInto(
  out: Float64Array,
  row: Float64Array,
  before: Float64Array,
  [f, factor]: readonly [number, number],
): void {
  const v = (1 - f) * (1 + f);
  const scale = factor / (v * v);
  let e = 0;
  for (let c = 0; c < row.length; c++) {
    const ec = row[c] - f * before[c];
    for (let d = c; d < row.length; d++) {
      const ed = row[d] - f * before[d];
      out[e++] += scale * (2 * f * ec * ed - v * (ec * before[d] + before[c] * ed));
    }
  }
}

/** Subtracts u v' + v u', packed. */
function subtractPairInto(out: Float64Array, u: Float64Array, v: Float64Array): void {
  let e = 0;
  for (let c = 0; c < u.length; c++) {
    for (let d = c; d < u.length; d++) out[e++] -= u[c] * v[d] + v[c] * u[d];
  }
}

/** Adds dA by every theta and by the parameter of R, each packed m x m. */
export function addMarkovDerivativesInto(
  out: readonly Float64Array[],
  { sums, places }: MarginalCriterion,
  covariance: Covariance,
  work: MarkovWork,
): void {
  const { series, q, m } = sums;
  const { lambda, residual } = covariance;
  const turned = Float64Array.from(lambda, (_, e) => lambda[(e % q) * q + Math.floor(e / q)]);
  const [effects, shrunk] = [new Float64Array(q * m), new Float64Array(q * m)];
  let [row, before] = [new Float64Array(m), new Float64Array(m)];
  for (let person = 0; person < series.count; person++) {
    if (q > 0) {
      effectsInto(effects, work, person, q);
      shrunkInto(shrunk, new Float64Array(q * q), work, person);
      const byColumn = multiply(turned, shrunk, { n: q, k: q, m });
      places.row.forEach((r, k) => {
        const column = places.column[k] * m;
        subtractPairInto(out[k], shrunk.subarray(r * m, (r + 1) * m), byColumn.subarray(column, column + m));
      });
    }
    leftInto(before, sums, effects, series.starts[person]);
    for (let j = series.starts[person] + 1; j < series.starts[person + 1]; j++) {
      leftInto(row, sums, effects, j);
      const slope = residual.covarianceSlope(0, series.positions[j - 1], series.positions[j]);
      addPairMatrixInto(out[places.row.length], row, before, [work.near[j], slope]);
      [row, before] = [before, row];
    }
  }
}
