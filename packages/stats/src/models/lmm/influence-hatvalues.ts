import { multiply, solveLower, transpose } from "../../linalg/dense.ts";
import type { FitData } from "../../table/table.ts";
import { type Cluster, clusterOf, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { compressCluster } from "./cluster-compress.ts";
import { breadRoot, rootOf } from "./cluster-information.ts";
import { conditionalOf } from "./ranef-conditional.ts";
import type { LmmFit } from "./result.ts";

/** How much the outcome of one row pulls its own fitted value (random effects included). */
export interface HatValue {
  readonly row: number;
  readonly hat: number;
}

/** sigma2 diag(R (V^-1 - V^-1 X M X' V^-1)): what the fitted values leave of each row, with X such that M = I. */
function keptShares(cluster: Cluster, bread: Float64Array, sigma2: number): Float64Array {
  const { n, within } = cluster;
  const p = Math.round(Math.sqrt(bread.length));
  const root = rootOf(cluster, sigma2);
  const unit = new Float64Array(n * n);
  for (let i = 0; i < n; i++) unit[i * n + i] = 1;
  const white = solveLower(root, unit, n);
  const x = solveLower(root, multiply(cluster.x, bread, { n, k: p, m: p }), n);
  const fitted = multiply(transpose(x, n, p), white, { n: p, k: n, m: n });
  const inverse = multiply(transpose(white, n, n), white, { n, k: n, m: n });
  const shared = multiply(transpose(fitted, p, n), fitted, { n, k: p, m: n });
  const left = inverse.map((value, e) => sigma2 * (value - shared[e]));
  return Float64Array.from({ length: n }, (_, i) => {
    if (within === null) return left[i * n + i];
    let sum = 0;
    for (let j = 0; j < n; j++) sum += within[i * n + j] * left[j * n + i];
    return sum;
  });
}

/** The same for independent residuals without an n x n matrix: V^-1 = (I - F K F') / sigma2. */
function independentShares(cluster: Cluster, bread: Float64Array, sigma2: number): Float64Array {
  const { n, factor, nFactors } = cluster;
  const p = Math.round(Math.sqrt(bread.length));
  const { k, byBeta } = conditionalOf(cluster);
  const taken = multiply(factor, k, { n, k: nFactors, m: nFactors });
  const predicted = multiply(factor, byBeta, { n, k: nFactors, m: p });
  const left = multiply(
    cluster.x.map((value, e) => value - predicted[e]),
    bread,
    { n, k: p, m: p },
  );
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 1;
    for (let r = 0; r < nFactors; r++) sum -= taken[i * nFactors + r] * factor[i * nFactors + r];
    for (let j = 0; j < p; j++) sum -= left[i * p + j] ** 2 / sigma2;
    return sum;
  });
}

/**
 * The diagonal of the hat matrix, by which outcomes become fitted values with random effects, given the variances.
 *
 * Its sum is the effective number of parameters of the mean (lme4's `hatvalues`).
 *
 * @throws StatsError `fit.other-data`
 * Demidenko & Stukel (2005), Stat. Med. 24, 893-909.
 */
export function hatvalues(fit: LmmFit, data: FitData): HatValue[] {
  const model = fittedRowsOf(fit, data);
  const p = fit.fixed.length;
  const clusters = rowsByCluster(model.clusters).map((rows) => clusterOf(model, rows));
  const small = clusters.map((cluster) => compressCluster(cluster, p));
  const bread = breadRoot(
    small,
    small.map((cluster) => rootOf(cluster, model.sigma2)),
    p,
  );
  const result: HatValue[] = new Array(fit.nobs);
  for (const cluster of clusters) {
    const shares =
      cluster.within === null
        ? independentShares(cluster, bread, model.sigma2)
        : keptShares(cluster, bread, model.sigma2);
    cluster.rows.forEach((row, i) => {
      result[row] = { row: model.frame.kept[row], hat: 1 - shares[i] };
    });
  }
  return result;
}
