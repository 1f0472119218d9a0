import { StatsError } from "../../errors.ts";
import { marginalMoments } from "./available-cases.ts";
import { covariateMoments } from "./baseline.ts";
import type { SemGroupData, SemModel, SemParameter } from "./model.ts";

function fixedRow(lhs: string, rhs: string, value: number, group: number): SemParameter {
  return { lhs, op: rhs === "" ? "~1" : "~~", rhs, group, free: null, value };
}

function covariateRows(model: SemModel, data: readonly SemGroupData[]): SemParameter[] {
  const { observed, fixedCovariates: names } = model;
  const indices = names.map((name) => observed.indexOf(name));
  return data.flatMap((group, g) => {
    const moments = covariateMoments(group, indices, observed.length);
    if (moments === null) throw dependentCovariates(names);
    const means = names.map((name, a) => fixedRow(name, "", moments.mean[a], g));
    const covariances = names.flatMap((name, a) =>
      names
        .slice(0, a + 1)
        .map((other, b) => fixedRow(name, other, moments.covariance[a * names.length + b], g)),
    );
    return [...means, ...covariances];
  });
}

function dependentCovariates(names: readonly string[]): StatsError {
  return new StatsError(
    "sem.covariates-dependent",
    `Expected covariates that vary and do not determine each other in every group; found ${names.join(", ")} do not. Leave one out.`,
  );
}

/**
 * The model with the moments of its fixed covariates in the data as fixed rows of its table.
 *
 * @throws StatsError `sem.covariates-dependent`, `sem.model` for a covariate that is not observed or has rows.
 */
export function withCovariateMoments(model: SemModel, data: readonly SemGroupData[]): SemModel {
  for (const name of model.fixedCovariates) {
    const owned = model.parameters.find(
      ({ lhs, op, rhs }) => op !== "=~" && (lhs === name || (op === "~~" && rhs === name)),
    );
    if (owned === undefined && model.observed.includes(name)) continue;
    throw new StatsError(
      "sem.model",
      `Expected fixed covariates to be observed and without moments or predictors of their own; found "${name}" ${owned === undefined ? "not observed" : "with a row"}. Change the model.`,
    );
  }
  if (model.fixedCovariates.length === 0) return model;
  return { ...model, parameters: [...model.parameters, ...covariateRows(model, data)] };
}

/**
 * Checks that every variable can be modelled in every group.
 *
 * @throws StatsError `sem.data`, `sem.unobserved-variable`, `sem.constant-variable`
 */
export function checkVariables(model: SemModel, data: readonly SemGroupData[]): void {
  if (data.length !== model.groups.length) {
    throw new StatsError(
      "sem.data",
      `Expected data for ${model.groups.length} groups; found ${data.length}. List the groups of the data in the model.`,
    );
  }
  for (const { label, patterns } of data) {
    const { count, mean, variance } = marginalMoments(patterns, model.observed.length);
    const where = label === "" ? "" : ` in group "${label}"`;
    model.observed.forEach((name, i) => {
      if (!(count[i] > 0)) throw unobserved(name, where);
      // What is left of a constant after sums of squares is rounding of its size.
      if (!(variance[i] > 1e-20 * mean[i] ** 2)) throw constant(name, where, mean[i]);
    });
  }
}

function unobserved(name: string, where: string): StatsError {
  return new StatsError(
    "sem.unobserved-variable",
    `Expected at least one value of each variable; found none of "${name}"${where}. Leave the variable, or the wave, out.`,
  );
}

function constant(name: string, where: string, value: number): StatsError {
  return new StatsError(
    "sem.constant-variable",
    `Expected variables that vary; found "${name}"${where} always ${value}. Leave it out.`,
  );
}
