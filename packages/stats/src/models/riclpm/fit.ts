import type { FitData } from "../../table/table.ts";
import { riclpmTests } from "./compare.ts";
import { estimateWithRestarts, riclpmProblem } from "./estimate.ts";
import { type RiclpmColumns, type RiclpmOptions, type RiclpmSettings, riclpmSettings } from "./options.ts";
import { laggedPaths, laterCorrelations, pathParameters } from "./parameters.ts";
import { type ReducedPanel, reducedRows } from "./reduced.ts";
import { fitIndices, type RiclpmFit } from "./result.ts";
import { setupRiclpm } from "./setup.ts";
import { riclpmWarnings } from "./warn.ts";

/**
 * Fits a random-intercept cross-lagged panel model by full-information maximum likelihood.
 *
 * Each series is split into a person's own level (the random intercept) and the deviation from it at each wave;
 * the lags connect the deviations. Everyone with an answer counts, whatever is missing at random.
 *
 * @param columns  long data: `x`, `y`, `id`, `time`; wide data: one column for each wave in `x` and in `y`.
 * @throws StatsError `riclpm.*`, `data.*`
 * Hamaker, Kuiper & Grasman (2015), Psychol. Methods 20, 102-116.
 */
export function riclpm(columns: RiclpmColumns, data: FitData, options: RiclpmOptions = {}): RiclpmFit {
  const settings = riclpmSettings(options);
  return fitReduced(columns, reducedRows(setupRiclpm(columns, data)), settings);
}

/** The fit to a panel that is reduced to moments. */
export function fitReduced(columns: RiclpmColumns, setup: ReducedPanel, settings: RiclpmSettings): RiclpmFit {
  const problem = riclpmProblem(setup, settings);
  const fitted = estimateWithRestarts(problem);
  const { model, fit, restarts } = fitted;
  return {
    model: "riclpm",
    columns,
    settings,
    waves: setup.waves,
    ...fitIndices(fit),
    groups: groupCounts(setup, fit.nobsByGroup),
    converged: fit.converged,
    admissible: fit.admissible,
    improper: fit.improper,
    nparameters: fit.nparameters,
    conditionNumber: fit.conditionNumber,
    parameters: pathParameters(model, fit),
    paths: laggedPaths(model, fit),
    laterCorrelations: laterCorrelations(model, fit),
    vcov: fit.vcov,
    tests: settings.tests ? riclpmTests(problem, fitted) : [],
    withinStdDev: setup.withinStdDev,
    errorVariance: problem.errorVariance,
    restarts,
    rows: setup.rows,
    leftOut: setup.leftOut,
    warnings: riclpmWarnings(columns, { setup, settings }, { fit, restarts }),
  };
}

function groupCounts({ groups }: ReducedPanel, nobs: readonly number[]): RiclpmFit["groups"] {
  if (groups.length === 1 && groups[0] === "") return [];
  return groups.map((label, group) => ({ label, nobs: nobs[group] }));
}
