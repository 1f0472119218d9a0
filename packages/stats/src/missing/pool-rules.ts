import { StatsError } from "../errors.ts";

/** Estimates of one quantity from several imputed data sets, pooled. */
export interface PooledEstimate {
  readonly estimate: number;
  /** sqrt(within + (1 + 1/m) between) */
  readonly stdError: number;
  /** Barnard and Rubin's degrees of freedom; null where infinite. */
  readonly df: number | null;
  readonly within: number;
  readonly between: number;
  readonly relativeIncrease: number;
  readonly lambda: number;
  readonly fmi: number;
  readonly monteCarloError: number;
}

/** Barnard & Rubin (1999), Biometrika 86, equation 3; null stands for infinite. */
export function barnardRubinDf(m: number, lambda: number, dfComplete: number | null): number | null {
  const old = lambda > 0 ? (m - 1) / (lambda * lambda) : Number.POSITIVE_INFINITY;
  if (dfComplete === null) return Number.isFinite(old) ? old : null;
  const observed = ((dfComplete + 1) / (dfComplete + 3)) * dfComplete * (1 - lambda);
  return Number.isFinite(old) ? (old * observed) / (old + observed) : observed;
}

/**
 * Rubin's rules for one quantity.
 *
 * @param variances  squared standard errors, one for each estimate.
 * @param options  `dfComplete`: degrees of freedom had nothing been missing; null (the default) for a normal
 *   quantity.
 * @throws StatsError `pool.fits`
 * Rubin (1987), section 3.3; the fraction of missing information as van Buuren (2018), equation 2.24.
 */
export function poolEstimates(
  estimates: readonly number[],
  variances: readonly number[],
  { dfComplete = null }: { readonly dfComplete?: number | null } = {},
): PooledEstimate {
  const m = estimates.length;
  const finite = [...estimates, ...variances].every(Number.isFinite);
  if (m < 2 || variances.length !== m || !finite) {
    throw new StatsError(
      "pool.fits",
      `Expected at least two finite estimates, each with its variance; found ${m} and ${variances.length}. Give one of each for every imputed data set.`,
    );
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / m;
  const estimate = mean(estimates);
  const within = mean(variances);
  const between = (mean(estimates.map((value) => (value - estimate) ** 2)) * m) / (m - 1);
  const extra = (1 + 1 / m) * between;
  const total = within + extra;
  const lambda = total > 0 ? extra / total : 0;
  const relativeIncrease = extra / within;
  const df = barnardRubinDf(m, lambda, dfComplete);
  const fmi = (relativeIncrease + (df === null ? 0 : 2 / (df + 3))) / (1 + relativeIncrease);
  const monteCarloError = Math.sqrt(between / m);
  return {
    estimate,
    stdError: Math.sqrt(total),
    df,
    within,
    between,
    relativeIncrease,
    lambda,
    fmi,
    monteCarloError,
  };
}
