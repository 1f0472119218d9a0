import type { Grouping } from "../../frame/groups.ts";
import { multiply } from "../../linalg/dense.ts";
import type { PanelErrors } from "./options.ts";

interface Clustered {
  /** The columns kept, transformed as the regression saw them. */
  readonly columns: readonly Float64Array[];
  readonly residuals: Float64Array;
  /** (X'X)^-1, k x k by rows. */
  readonly inverse: Float64Array;
  readonly people: Grouping;
}

/** The factor of each kind of clustered covariance; `k` predictors count, people's levels do not. */
function correction(se: PanelErrors, { people, n, k }: { people: number; n: number; k: number }): number {
  if (se === "arellano-hc0") return 1;
  if (se === "arellano-hc1") return n / (n - k);
  return ((people / (people - 1)) * (n - 1)) / (n - k);
}

/**
 * The covariance of the estimates clustered by person, k x k by rows.
 *
 * Arellano (1987), Oxf. Bull. Econ. Stat. 49, 431-434; the corrections are plm's HC0, HC1 and "sss".
 */
export function clusteredVcov(
  { columns, residuals, inverse, people }: Clustered,
  se: PanelErrors,
  counted: number,
): Float64Array {
  const k = columns.length;
  const scores = new Float64Array(people.count * k);
  columns.forEach((column, j) => {
    for (let i = 0; i < column.length; i++) scores[people.codes[i] * k + j] += column[i] * residuals[i];
  });
  const meat = new Float64Array(k * k);
  for (let g = 0; g < people.count; g++) {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) meat[i * k + j] += scores[g * k + i] * scores[g * k + j];
    }
  }
  const size = { n: k, k, m: k };
  const factor = correction(se, { people: people.count, n: residuals.length, k: counted });
  return multiply(multiply(inverse, meat, size), inverse, size).map((value) => value * factor);
}
