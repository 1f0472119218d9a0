import { multiply } from "../../linalg/dense.ts";
import type { Random } from "../../random/random.ts";
import type { FitData } from "../../table/table.ts";
import { type Cluster, clusterOf, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { positiveRoot } from "./cluster-information.ts";
import type { LmmFit } from "./result.ts";

function draws(random: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => random.normal());
}

/** Residuals of one cluster relative to sigma. */
function residualDraws({ n, within }: Cluster, random: Random): Float64Array {
  const independent = draws(random, n);
  if (within === null) return independent;
  return multiply(positiveRoot(within, n), independent, { n, k: n, m: 1 });
}

/**
 * A new outcome drawn from the fitted model: new people with the same predictors.
 *
 * @param random  the source of chance; the same seed gives the same outcome.
 * @returns one number for each row of the data; NaN in rows that were not used.
 * @throws StatsError `fit.other-data`
 */
export function lmmSimulate(fit: LmmFit, data: FitData, random: Random): Float64Array {
  const model = fittedRowsOf(fit, data);
  const { frame, design, sigma2 } = model;
  const unit = design.yScale.scale;
  const sigma = Math.sqrt(sigma2);
  const out = new Float64Array(data.table.nrows).fill(Number.NaN);
  for (const rows of rowsByCluster(model.clusters)) {
    const cluster = clusterOf(model, rows);
    const { n, nFactors, factor, residual } = cluster;
    const people = multiply(factor, draws(random, nFactors), { n, k: nFactors, m: 1 });
    const noise = residualDraws(cluster, random);
    rows.forEach((row, i) => {
      const expected = frame.outcome[row] - unit * residual[i];
      out[frame.kept[row]] = expected + unit * sigma * (people[i] + noise[i]);
    });
  }
  return out;
}
