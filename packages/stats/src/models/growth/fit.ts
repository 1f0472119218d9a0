import type { FitData } from "../../table/table.ts";
import { pathParameters } from "../riclpm/parameters.ts";
import { fitIndices } from "../riclpm/result.ts";
import { semData } from "../sem/data.ts";
import { fitSem } from "../sem/fit.ts";
import type { SemFit, SemGroupData, SemModel, SemRows } from "../sem/model.ts";
import { growthModel } from "./model.ts";
import type { GrowthColumns, GrowthOptions } from "./options.ts";
import type { GrowthFit, WaveShare } from "./result.ts";
import { type GrowthSetup, setupGrowth } from "./setup.ts";

/**
 * Fits linear latent growth by full-information maximum likelihood: an intercept and a slope for each person in
 * each series, with their means, variances and covariances.
 *
 * With equal residual variances and complete data it is the mixed model with a random intercept and a random
 * slope of time, by maximum likelihood.
 *
 * @param columns  long data (`id`, `time`) or wide data (one column for each wave of each series).
 * @throws StatsError `growth.*`, `riclpm.*`, `data.*`
 * McArdle & Epstein (1987), Child Dev. 58, 110-133.
 */
export function growth(columns: GrowthColumns, data: FitData, options: GrowthOptions = {}): GrowthFit {
  const setup = setupGrowth(columns, data, options);
  const moments = semData(setup.sem, { fixedCovariates: setup.fixedCovariates });
  return fitGrowth(columns, { setup, moments, sem: setup.sem }, options);
}

interface GrowthMoments {
  readonly setup: GrowthSetup;
  readonly moments: readonly SemGroupData[];
  readonly sem?: SemRows;
}

/** The fit to growth data that are reduced to moments; robust standard errors need the rows too. */
export function fitGrowth(
  columns: GrowthColumns,
  { setup, moments, sem }: GrowthMoments,
  options: GrowthOptions,
): GrowthFit {
  const model = growthModel({ ...setup, residuals: options.residuals ?? "free" });
  const asked = { se: options.se ?? "observed", level: options.level ?? 0.95 };
  const fit = fitSem(model, moments, sem === undefined ? asked : { ...asked, rows: sem });
  return {
    model: "growth",
    columns,
    scores: setup.scores,
    ...fitIndices(fit),
    converged: fit.converged,
    admissible: fit.admissible,
    improper: fit.improper,
    nparameters: fit.nparameters,
    conditionNumber: fit.conditionNumber,
    parameters: pathParameters(model, fit),
    vcov: fit.vcov,
    explained: explained(model, fit),
    leftOut: { withoutAnswers: fit.droppedEmpty, withoutCovariate: fit.droppedCovariate },
    rows: setup.rows,
    warnings: fit.warnings,
  };
}

/** One less the residual variance over the implied variance of each wave. */
function explained({ parameters, latent, fixedCovariates }: SemModel, fit: SemFit): WaveShare[] {
  const [{ variables, covariance }] = fit.implied;
  const others = [...latent, ...fixedCovariates];
  return parameters
    .filter(({ lhs, op, rhs }) => op === "~~" && lhs === rhs && !others.includes(lhs))
    .map(({ lhs, free, value }) => {
      const at = variables.indexOf(lhs);
      const residual = free === null ? value : fit.estimates[free];
      return { wave: lhs, share: 1 - residual / covariance[at][at] };
    });
}
