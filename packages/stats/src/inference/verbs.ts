import { StatsError } from "../errors.ts";
import { isPooled, pooledContrast } from "../missing/pool-tests.ts";
import type { Coefficient, FitCommon, RandomBlock } from "../models/fit.ts";
import type { GrowthFit } from "../models/growth/result.ts";
import type { RiclpmFit } from "../models/riclpm/result.ts";
import { chiSquareUpper } from "../numeric/chi-square.ts";
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

/** A fit of a mean and covariance structure. */
export type StructureFit = RiclpmFit | GrowthFit;

/** A fit of any model of this package. */
export type AnyFit = FitCommon | StructureFit;

function isStructure(fit: AnyFit): fit is StructureFit {
  return "parameters" in fit;
}

/** The paths, (co)variances and means of a structure as rows of one table, `wy2 ~ wx1` or `men: wy2 ~ wx1`. */
function structureRows(fit: StructureFit, level: number): Coefficient[] {
  return fit.parameters.map(({ lhs, op, rhs, group, estimate, stdError }) => {
    const term = `${group === null ? "" : `${group}: `}${lhs} ${op} ${rhs}`.trim();
    return waldRow({ term, estimate, stdError: stdError ?? Number.NaN, df: null }, level);
  });
}

/** The estimates with tests of zero and intervals: fixed effects, or the parameters of a structure. */
export function coefTable(fit: AnyFit, options: LevelOptions = {}): Coefficient[] {
  const level = options.level ?? fit.level;
  if (isStructure(fit)) return structureRows(fit, level);
  return fit.fixed.map((row) => ({ ...row, ...waldRow(row, level) }));
}

export interface Interval {
  readonly term: string;
  readonly lower: number;
  readonly upper: number;
}

/** The Wald intervals of the estimates: t on `df`, normal where the fit has none. */
export function confint(fit: AnyFit, options: LevelOptions = {}): Interval[] {
  return coefTable(fit, options).map(({ term, lower, upper }) => ({ term, lower, upper }));
}

/** The covariance of the fixed effects, or of a structure's free parameters; null where it does not exist. */
export function vcov<Fit extends AnyFit>(fit: Fit): Fit["vcov"] {
  return fit.vcov;
}

/** The blocks of random effects and the residual standard deviation (null for a model without one). */
export function varCorr(fit: { readonly random: readonly RandomBlock[]; readonly sigma?: number }): {
  readonly random: readonly RandomBlock[];
  readonly sigma: number | null;
} {
  return { random: fit.random, sigma: fit.sigma ?? null };
}

/** The (restricted) log-likelihood (null for a model without one), its number of parameters and of rows or people. */
export function logLik<Fit extends AnyFit>(
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
  if (isPooled(fit)) return pooledContrast(fit, weights, options);
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

/** What a likelihood-ratio test reads of a fit. */
type LikelihoodFit = AnyFit & { readonly method?: string };

function sameFixed(a: AnyFit, b: AnyFit): boolean {
  const key = (fit: AnyFit) =>
    coefTable(fit)
      .map((row) => nameKey(row.term))
      .sort()
      .join("\n");
  return key(a) === key(b);
}

function requireComparable(small: LikelihoodFit, large: LikelihoodFit): void {
  if (small.logLik === null || large.logLik === null) {
    throw new StatsError(
      "anova.no-likelihood",
      "Expected two fits with a likelihood; found a model without one, such as gee. Test its terms with jointTest.",
    );
  }
  if (small.nobs !== large.nobs) {
    throw new StatsError(
      "anova.different-rows",
      `Expected two fits on the same rows; found ${small.nobs} and ${large.nobs}. Drop the rows with missing values first.`,
    );
  }
  if (small.method !== large.method || (small.method === "reml" && !sameFixed(small, large))) {
    throw new StatsError(
      "anova.reml",
      "Expected two ML fits, or two REML fits with the same fixed effects; found REML likelihoods that cannot be compared. Fit both with method ml.",
    );
  }
}

/** Yuan and Bentler's scaling of the difference of two robust structures (Satorra & Bentler 2001); 1 for other fits. */
function differenceScale(small: AnyFit, large: AnyFit): number {
  if (!isStructure(small) || !isStructure(large)) return 1;
  const [c0, c1] = [small.scalingFactor, large.scalingFactor];
  if (c0 === null && c1 === null) return 1;
  const scale = ((c0 ?? Number.NaN) * small.df - (c1 ?? Number.NaN) * large.df) / (small.df - large.df);
  return scale > 0 ? scale : Number.NaN;
}

/**
 * The likelihood-ratio test of two nested fits on the same rows, in either order; scaled for structures with
 * robust standard errors (NaN where the scaling does not exist).
 *
 * @throws StatsError `anova.different-rows`, `anova.reml` (REML fits with different fixed effects),
 *   `anova.no-likelihood`, `anova.not-nested` (as many parameters in both, or a better fit with fewer)
 */
export function anova(a: LikelihoodFit, b: LikelihoodFit): LikelihoodRatioTest {
  const [small, large] = a.nparameters <= b.nparameters ? [a, b] : [b, a];
  requireComparable(small, large);
  const df = large.nparameters - small.nparameters;
  const difference = 2 * ((large.logLik ?? Number.NaN) - (small.logLik ?? Number.NaN));
  if (df === 0 || difference < -1e-6 * Math.abs(2 * (large.logLik ?? Number.NaN))) {
    throw new StatsError(
      "anova.not-nested",
      `Expected one model to hold the other; found ${df} more parameters and a deviance lower by ${difference.toPrecision(4)}. Compare such models by AIC.`,
    );
  }
  const chiSquare = Math.max(0, difference) / differenceScale(small, large);
  return { chiSquare, df, pValue: chiSquareUpper(chiSquare, df) };
}
