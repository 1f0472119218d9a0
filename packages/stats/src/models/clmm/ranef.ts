import type { FitData } from "../../table/table.ts";
import type { RandomEffects } from "../fit.ts";
import { groupLabels, groupModes, rebuildRows } from "./rebuild.ts";
import type { CategoricalFit } from "./result.ts";

/**
 * The conditional modes of every group's random effects and their conditional standard deviations, one entry for
 * each block, from the data of the fit.
 *
 * The standard deviations come from the curvature of the log density at the mode, estimates taken as known.
 */
export function clmmRanef(fit: CategoricalFit, data: FitData): RandomEffects[] {
  if (fit.random.length === 0) return [];
  const rebuilt = rebuildRows(fit, data);
  const { modes, stdDev } = groupModes(fit, rebuilt);
  const { labels, order } = groupLabels(rebuilt.frame, data.table);
  let start = 0;
  return fit.random.map(({ group, terms }) => {
    const from = start;
    start += terms.length;
    const slice = (values: Float64Array) =>
      order.map((g) => [...values.subarray(2 * g + from, 2 * g + start)]);
    return {
      group,
      terms,
      levels: order.map((g) => labels[g]),
      modes: slice(modes),
      conditionalStdDev: slice(stdDev),
    };
  });
}
