import { termIndex } from "../../inference/term-names.ts";
import { waldRow } from "../../inference/wald.ts";
import { dot, multiply, transpose } from "../../linalg/dense.ts";
import type { FitData } from "../../table/table.ts";
import type { Coefficient } from "../fit.ts";
import { cross } from "./cluster-information.ts";
import type { LmmFit } from "./result.ts";
import {
  adjustedScores,
  type RobustClusters,
  type RobustType,
  robustClusters,
  smallSampleFactor,
} from "./robust.ts";
import { addToContrast, contrastDf, contrastSums } from "./robust-df.ts";

/**
 * One linear combination of fixed effects with a cluster-robust standard error: what `contrast(robust(fit, data),
 * weights)` gives, without the degrees of freedom of every other contrast, which are most of the work.
 *
 * @param weights  weight by term.
 * @throws StatsError `fit.unknown-term`, and what `robust` throws.
 */
export function robustContrast(
  fit: LmmFit,
  data: FitData,
  weights: Readonly<Record<string, number>>,
  options: { readonly type?: RobustType; readonly level?: number } = {},
): Coefficient {
  const l = new Float64Array(fit.fixed.length);
  for (const [term, weight] of Object.entries(weights)) l[termIndex(fit, term)] += weight;
  const p = l.length;
  const parts = robustClusters(fit, data);
  const direction = multiply(transpose(parts.back, p, p), l, { n: p, k: p, m: 1 });
  const { variance, df } = alongDirection(parts, options.type ?? "cr2", direction);
  const estimate = fit.fixed.reduce((sum, row, j) => sum + l[j] * row.estimate, 0);
  const term = Object.keys(weights).join(" + ");
  const stdError = Math.sqrt(variance) * parts.model.design.yScale.scale;
  const row = { term, estimate, stdError, df: fit.dfMethod === "none" ? null : df };
  return waldRow(row, options.level ?? fit.level);
}

/** The variance of one direction, in scaled units of the outcome, and its degrees of freedom. */
function alongDirection({ clusters, roots }: RobustClusters, type: RobustType, direction: Float64Array) {
  const p = direction.length;
  const sums = contrastSums(p);
  let meat = 0;
  clusters.forEach((cluster, g) => {
    const { n, x, residual } = cluster;
    const score = adjustedScores(cluster, roots[g], type, multiply(x, direction, { n, k: p, m: 1 }));
    meat += dot(score, residual) ** 2;
    const spread = cross(roots[g], score, n);
    addToContrast(sums, dot(spread, spread), cross(x, score, n));
  });
  return { variance: meat * smallSampleFactor(type, clusters.length), df: contrastDf(sums) };
}
