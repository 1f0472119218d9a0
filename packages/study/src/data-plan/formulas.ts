import { ownCovariates } from "./questions.ts";
import type { DataPlan } from "./types.ts";

/** Beyond so many waves time enters as a number, not as a factor with a term for each. */
const MOST_FACTOR_WAVES = 12;

/** The formulas of a plan, by the names of its variables. */
export interface PlanFormulas {
  readonly x: string;
  readonly y: string;
  readonly group: string | undefined;
  /** The mixed model that answers most questions. */
  readonly mixed: string;
  /** The same with a slope of its own in each of two groups. */
  readonly byGroup: string;
  readonly fallback: readonly string[];
  /** The mixed model with `(1 | id)` alone, and without any random part. */
  readonly simple: string;
  readonly marginal: string;
  readonly covariates: readonly string[];
  /** Those of the covariates that do not change over the waves, for the lag model. */
  readonly lagCovariates: readonly string[];
}

/** The formulas of a plan with so many waves. With two waves nobody's own slope can be told from chance. */
export function planFormulas(
  plan: DataPlan,
  names: ReadonlyMap<string, string>,
  waves: number,
): PlanFormulas {
  const name = (column: string) => names.get(column) ?? column;
  const [x, y] = [name(plan.exposure.column), name(plan.outcome.column)];
  const group = plan.by === undefined ? undefined : name(plan.by.column);
  const terms = ownCovariates(plan).map(({ column, categories, once }) => ({
    once,
    term: categories === undefined ? name(column) : `factor(${name(column)})`,
  }));
  const covariates = [...(group === undefined ? [] : [group]), ...terms.map(({ term }) => term)];
  const constant = terms.filter(({ once }) => once === true).map(({ term }) => term);
  const time = waves > MOST_FACTOR_WAVES ? "wave" : "factor(wave)";
  const fixed = [`within(${x})`, `between(${x})`, ...covariates, time].join(" + ");
  const products = group === undefined ? "" : ` + within(${x}):${group} + between(${x}):${group}`;
  const random = waves > 2 ? `(1 + within(${x}) | id)` : "(1 | id)";
  return {
    x,
    y,
    group,
    mixed: `${y} ~ ${fixed} + ${random}`,
    byGroup: `${y} ~ ${fixed}${products} + ${random}`,
    fallback: waves > 2 ? [`(1 + within(${x}) || id)`, "(1 | id)"] : [],
    simple: `${y} ~ ${fixed} + (1 | id)`,
    marginal: `${y} ~ ${fixed}`,
    covariates,
    lagCovariates: [...(group === undefined ? [] : [group]), ...constant],
  };
}
