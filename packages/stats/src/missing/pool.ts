import { StatsError } from "../errors.ts";
import { waldRow } from "../inference/wald.ts";
import type { Coefficient, FitCommon, Matrix } from "../models/fit.ts";
import { type Warning, warning } from "../warnings.ts";
import { type PooledEstimate, poolEstimates } from "./pool-rules.ts";

/** A pooled coefficient with what is lost by missing values. */
export interface PooledCoefficient extends Coefficient {
  /** Mean variance within imputations. */
  readonly within: number;
  /** Variance of the estimate between imputations. */
  readonly between: number;
  /** Relative increase in variance from missing values. */
  readonly relativeIncrease: number;
  /** Share of the variance that comes from missing values. */
  readonly lambda: number;
  /** Fraction of missing information. */
  readonly fmi: number;
  /** Standard error of the estimate from the random numbers alone: sqrt(between / m). */
  readonly monteCarloError: number;
}

/** Fits of one model to several imputed data sets, pooled by Rubin's rules; plain data. */
export interface PooledFit extends FitCommon {
  readonly estimator: "pooled";
  /** The estimator of the fits pooled. */
  readonly pooledEstimator: string;
  readonly m: number;
  readonly fixed: readonly PooledCoefficient[];
  /** p x p: mean of the fits' covariances. */
  readonly within: Matrix;
  /** p x p: covariance of the fits' estimates. */
  readonly between: Matrix;
  /** Degrees of freedom of each coefficient had nothing been missing; null where normal. */
  readonly dfComplete: readonly (number | null)[];
  /** Imputations with which every Monte-Carlo error is a tenth of the standard error. */
  readonly imputationsWanted: number;
}

export interface PoolOptions {
  /** Degrees of freedom of the complete data; by default each coefficient's mean over the fits. */
  readonly dfComplete?: number;
  /** The coverage of intervals, a proportion; by default that of the fits. */
  readonly level?: number;
}

/** The Monte-Carlo error may be this share of the standard error. */
const MONTE_CARLO_SHARE = 0.1;

function fitError(found: string, action: string): StatsError {
  return new StatsError(
    "pool.fits",
    `Expected at least two fits of one model with finite estimates; found ${found}. ${action}`,
  );
}

