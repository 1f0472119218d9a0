import { choleskyInto, inverseFromCholeskyInto } from "../../linalg/cholesky.ts";
import { multiply, solveLower, transpose } from "../../linalg/dense.ts";
import { compareCodePoints } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { Column, FitData } from "../../table/table.ts";
import type { RandomEffects } from "../fit.ts";
import { type Cluster, clusterOf, type FittedRows, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { positiveRoot } from "./cluster-information.ts";
import type { LmmFit } from "./result.ts";
import type { LmmShape } from "./setup.ts";
import { congruence, product, randomTransform } from "./units.ts";

/** The cluster in coordinates where its residuals are independent with variance sigma2. */
export function withIndependentResiduals(cluster: Cluster): Cluster {
  const { n, within, x, factor, residual } = cluster;
  if (within === null) return cluster;
  const root = positiveRoot(within, n);
  return {
    ...cluster,
    x: solveLower(root, x, n),
    factor: solveLower(root, factor, n),
    residual: solveLower(root, residual, n),
    within: null,
  };
}

/** The random effects of a cluster given its rows: u = Lambda s, with s of mean `mean` and variance sigma2 `k`. */
export interface Conditional {
  /** nFactors. */
  readonly mean: Float64Array;
  /** nFactors x nFactors by rows: (I + F'F)^-1. */
  readonly k: Float64Array;
  /** nFactors x p by rows: K F'X, by which the mean changes with minus beta. */
  readonly byBeta: Float64Array;
}

/**
 * The conditional distribution of the random effects of a cluster given its rows and the parameters.
 *
 * Bates et al. (2015), J. Stat. Softw. 67(1), section 2.2, with the residuals whitened first.
 */
export function conditionalOf(cluster: Cluster): Conditional {
  const { n, x, factor, nFactors, residual } = withIndependentResiduals(cluster);
  const transposed = transpose(factor, n, nFactors);
  const gram = multiply(transposed, factor, { n: nFactors, k: n, m: nFactors });
  for (let i = 0; i < nFactors; i++) gram[i * nFactors + i] += 1;
  const root = new Float64Array(nFactors * nFactors);
  const k = new Float64Array(nFactors * nFactors);
  choleskyInto(root, gram, nFactors);
  inverseFromCholeskyInto(k, root, nFactors);
  const byRows = multiply(k, transposed, { n: nFactors, k: nFactors, m: n });
  return {
    mean: multiply(byRows, residual, { n: nFactors, k: n, m: 1 }),
    k,
    byBeta: multiply(byRows, x, { n: nFactors, k: n, m: x.length / n }),
  };
}

/** The random effects of one level of one block in the units of the data. */
interface LevelEffects {
  readonly block: number;
  readonly level: number;
  readonly mode: readonly number[];
  /** Conditional covariance, given the fixed effects and variances. */
  readonly covariance: readonly (readonly number[])[];
}

/** What gives random effects their units: the shape of a fit, the relative factor of each block, and sigma2. */
interface ScaledEffects extends Pick<FittedRows, "lambda" | "sigma2"> {
  readonly design: LmmShape;
}

/** The random effects of every level in one cluster. */
export function effectsOf(model: ScaledEffects, cluster: Cluster, { mean, k }: Conditional): LevelEffects[] {
  const { design, lambda, sigma2 } = model;
  const { scale } = design.yScale;
  return cluster.effects.map(({ block, level, start }) => {
    const n = design.blocks[block].names.length;
    const back = product(randomTransform(design, design.blocks[block]), lambda[block], n);
    const own = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) own[i * n + j] = k[(start + i) * cluster.nFactors + start + j];
    }
    const mode = multiply(back, mean.subarray(start, start + n), { n, k: n, m: 1 });
    return {
      block,
      level,
      mode: Array.from(mode, (value) => scale * value),
      covariance: congruence(back, own, scale * scale * sigma2),
    };
  });
}

function textOf(column: Column, row: number): string {
  return column.kind === "numeric" ? String(column.values[row]) : column.levels[column.codes[row]];
}

/** The names of the levels of a block and the order in which they are listed: numbers by size, texts by code point. */
export function listedLevels(
  model: FittedRows,
  data: FitData,
  block: number,
): { readonly labels: readonly string[]; readonly order: readonly number[] } {
  const { frame, design, blockGroups } = model;
  const columns = design.blocks[block].group.split(":").map((name) => columnOf(data.table, name));
  const labels: string[] = [];
  blockGroups[block].codes.forEach((code, i) => {
    labels[code] ??= columns.map((column) => textOf(column, frame.kept[i])).join(":");
  });
  const numeric = columns.length === 1 && columns[0].kind === "numeric";
  const compare = numeric
    ? (a: number, b: number) => Number(labels[a]) - Number(labels[b])
    : (a: number, b: number) => compareCodePoints(labels[a], labels[b]);
  return { labels, order: [...labels.keys()].sort(compare) };
}

/** The names of the clusters; rows that stand alone have their number in the table. */
export function clusterLabels({ frame, clusters, fit }: FittedRows, data: FitData): string[] {
  const names = frame.factors.at(-1)?.columns ?? (fit.frame.id === null ? [] : [fit.frame.id]);
  const columns = names.map((name) => columnOf(data.table, name));
  const labels: string[] = [];
  clusters.codes.forEach((code, i) => {
    const row = frame.kept[i];
    labels[code] ??=
      columns.length === 0 ? String(row) : columns.map((column) => textOf(column, row)).join(":");
  });
  return labels;
}

/**
 * The random effects of every level of every grouping factor: conditional modes, and standard deviations given the
 * fixed effects and variances (lme4's `ranef` with `condVar`). One entry for each block of `fit.random`.
 *
 * @throws StatsError `fit.other-data`
 */
export function lmmRanef(fit: LmmFit, data: FitData): RandomEffects[] {
  const model = fittedRowsOf(fit, data);
  const found: LevelEffects[][] = model.design.blocks.map(() => []);
  for (const rows of rowsByCluster(model.clusters)) {
    const cluster = clusterOf(model, rows);
    for (const effect of effectsOf(model, cluster, conditionalOf(cluster))) {
      found[effect.block][effect.level] = effect;
    }
  }
  return model.design.blocks.map(({ group, names }, b) => {
    const { labels, order } = listedLevels(model, data, b);
    return {
      group,
      terms: names,
      levels: order.map((level) => labels[level]),
      modes: order.map((level) => found[b][level].mode),
      conditionalStdDev: order.map((level) =>
        found[b][level].covariance.map((row, i) => Math.sqrt(Math.max(0, row[i]))),
      ),
    };
  });
}
