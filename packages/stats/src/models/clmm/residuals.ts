import type { FitData } from "../../table/table.ts";
import type { ResidualRow } from "../fit.ts";
import { personEta } from "./predict.ts";
import { isCumulative, rebuildRows, thresholdsOf } from "./rebuild.ts";
import type { CategoricalFit } from "./result.ts";

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Probability-scale residuals of every row used, P(lower category) - P(higher category) than the one observed,
 * given each person's conditional mode: between -1 and 1, about 0 on average when the model holds.
 *
 * `fitted` is the linear predictor in a cumulative model; in a binary one it is the probability, and the residual
 * is the outcome less that. Li & Shepherd (2012), Biometrika 99, 473-480.
 */
export function clmmResiduals(fit: CategoricalFit, data: FitData): ResidualRow[] {
  const rebuilt = rebuildRows(fit, data);
  const { frame, setup } = rebuilt;
  const eta = personEta(fit, rebuilt);
  const thresholds = thresholdsOf(fit);
  const category = new Int32Array(eta.length);
  setup.order.forEach((row, i) => {
    category[row] = setup.rows.category[i];
  });
  return Array.from(frame.kept, (row, i) => {
    const cell = category[i];
    const below = cell === 0 ? 0 : logistic(thresholds[cell - 1] - eta[i]);
    const above = cell === thresholds.length ? 0 : logistic(eta[i] - thresholds[cell]);
    const fitted = isCumulative(fit) ? eta[i] : logistic(eta[i]);
    return { row, fitted, residual: below - above };
  });
}