function checkFits(fits: readonly FitCommon[]): void {
  if (fits.length < 2) throw fitError(`${fits.length}`, "Fit the model to every imputed data set.");
  const terms = fits[0].fixed.map(({ term }) => term);
  fits.forEach((fit, k) => {
    const own = fit.fixed.map(({ term }) => term);
    const odd = [...terms.filter((t) => !own.includes(t)), ...own.filter((t) => !terms.includes(t))];
    if (odd.length > 0) {
      throw fitError(
        `${odd.join(", ")} in some only (see fit ${k + 1})`,
        "Leave out the term, or merge rare levels.",
      );
    }
    if (own.some((term, j) => term !== terms[j])) {
      throw fitError(
        `the terms of fit ${k + 1} in another order`,
        "Give every imputed table the same levels.",
      );
    }
    const bad = fit.fixed.find(({ estimate, stdError }) => !Number.isFinite(estimate + stdError));
    if (bad !== undefined) throw fitError(`${bad.term} not finite in fit ${k + 1}`, "Look at that fit.");
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function completeDf(fits: readonly FitCommon[], j: number, given: number | undefined): number | null {
  if (given !== undefined) return Number.isFinite(given) ? given : null;
  const known = fits.map((fit) => fit.fixed[j].df).filter((df) => df !== null && Number.isFinite(df));
  return known.length === fits.length ? meanOf(known as number[]) : null;
}

function matrixOf(p: number, at: (i: number, j: number) => number): number[][] {
  return Array.from({ length: p }, (_, i) => Array.from({ length: p }, (_, j) => at(i, j)));
}

function betweenMatrix(fits: readonly FitCommon[], means: readonly number[]): number[][] {
  return matrixOf(means.length, (i, j) => {
    const products = fits.map(({ fixed }) => (fixed[i].estimate - means[i]) * (fixed[j].estimate - means[j]));
    return (meanOf(products) * fits.length) / (fits.length - 1);
  });
}

function pooledCoefficient(term: string, pooled: PooledEstimate, level: number): PooledCoefficient {
  const { estimate, stdError, df, within, between, relativeIncrease, lambda, fmi, monteCarloError } = pooled;
  return {
    ...waldRow({ term, estimate, stdError, df }, level),
    within,
    between,
    relativeIncrease,
    lambda,
    fmi,
    monteCarloError,
  };
}

function wantedImputations(pooled: readonly PooledEstimate[]): number {
  const wanted = pooled.map(({ between, stdError }) => between / (MONTE_CARLO_SHARE * stdError) ** 2);
  return Math.max(2, Math.ceil(Math.max(...wanted) - 1e-9));
}

/** The warnings of the fits, each once, and how many of the fits have it. */
function fitWarnings(fits: readonly FitCommon[]): Warning[] {
  const counts = new Map<string, { warning: Warning; count: number }>();
  for (const fit of fits) {
    const seen = new Set<string>();
    for (const found of fit.warnings) {
      if (seen.has(found.code)) continue;
      seen.add(found.code);
      counts.set(found.code, { warning: found, count: (counts.get(found.code)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()].map(({ warning: { code, message }, count }) => ({
    code,
    message: count === fits.length ? message : `In ${count} of ${fits.length} fits: ${message}`,
  }));
}

function poolWarnings(fits: readonly FitCommon[], wanted: number): Warning[] {
  const failed = fits.filter(({ converged }) => !converged).length;
  const warnings: Warning[] = [];
  if (failed > 0) {
    warnings.push(
      warning(
        "pool.fits-not-converged",
        `Expected every fit to converge; ${failed} of ${fits.length} did not. Do not report the pooled numbers.`,
      ),
    );
  }
  if (wanted > fits.length) {
    warnings.push(
      warning(
        "pool.monte-carlo-error",
        `Expected a Monte-Carlo error under a tenth of each standard error; found more with ${fits.length} imputations. Use at least ${wanted}.`,
      ),
    );
  }
  return [...warnings, ...fitWarnings(fits)];
}

/**
 * The fits of one model to several imputed data sets as one fit, by Rubin's rules.
 *
 * `vcov` is the total covariance W + (1 + 1/m) B; degrees of freedom are those of Barnard and Rubin. What a
 * likelihood gives does not pool and is null.
 *
 * @throws StatsError `pool.fits`
 * Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.3; Barnard & Rubin (1999),
 * Biometrika 86, 948-955.
 */
export function pool(fits: readonly FitCommon[], options: PoolOptions = {}): PooledFit {
  checkFits(fits);
  const [first] = fits;
  const m = fits.length;
  const level = options.level ?? first.level;
  const p = first.fixed.length;
  const dfComplete = first.fixed.map((_, j) => completeDf(fits, j, options.dfComplete));
  const pooled = first.fixed.map((_, j) =>
    poolEstimates(
      fits.map((fit) => fit.fixed[j].estimate),
      fits.map((fit) => fit.fixed[j].stdError ** 2),
      { dfComplete: dfComplete[j] },
    ),
  );
  const means = pooled.map(({ estimate }) => estimate);
  const within = matrixOf(p, (i, j) => meanOf(fits.map((fit) => fit.vcov[i][j])));
  const between = betweenMatrix(fits, means);
  const imputationsWanted = wantedImputations(pooled);
  return {
    ...commonParts(fits),
    m,
    level,
    fixed: pooled.map((part, j) => pooledCoefficient(first.fixed[j].term, part, level)),
    vcov: matrixOf(p, (i, j) => within[i][j] + (1 + 1 / m) * between[i][j]),
    within,
    between,
    dfComplete,
    imputationsWanted,
    warnings: poolWarnings(fits, imputationsWanted),
  };
}

/** What the fits share, with null for what does not pool. */
function commonParts(fits: readonly FitCommon[]) {
  const [first] = fits;
  const withinStdDev = Object.keys(first.withinStdDev).map((term): [string, number] => [
    term,
    meanOf(fits.map((fit) => fit.withinStdDev[term])),
  ]);
  return {
    formula: first.formula,
    estimator: "pooled" as const,
    pooledEstimator: first.estimator,
    nobs: Math.round(meanOf(fits.map(({ nobs }) => nobs))),
    ngroups: first.ngroups,
    logLik: null,
    deviance: null,
    aic: null,
    bic: null,
    nparameters: first.nparameters,
    converged: fits.every(({ converged }) => converged),
    rows: first.rows,
    frame: first.frame,
    groupsWithTwoRows: first.groupsWithTwoRows,
    dropped: first.dropped,
    withinStdDev: Object.fromEntries(withinStdDev),
  };
}
