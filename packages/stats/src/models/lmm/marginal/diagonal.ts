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

function quadraticForm(x: Float64Array, weight: Float64Array): number {
  const m = x.length;
  let sum = 0;
  for (let c = 0; c < m; c++) {
    let product = 0;
    for (let d = 0; d < m; d++) product += weight[c * m + d] * x[d];
    sum += product * x[c];
  }
  return sum;
}

/** z_j' K z_j of one row. */
function randomForm(
  { random }: PatternSums["series"],
  k: Float64Array,
  at: number,
  [j, q]: readonly [number, number],
): number {
  let sum = 0;
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) sum += random[j * q + r] * k[at + r * q + s] * random[j * q + s];
  }
  return sum;
}

/** The derivatives of <weight, A> and, when asked, of sum log|V|, under residuals with a variance for each row. */
export function addDiagonalGradientInto(slopes: Slopes, work: RowwiseWork, asked: GradientAsked): void {
  const { weight, withLogDet, evaluation } = asked;
  const { sums } = asked.criterion;
  const { series, q, m } = sums;
  const { residual } = evaluation.covariance;
  const [effects, shrunk] = [new Float64Array(q * m), new Float64Array(q * m)];
  const grams = new Float64Array(q * q);
  const row = new Float64Array(m);
  for (let person = 0; person < series.count; person++) {
    if (q > 0) effectsInto(effects, work, person, q);
    for (let j = series.starts[person]; j < series.starts[person + 1]; j++) {
      leftInto(row, sums, effects, j);
      const precision = work.scale[j] * work.scale[j];
      let byVariance = -quadraticForm(row, weight) * precision * precision;
      if (withLogDet) {
        byVariance += precision - randomForm(series, work.k, person * q * q, [j, q]) * precision * precision;
      }
      for (let k = 0; k < slopes.byResidual.length; k++) {
        slopes.byResidual[k] += byVariance * residual.varianceSlope(k, series.positions[j]);
      }
    }
    if (q === 0) continue;
    shrunkInto(shrunk, grams, work, person);
    addPsiSlopesInto(slopes.byPsi, shrunk, withLogDet ? grams : null, weight);
  }
}

/** Adds dA by every theta and every parameter of R, each packed m x m. */
export function addDiagonalDerivativesInto(
  out: readonly Float64Array[],
  criterion: MarginalCriterion,
  covariance: Covariance,
  work: RowwiseWork,
): void {
  const { sums, places } = criterion;
  const { series, q, m } = sums;
  const [effects, shrunk] = [new Float64Array(q * m), new Float64Array(q * m)];
  const row = new Float64Array(m);
  for (let person = 0; person < series.count; person++) {
    if (q > 0) {
      effectsInto(effects, work, person, q);
      addThetaDerivativesInto(out, shrunk, criterion, { covariance, work, person });
    }
    for (let j = series.starts[person]; j < series.starts[person + 1]; j++) {
      leftInto(row, sums, effects, j);
      for (let k = places.row.length; k < out.length; k++) {
        const slope = covariance.residual.varianceSlope(k - places.row.length, series.positions[j]);
        if (slope !== 0) subtractOuterInto(out[k], row, slope * work.scale[j] ** 4);
      }
    }
  }
}

function subtractOuterInto(out: Float64Array, row: Float64Array, factor: number): void {
  let e = 0;
  for (let c = 0; c < row.length; c++) {
    for (let d = c; d < row.length; d++) out[e++] -= factor * row[c] * row[d];
  }
}
