import { StatsError } from "../errors.ts";
import type { Coefficient, FitCommon, Matrix, RandomBlock } from "../models/fit.ts";
import type { LmmFit } from "../models/lmm/result.ts";
import { chiSquareUpper } from "../numeric/distributions.ts";
import { contrastDf, type TestableFit } from "./contrast-df.ts";
import { type JointTest, testOfContrasts } from "./joint-test.ts";
import { quadraticForm } from "./satterthwaite-df.ts";
import { nameKey, termIndex } from "./term-names.ts";
import { waldRow } from "./wald.ts";

export type { TestableFit } from "./contrast-df.ts";
export type { JointTest } from "./joint-test.ts";

interface LevelOptions {
  /** The coverage of intervals, a proportion; by default that of the fit. */
  readonly level?: number;
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

function weightVector(fit: FitCommon, weights: Readonly<Record<string, number>>): number[] {
  const vector = fit.fixed.map(() => 0);
  for (const [term, weight] of Object.entries(weights)) vector[termIndex(fit, term)] += weight;
  return vector;
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
  return waldRow({ term, estimate, stdError, df: contrastDf(fit, l) }, options.level ?? fit.level);
}

/**
 * The test that all the given fixed effects are zero.
 *
 * @throws StatsError `fit.unknown-term`, `fit.no-terms`
 * Degrees of freedom: see `testOfContrasts`.
 */
export function jointTest(fit: TestableFit, terms: readonly string[]): JointTest {
  if (terms.length === 0) {
    throw new StatsError(
      "fit.no-terms",
      "Expected at least one term to test; found none. Name the fixed effects.",
    );
  }
  const indexes = [...new Set(terms.map((term) => termIndex(fit, term)))];
  return testOfContrasts(
    fit,
    indexes.map((index) => fit.fixed.map((_, j) => (j === index ? 1 : 0))),
  );
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
