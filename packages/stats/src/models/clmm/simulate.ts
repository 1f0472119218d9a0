import type { Random } from "../../random/random.ts";
import type { FitData } from "../../table/table.ts";
import { factorOf, rebuildRows, thresholdsOf } from "./rebuild.ts";
import type { CategoricalFit } from "./result.ts";

/**
 * A new outcome from the fit and new people (random effects are drawn anew): places in `fit.levels`, from 0, so 0
 * and 1 in a binary model.
 *
 * @returns one number for each row of the data; NaN in rows that were not used.
 * @throws StatsError `fit.other-data`
 */
export function clmmSimulate(fit: CategoricalFit, data: FitData, random: Random): Float64Array {
  const { frame, setup, eta, z } = rebuildRows(fit, data);
  const thresholds = thresholdsOf(fit);
  const [l11, l21, l22] = factorOf(fit);
  const effects = Float64Array.from({ length: 2 * setup.ngroups }, () => random.normal());
  const out = new Float64Array(data.table.nrows).fill(Number.NaN);
  eta.forEach((fixed, i) => {
    let latent = fixed;
    if (frame.groups !== null && setup.random !== null) {
      const g = frame.groups.codes[i];
      const [u0, u1] = [effects[2 * g], effects[2 * g + 1]];
      latent += z[2 * i] * l11 * u0 + z[2 * i + 1] * (l21 * u0 + l22 * u1);
    }
    const uniform = Math.max(random.uniform(), Number.MIN_VALUE);
    latent += Math.log(uniform / (1 - uniform));
    let place = 0;
    while (place < thresholds.length && latent > thresholds[place]) place++;
    out[frame.kept[i]] = place;
  });
  return out;
}
