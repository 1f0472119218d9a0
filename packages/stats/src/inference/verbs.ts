import { StatsError } from "../errors.ts";
import { symmetricEigen } from "../linalg/symmetric-eigen.ts";
import type { Coefficient, FitCommon, Matrix, RandomBlock } from "../models/fit.ts";
import type { ContrastParts, LmmFit } from "../models/lmm/result.ts";
import type { RobustParts } from "../models/lmm/robust.ts";
import { robustContrastDf } from "../models/lmm/robust-df.ts";
import { chiSquareUpper, fUpper } from "../numeric/distributions.ts";
import { suggestName } from "../table/nearest-name.ts";
import { quadraticForm, satterthwaiteDf } from "./satterthwaite-df.ts";
import { waldRow } from "./wald.ts";

interface LevelOptions {
  /** The coverage of intervals, a proportion; by default that of the fit. */
  readonly level?: number;
}

/** A fit of any model with a formula; those with degrees of freedom of their own carry what these need. */
export interface TestableFit extends FitCommon {
  readonly dfResidual?: number | null;
  readonly satterthwaite?: ContrastParts | null;
  readonly robust?: RobustParts | null;
}

/** The fixed effects with tests of zero and intervals. */
export function coefTable(fit: FitCommon, options: LevelOptions = {}): Coefficient[] {
  const level = options.level ?? fit.level;
  return fit.fixed.map((row) => ({ ...row, ...waldRow(row, level) }));
}

export interface Interval {
  readonly term: string;
  readonly lower: number;
  readonly upper: number;
}

/** The Wald intervals of the fixed effects: t on `df`, normal where the fit has none. */
export function confint(fit: FitCommon, options: LevelOptions = {}): Interval[] {
  return coefTable(fit, options).map(({ term, lower, upper }) => ({ term, lower, upper }));
}

/** The covariance of the fixed effects, in the order of `fit.fixed`. */
export function vcov(fit: FitCommon): Matrix {
  return fit.vcov;
}

/** The blocks of random effects and the residual standard deviation. */
export function varCorr(fit: LmmFit): { readonly random: readonly RandomBlock[]; readonly sigma: number } {
  return { random: fit.random, sigma: fit.sigma };
}

/** The (restricted) log-likelihood (null for a model without one), its number of parameters and of rows. */
export function logLik<Fit extends FitCommon>(
  fit: Fit,
): { readonly value: Fit["logLik"]; readonly df: number; readonly nobs: number } {
  return { value: fit.logLik, df: fit.nparameters, nobs: fit.nobs };
}

/** The same for `a:b` and `b:a`; colons inside [level] do not split a name. */
function nameKey(name: string): string {
  return name
    .split(/:(?![^[]*\])/)
    .sort()
    .join(":");
}

/** The place of a term in `fit.fixed`; the parts of an interaction may come in any order. */
function termIndex(fit: FitCommon, term: string): number {
  const names = fit.fixed.map((row) => row.term);
  const exact = names.indexOf(term);
  const index = exact >= 0 ? exact : names.findIndex((name) => nameKey(name) === nameKey(term));
  if (index >= 0) return index;
  const dropped = fit.dropped.includes(term) ? " It was left out because other columns determine it." : "";
  throw new StatsError(
    "fit.unknown-term",
    `Expected a fixed effect called "${term}"; the fit has none.${dropped} ${suggestName(term, names).replace("columns", "effects")}`,
  );
}

function weightVector(fit: FitCommon, weights: Readonly<Record<string, number>>): number[] {
  const vector = fit.fixed.map(() => 0);
  for (const [term, weight] of Object.entries(weights)) vector[termIndex(fit, term)] += weight;
  return vector;
}

/** Degrees of freedom of a contrast of a fit with robust standard errors. */
function dfOfRobust(fit: FitCommon, { contrasts }: RobustParts, l: readonly number[]): number | null {
  if (contrasts !== null) return robustContrastDf(contrasts, l);
  const [only, ...others] = [...l.keys()].filter((j) => l[j] !== 0);
  if (others.length === 0) return fit.fixed[only].df;
  throw new StatsError(
    "fit.robust-contrast",
    `Expected at most 20 fixed effects, for which a robust fit carries the degrees of freedom of every contrast; found ${fit.fixed.length}. Use fewer terms, or recode so that the question is one coefficient.`,
  );
}

/** Degrees of freedom of a contrast; null where the fit's tests are normal. */
function dfOf(fit: TestableFit, l: readonly number[]): number | null {
  if (fit.fixed.every(({ df }) => df === null)) return null;
  if (fit.robust) return dfOfRobust(fit, fit.robust, l);
  const parts = fit.satterthwaite ?? null;
  if (parts !== null) return satterthwaiteDf(fit.vcov, parts, l);
  const [{ df }] = fit.fixed;
  const allAlike = fit.fixed.every((row) => row.df === df);
  return allAlike ? df : (fit.dfResidual ?? null);
}

