import type { PatternSums } from "../../../sums/pattern-sums.ts";
import type { Covariance, GradientAsked, MarginalCriterion, Slopes } from "./criterion.ts";
import {
  addPsiSlopesInto,
  addThetaDerivativesInto,
  effectsInto,
  leftInto,
  type RowwiseWork,
  shrunkInto,
} from "./rowwise.ts";

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

/** Adds the derivatives of <weight, A> and, when asked, of sum log|V|. */
export function addMarkovGradientInto(slopes: Slopes, work: RowwiseWork, asked: GradientAsked): void {
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

/** Adds dA by every theta and by the parameter of R, each packed m x m. */
export function addMarkovDerivativesInto(
  out: readonly Float64Array[],
  criterion: MarginalCriterion,
  covariance: Covariance,
  work: RowwiseWork,
): void {
  const { sums, places } = criterion;
  const { series, q, m } = sums;
  const { residual } = covariance;
  const [effects, shrunk] = [new Float64Array(q * m), new Float64Array(q * m)];
  let [row, before] = [new Float64Array(m), new Float64Array(m)];
  for (let person = 0; person < series.count; person++) {
    if (q > 0) {
      effectsInto(effects, work, person, q);
      addThetaDerivativesInto(out, shrunk, criterion, { covariance, work, person });
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
