import type { PatternSums, SeriesRows } from "../../../sums/pattern-sums.ts";
import type { Covariance, Evaluation, GradientAsked, MarginalCriterion, Slopes } from "./criterion.ts";
import { addContractionInto, covarianceDerivatives, inverseCovariance, type PersonRows } from "./dense.ts";
import { addDiagonalDerivativesInto, addDiagonalGradientInto } from "./diagonal.ts";
import { addMarkovDerivativesInto, addMarkovGradientInto } from "./markov.ts";
import { type RowwiseWork, rowwiseWork } from "./rowwise.ts";
import type { ResidualModel } from "./structures.ts";

/** V^-1 and V^-1 W of one person kept row by row. */
interface DensePerson {
  readonly inverse: Float64Array;
  /** n x m. */
  readonly weighted: Float64Array;
}

interface DenseWork {
  readonly kind: "dense";
  readonly people: readonly DensePerson[];
  readonly logDet: number;
}

/** What the derivatives need of the people kept row by row, and the sum of log|V|. */
export type SeriesWork = DenseWork | RowwiseWork;

/** The rows of one person of the series, with W. */
export interface SeriesPerson extends PersonRows {
  /** n x m. */
  readonly columns: Float64Array;
  readonly m: number;
}

/** The rows of one person of the series. */
export function seriesPerson(series: SeriesRows, person: number, q: number, m: number): SeriesPerson {
  const [from, to] = [series.starts[person], series.starts[person + 1]];
  return {
    n: to - from,
    positions: series.positions.subarray(from, to),
    random: series.random.subarray(from * q, to * q),
    columns: series.columns.subarray(from * m, to * m),
    m,
  };
}

function densePerson(
  covariance: Covariance,
  rows: SeriesPerson,
  a: Float64Array,
): { readonly work: DensePerson; readonly logDet: number } | null {
  const found = inverseCovariance(covariance, rows);
  if (found === null) return null;
  const { n, m, columns } = rows;
  const weighted = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = found.inverse[i * n + j];
      for (let c = 0; c < m; c++) weighted[i * m + c] += value * columns[j * m + c];
    }
  }
  for (let i = 0; i < n; i++) {
    let at = 0;
    for (let c = 0; c < m; c++) {
      const left = columns[i * m + c];
      for (let d = c; d < m; d++) a[at++] += left * weighted[i * m + d];
    }
  }
  return { work: { inverse: found.inverse, weighted }, logDet: found.logDet };
}

/** Evaluates everybody kept row by row and adds W'V^-1 W to the packed `a`; null where V is not positive definite. */
export function seriesWork(
  sums: PatternSums,
  covariance: Covariance,
  a: Float64Array,
  rowwise: ResidualModel["rowwise"],
): SeriesWork | null {
  if (rowwise !== null) return rowwiseWork(sums, covariance, a, rowwise);
  const { series, q, m } = sums;
  const people: DensePerson[] = [];
  let logDet = 0;
  for (let person = 0; person < series.count; person++) {
    const found = densePerson(covariance, seriesPerson(series, person, q, m), a);
    if (found === null) return null;
    people.push(found.work);
    logDet += found.logDet;
  }
  return { kind: "dense", people, logDet };
}

/** Q = P - (P W) weight (P W)' of one person (without P when the log determinant is not asked for). */
function denseWeight(
  work: DensePerson,
  { n, m }: SeriesPerson,
  weight: Float64Array,
  withLogDet: boolean,
): Float64Array {
  const { inverse, weighted } = work;
  const half = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < m; c++) {
      const value = weighted[i * m + c];
      for (let d = 0; d < m; d++) half[i * m + d] += value * weight[c * m + d];
    }
  }
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = withLogDet ? inverse[i * n + j] : 0;
      for (let c = 0; c < m; c++) sum -= half[i * m + c] * weighted[j * m + c];
      q[i * n + j] = sum;
    }
  }
  return q;
}

/** Adds the derivatives of <weight, A> and, when asked, of sum log|V| over the people kept row by row. */
export function addSeriesGradientInto(slopes: Slopes, asked: GradientAsked): void {
  const { evaluation, weight, withLogDet } = asked;
  const work = evaluation.series;
  if (work.kind !== "dense") {
    const addInto = work.kind === "markov" ? addMarkovGradientInto : addDiagonalGradientInto;
    addInto(slopes, work, asked);
    return;
  }
  const { series, q, m } = asked.criterion.sums;
  work.people.forEach((own, person) => {
    const rows = seriesPerson(series, person, q, m);
    addContractionInto(slopes, evaluation.covariance, rows, denseWeight(own, rows, weight, withLogDet));
  });
}

/** Subtracts (P W)' dV (P W), packed. */
function subtractQuadraticInto(out: Float64Array, weighted: Float64Array, dV: Float64Array, m: number): void {
  const n = weighted.length / m;
  const half = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = dV[i * n + j];
      if (value === 0) continue;
      for (let c = 0; c < m; c++) half[i * m + c] += value * weighted[j * m + c];
    }
  }
  for (let i = 0; i < n; i++) {
    let at = 0;
    for (let c = 0; c < m; c++) {
      for (let d = c; d < m; d++) out[at++] -= weighted[i * m + c] * half[i * m + d];
    }
  }
}

/** Adds dA by every parameter, each packed m x m. */
export function addSeriesDerivativesInto(
  out: readonly Float64Array[],
  criterion: MarginalCriterion,
  { covariance, series: work }: Evaluation,
): void {
  if (work.kind !== "dense") {
    const addInto = work.kind === "markov" ? addMarkovDerivativesInto : addDiagonalDerivativesInto;
    addInto(out, criterion, covariance, work);
    return;
  }
  const { sums, places, residual } = criterion;
  work.people.forEach(({ weighted }, person) => {
    const rows = seriesPerson(sums.series, person, sums.q, sums.m);
    const dV = covarianceDerivatives(covariance, rows, places, residual.count);
    dV.forEach((matrix, k) => {
      subtractQuadraticInto(out[k], weighted, matrix, sums.m);
    });
  });
}
