import { normalQuantile, tQuantile } from "../../numeric/distributions.ts";
import type { Random } from "../../random/random.ts";
import type { FitData } from "../../table/table.ts";
import type { PredictedRow, ResidualRow } from "../fit.ts";
import { resolvePersonalOptions } from "./options.ts";
import type { PersonalFit } from "./result.ts";
import { type PersonalSetup, setupPersonal } from "./setup.ts";

function setupOf(fit: PersonalFit, data: FitData): PersonalSetup {
  const { type } = fit.residual;
  const options = resolvePersonalOptions({
    residual: type === "ar1" || type === "car1" ? type : "iid",
    ...(fit.frame.time === null ? {} : { time: fit.frame.time }),
    ...(fit.frame.id === null ? {} : { id: fit.frame.id }),
  });
  return setupPersonal(fit.formula, data.table, options);
}

function fittedValues(fit: PersonalFit, setup: PersonalSetup): Float64Array {
  return setup.frame.outcome.map((_, i) =>
    setup.columns.reduce((sum, { values }, j) => sum + values[i] * fit.fixed[j].estimate, 0),
  );
}

/** The outcome that the regression predicts for each row used (0-based), with the interval of its mean. */
export function personalPredict(
  fit: PersonalFit,
  data: FitData,
  { level = fit.level }: { readonly level?: number } = {},
): PredictedRow[] {
  const setup = setupOf(fit, data);
  const predicted = fittedValues(fit, setup);
  const p = 1 - (1 - level) / 2;
  const half = fit.dfResidual > 0 ? tQuantile(p, fit.dfResidual) : normalQuantile(p);
  return Array.from(predicted, (value, i) => {
    const x = setup.columns.map(({ values }) => values[i]);
    const variance = x.reduce(
      (sum, xj, j) => sum + xj * x.reduce((s, xk, k) => s + fit.vcov[j][k] * xk, 0),
      0,
    );
    const stdError = Math.sqrt(variance);
    return {
      row: setup.tableRows[i],
      predicted: value,
      stdError,
      lower: value - half * stdError,
      upper: value + half * stdError,
    };
  });
}

/** Outcome less prediction for each row used (0-based), in the order of the rows. */
export function personalResiduals(fit: PersonalFit, data: FitData): ResidualRow[] {
  const setup = setupOf(fit, data);
  return Array.from(fittedValues(fit, setup), (fitted, i) => ({
    row: setup.tableRows[i],
    fitted,
    residual: setup.frame.outcome[i] - fitted,
  }));
}

/**
 * A new outcome drawn from the fitted model.
 *
 * @returns one number for each row of the data; NaN in rows that were not used.
 */
export function personalSimulate(fit: PersonalFit, data: FitData, random: Random): Float64Array {
  const setup = setupOf(fit, data);
  const fitted = fittedValues(fit, setup);
  const out = new Float64Array(data.table.nrows).fill(Number.NaN);
  const { order, distance, step } = setup.sequence;
  const [parameter] = fit.residual.parameters;
  const phi = fit.residual.type === "car1" ? parameter ** step : parameter;
  let error = 0;
  for (let i = 0; i < order.length; i++) {
    const rho = phi === undefined || Number.isNaN(distance[i]) ? 0 : phi ** distance[i];
    error = rho * error + fit.sigma * Math.sqrt(1 - rho * rho) * random.normal();
    out[setup.tableRows[order[i]]] = fitted[order[i]] + error;
  }
  return out;
}