function formatWeights(weights: Readonly<Record<string, number>>): string {
  const parts = Object.entries(weights).map(([term, weight]) => (weight === 1 ? term : `${weight}*${term}`));
  return parts.join(" + ").replaceAll("+ -", "- ");
}

/**
 * A linear combination of fixed effects, its test of zero and its interval.
 *
 * @param weights  weight by term, for example `{ "within(ex)": 1, "within(ex):male": 1 }` for the slope in men.
 * @throws StatsError `fit.unknown-term`
 */
export function contrast(
  fit: TestableFit,
  weights: Readonly<Record<string, number>>,
  options: LevelOptions = {},
): Coefficient {
  const l = weightVector(fit, weights);
  const estimate = l.reduce((sum, weight, j) => sum + weight * fit.fixed[j].estimate, 0);
  const stdError = Math.sqrt(quadraticForm(fit.vcov, l));
  const term = formatWeights(weights);
  return waldRow({ term, estimate, stdError, df: dfOf(fit, l) }, options.level ?? fit.level);
}

export interface JointTest {
  /** F, or chi-square divided by its degrees of freedom when the fit has none. */
  readonly statistic: number;
  readonly dfNumerator: number;
  readonly dfDenominator: number | null;
  readonly pValue: number;
}

/** Denominator df of a sum of squared t statistics with the df `parts` (Fai & Cornelius 1996). */
function poolDf(parts: readonly number[]): number {
  if (parts.every((df) => Math.abs(df - parts[0]) < 1e-8 * parts[0])) return parts[0];
  if (parts.some((df) => df <= 2)) return 2;
  const expected = parts.reduce((sum, df) => sum + df / (df - 2), 0);
  return (2 * expected) / (expected - parts.length);
}

/**
 * The test that all the given fixed effects are zero.
 *
 * @throws StatsError `fit.unknown-term`, `fit.no-terms`
 * Fai & Cornelius (1996), J. Stat. Comput. Simul. 54, 363-378, as in lmerTest.
 */
export function jointTest(fit: TestableFit, terms: readonly string[]): JointTest {
  if (terms.length === 0) {
    throw new StatsError(
      "fit.no-terms",
      "Expected at least one term to test; found none. Name the fixed effects.",
    );
  }
  const indexes = [...new Set(terms.map((term) => termIndex(fit, term)))];
  const n = indexes.length;
  const block = Float64Array.from(
    { length: n * n },
    (_, e) => fit.vcov[indexes[Math.floor(e / n)]][indexes[e % n]],
  );
  const { values, vectors } = symmetricEigen(block, n);
  let total = 0;
  const dfs: (number | null)[] = [];
  for (let e = 0; e < n; e++) {
    const l = fit.fixed.map(() => 0);
    indexes.forEach((index, i) => {
      l[index] = vectors[i * n + e];
    });
    const estimate = l.reduce((sum, weight, j) => sum + weight * fit.fixed[j].estimate, 0);
    total += (estimate * estimate) / values[e];
    dfs.push(dfOf(fit, l));
  }
  const known = dfs.filter((df) => df !== null);
  const dfDenominator = known.length === n ? poolDf(known) : null;
  const statistic = total / n;
  const pValue = dfDenominator === null ? chiSquareUpper(total, n) : fUpper(statistic, n, dfDenominator);
  return { statistic, dfNumerator: n, dfDenominator, pValue };
}

export interface LikelihoodRatioTest {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
}

function sameFixed(a: LmmFit, b: LmmFit): boolean {
  const key = (fit: LmmFit) =>
    fit.fixed
      .map((row) => nameKey(row.term))
      .sort()
      .join("\n");
  return key(a) === key(b);
}

/**
 * The likelihood-ratio test of two nested fits on the same rows, in either order.
 *
 * @throws StatsError `anova.different-rows`, `anova.reml` (REML fits with different fixed effects),
 *   `anova.not-nested` (as many parameters in both, or a better fit with fewer)
 */
export function anova(a: LmmFit, b: LmmFit): LikelihoodRatioTest {
  const [small, large] = logLik(a).df <= logLik(b).df ? [a, b] : [b, a];
  if (small.nobs !== large.nobs) {
    throw new StatsError(
      "anova.different-rows",
      `Expected two fits on the same rows; found ${a.nobs} and ${b.nobs}. Drop the rows with missing values first.`,
    );
  }
  if (small.method !== large.method || (small.method === "reml" && !sameFixed(small, large))) {
    throw new StatsError(
      "anova.reml",
      "Expected two ML fits, or two REML fits with the same fixed effects; found REML likelihoods that cannot be compared. Fit both with method ml.",
    );
  }
  const df = logLik(large).df - logLik(small).df;
  const chiSquare = small.deviance - large.deviance;
  if (df === 0 || chiSquare < -1e-6 * Math.abs(large.deviance)) {
    throw new StatsError(
      "anova.not-nested",
      `Expected one model to hold the other; found ${df} more parameters and a deviance lower by ${chiSquare.toPrecision(4)}. Compare such models by AIC.`,
    );
  }
  return { chiSquare: Math.max(0, chiSquare), df, pValue: chiSquareUpper(chiSquare, df) };
}
