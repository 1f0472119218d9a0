import { fillCells } from "./cells.ts";
import { differentiate } from "./derivatives.ts";
import { fillPredictors, findMode } from "./mode.ts";
import { integrate } from "./quadrature.ts";
import { type Criterion, readParametersInto, type Workspace } from "./workspace.ts";

/** The score of one person by the natural parameters, from the adjoints. */
function fillScore(work: Workspace, { rows, places }: Criterion, group: number): void {
  const { etaBar, loadingBar, thresholdBar, score } = work;
  const { p, x, z, starts } = rows;
  const start = rows.freeThresholds ? rows.ncategories - 1 : 0;
  for (let k = 0; k < start; k++) score[k] = thresholdBar[k + 1];
  score.fill(0, start);
  let by11 = 0;
  let by21 = 0;
  let by22 = 0;
  for (let i = starts[group]; i < starts[group + 1]; i++) {
    for (let j = 0; j < p; j++) score[start + j] += etaBar[i] * x[i * p + j];
    by11 += loadingBar[2 * i] * z[2 * i];
    by21 += loadingBar[2 * i] * z[2 * i + 1];
    by22 += loadingBar[2 * i + 1] * z[2 * i + 1];
  }
  for (let k = 0; k < places.length; k++) {
    score[start + p + k] = places[k] === "11" ? by11 : places[k] === "21" ? by21 : by22;
  }
}

/** Adds `score score'` to `products`. */
function addProducts(products: Float64Array, score: Float64Array): void {
  const n = score.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) products[i * n + j] += score[i] * score[j];
  }
}

/** Replaces derivatives by thresholds (n numbers, `stride` apart) by those by the first and the log gaps. */
function toGapsInto(values: Float64Array, thresholds: Float64Array, offset: number, stride: number): void {
  let above = 0;
  for (let k = thresholds.length - 1; k >= 1; k--) {
    above += values[offset + k * stride];
    values[offset + k * stride] = above * (thresholds[k] - thresholds[k - 1]);
  }
  values[offset] += above;
}

/** Sets the buffers to the parameters `psi`; false where the thresholds are out of order or too large. */
export function prepare(criterion: Criterion, work: Workspace, psi: Float64Array): boolean {
  readParametersInto(work, criterion, psi);
  if (!fillCells(work.cells, work.thresholds)) return false;
  fillPredictors(work, criterion);
  return true;
}

/** The log-likelihood of one person, less its constants; leaves the score by the natural parameters in `score`. */
export function personLogLik(criterion: Criterion, work: Workspace, group: number): number {
  work.thresholdBar.fill(0);
  if (criterion.places.length > 0) findMode(work, criterion.rows, group);
  const logLik = integrate(work, criterion, group);
  differentiate(work, criterion, group);
  fillScore(work, criterion, group);
  return logLik;
}

/**
 * Minus the log-likelihood by adaptive Gauss-Hermite quadrature (Laplace's approximation with one point), and
 * its exact gradient, the dependence of modes and points on the parameters included.
 *
 * Infinite where thresholds are out of order or too large. Pinheiro & Bates (1995), J. Comput. Graph. Stat. 4,
 * 12-35, for the rule; the cumulative logit of McCullagh (1980), J. R. Stat. Soc. B 42, 109-142.
 *
 * @param products  when given, receives the sum over people of the outer products of their scores.
 */
export function negativeLogLik(
  criterion: Criterion,
  work: Workspace,
  psi: Float64Array,
  { gradient, products }: { readonly gradient: Float64Array; readonly products?: Float64Array },
): number {
  const { rows } = criterion;
  const { cells, score, thresholds } = work;
  if (!prepare(criterion, work, psi)) return Number.POSITIVE_INFINITY;
  gradient.fill(0);
  products?.fill(0);
  let logLik = 0;
  for (let cell = 0; cell < rows.ncategories; cell++) logLik += rows.counts[cell] * cells.logGap[cell];
  for (let group = 0; group + 1 < rows.starts.length; group++) {
    logLik += personLogLik(criterion, work, group);
    for (let k = 0; k < score.length; k++) gradient[k] -= score[k];
    if (products !== undefined) addProducts(products, score);
  }
  if (rows.freeThresholds) {
    const n = score.length;
    toGapsInto(gradient, thresholds, 0, 1);
    if (products !== undefined) {
      for (let j = 0; j < n; j++) toGapsInto(products, thresholds, j, n);
      for (let i = 0; i < n; i++) toGapsInto(products, thresholds, i * n, 1);
    }
  }
  return -logLik;
}
