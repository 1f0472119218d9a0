import { solveLower } from "../../linalg/dense.ts";
import type { FitData } from "../../table/table.ts";
import type { ResidualRow } from "../fit.ts";
import { type Cluster, clusterOf, covarianceOf, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { positiveRoot } from "./cluster-information.ts";
import { conditionalOf } from "./ranef-conditional.ts";
import type { LmmFit } from "./result.ts";

/**
 * raw: outcome less fitted value. standardized: in residual standard deviations of its row. normalized: standardized
 * and decorrelated within the person by a Cholesky factor (nlme's "normalized"). marginal: outcome less the population
 * value, decorrelated by the whole covariance, so that under the model all are independent with variance 1.
 */
export type ResidualScale = "raw" | "standardized" | "normalized" | "marginal";

export interface ResidualOptions {
  readonly scale?: ResidualScale;
}

/** Z u of every row of a cluster. */
function randomPart({ n, factor, nFactors }: Cluster, mean: Float64Array): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < nFactors; k++) out[i] += factor[i * nFactors + k] * mean[k];
  }
  return out;
}

function decorrelated(covariance: Float64Array, values: Float64Array): Float64Array {
  return solveLower(positiveRoot(covariance, values.length), values, values.length);
}

/** The residuals of one cluster, in units of the scaled outcome where raw. */
function clusterResiduals(
  cluster: Cluster,
  left: Float64Array,
  scale: ResidualScale,
  sigma2: number,
): Float64Array {
  const { n, within, residual } = cluster;
  if (scale === "raw") return left;
  if (scale === "marginal") return decorrelated(covarianceOf(cluster, sigma2), residual);
  const sigma = Math.sqrt(sigma2);
  if (within === null) return left.map((value) => value / sigma);
  if (scale === "standardized") return left.map((value, i) => value / (sigma * Math.sqrt(within[i * n + i])));
  return decorrelated(within, left).map((value) => value / sigma);
}

/**
 * The fitted value (random effects included) and the residual of every row used, in the order of the data.
 *
 * @throws StatsError `fit.other-data`
 * Pinheiro & Bates (2000), Mixed-Effects Models in S and S-PLUS, section 4.3.
 */
export function lmmResiduals(fit: LmmFit, data: FitData, options: ResidualOptions = {}): ResidualRow[] {
  const { scale = "raw" } = options;
  const model = fittedRowsOf(fit, data);
  const { frame, design, sigma2 } = model;
  const result: ResidualRow[] = new Array(fit.nobs);
  const unit = design.yScale.scale;
  for (const rows of rowsByCluster(model.clusters)) {
    const cluster = clusterOf(model, rows);
    const random = randomPart(cluster, conditionalOf(cluster).mean);
    const left = cluster.residual.map((value, i) => value - random[i]);
    const scaled = clusterResiduals(cluster, left, scale, sigma2);
    rows.forEach((row, i) => {
      const fitted = frame.outcome[row] - unit * left[i];
      result[row] = { row: frame.kept[row], fitted, residual: scale === "raw" ? unit * left[i] : scaled[i] };
    });
  }
  return result;
}
