import { StatsError } from "../../errors.ts";
import { INTERCEPT } from "../../frame/design.ts";
import { normalQuantile } from "../../numeric/distributions.ts";
import { suggestName } from "../../table/nearest-name.ts";
import { type Averaged, averagesAt, combine, type Point } from "./average.ts";
import type { CategoricalFit } from "./result.ts";

/** A probability with its interval, which is symmetric on the logit scale. */
export interface MarginalProbability {
  readonly level: string;
  readonly probability: number;
  readonly stdError: number;
  readonly lower: number;
  readonly upper: number;
}

/** The probabilities at one choice of the predictors. */
export interface MarginalRow {
  /** The value of every fixed effect's column that was used. */
  readonly at: Readonly<Record<string, number>>;
  /** Of each category. */
  readonly categories: readonly MarginalProbability[];
  /** Of each category or a higher one, from the second category on. */
  readonly orHigher: readonly MarginalProbability[];
}

/** A probability with a Wald interval on the logit scale, which keeps it between 0 and 1. */
export function probabilityRow(
  level: string,
  { estimate, stdError }: Averaged,
  conf: number,
): MarginalProbability {
  const half = (normalQuantile(1 - (1 - conf) / 2) * stdError) / (estimate * (1 - estimate));
  const logit = Math.log(estimate / (1 - estimate));
  const back = (value: number) => 1 / (1 + Math.exp(-value));
  return { level, probability: estimate, stdError, lower: back(logit - half), upper: back(logit + half) };
}

function checkTerms(fit: CategoricalFit, at: Readonly<Record<string, number>>): void {
  const known = Object.keys(fit.columnMeans);
  for (const term of Object.keys(at)) {
    if (known.includes(term)) continue;
    throw new StatsError(
      "clmm.unknown-term",
      `Expected values of effects of the fit; found "${term}". ${suggestName(term, known).replace("columns", "effects")}`,
    );
  }
}

/** The value of a column: as given; for an interaction the product of its parts; else its mean. */
function columnValue(fit: CategoricalFit, term: string, at: Readonly<Record<string, number>>): number {
  if (term === INTERCEPT) return 1;
  if (term in at) return at[term];
  // Colons inside [level] do not split a name.
  const parts = term.split(/:(?![^[]*\])/);
  if (parts.length > 1 && parts.every((part) => part in fit.columnMeans)) {
    return parts.reduce((product, part) => product * columnValue(fit, part, at), 1);
  }
  return fit.columnMeans[term];
}

function pointAt(fit: CategoricalFit, at: Readonly<Record<string, number>>): Point {
  const terms = fit.random.flatMap((block) => block.terms);
  const z = (r: number) => (terms[r] === undefined ? 0 : columnValue(fit, terms[r], at));
  return { x: fit.fixed.map(({ term }) => columnValue(fit, term, at)), z: [z(0), z(1)] };
}

/**
 * Predicted probabilities averaged over the random effects, of every category and of every category or a higher
 * one, at given values of the predictors; for clmm and glmm fits.
 *
 * An odds ratio of a mixed model compares a person with themselves (or with someone of the same random effect)
 * and is further from 1 than the odds ratio in the population, by a factor of about sqrt(1 + 0.346 s^2) on the
 * log scale, s the standard deviation of the random intercept (Zeger, Liang & Albert 1988, Biometrics 44,
 * 1049-1060). These probabilities are those of the population.
 *
 * @param rows  for each, values by name of the fixed effect's column, such as `{ "within(ex)": 1, "sex[male]": 0 }`.
 *   A column that is not named is at its mean; an interaction is the product of its parts.
 * @throws StatsError `clmm.unknown-term`
 */
export function clmmMarginal(
  fit: CategoricalFit,
  rows: readonly Readonly<Record<string, number>>[],
  options: { readonly level?: number } = {},
): MarginalRow[] {
  const conf = options.level ?? fit.level;
  const last = fit.levels.length - 1;
  return rows.map((at) => {
    checkTerms(fit, at);
    const point = pointAt(fit, at);
    const averages = averagesAt(fit, point);
    const only = (k: number, sign: number) => Array.from({ length: last }, (_, j) => (j === k ? sign : 0));
    const category = (k: number) =>
      Array.from({ length: last }, (_, j) => (j === k ? 1 : 0) - (j === k - 1 ? 1 : 0));
    return {
      at: Object.fromEntries(
        fit.fixed
          .map(({ term }, j): [string, number] => [term, Number(point.x[j])])
          .filter(([term]) => term !== INTERCEPT),
      ),
      categories: fit.levels.map((level, k) =>
        probabilityRow(level, combine(fit, averages, k === last ? 1 : 0, category(k)), conf),
      ),
      orHigher: fit.levels
        .slice(1)
        .map((level, k) => probabilityRow(level, combine(fit, averages, 1, only(k, -1)), conf)),
    };
  });
}
