import fCdfBase from "@stdlib/stats-base-dists-f-cdf";
import normalCdfBase from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantileBase from "@stdlib/stats-base-dists-normal-quantile";
import tCdfBase from "@stdlib/stats-base-dists-t-cdf";
import tQuantileBase from "@stdlib/stats-base-dists-t-quantile";

/** P(Z <= x) for a standard normal Z. */
export function normalCdf(x: number): number {
  return normalCdfBase(x, 0, 1);
}

/** The x with P(Z <= x) = `p` for a standard normal Z. */
export function normalQuantile(p: number): number {
  return normalQuantileBase(p, 0, 1);
}

/** P(T <= x) for Student's t with `df` degrees of freedom. */
export function tCdf(x: number, df: number): number {
  return tCdfBase(x, df);
}

/** The x with P(T <= x) = `p` for Student's t with `df` degrees of freedom. */
export function tQuantile(p: number, df: number): number {
  return tQuantileBase(p, df);
}

/** P(F <= x) for the F distribution. */
export function fCdf(x: number, dfNumerator: number, dfDenominator: number): number {
  return fCdfBase(x, dfNumerator, dfDenominator);
}

/** The two-sided p-value of a t statistic, or of a normal one when `df` is null. */
export function twoSidedP(statistic: number, df: number | null): number {
  const below = -Math.abs(statistic);
  return 2 * (df === null ? normalCdf(below) : tCdf(below, df));
}

/** P(F > x); through the reciprocal, so that small p-values keep their digits. */
export function fUpper(x: number, dfNumerator: number, dfDenominator: number): number {
  if (x <= 0) return 1;
  return fCdf(1 / x, dfDenominator, dfNumerator);
}

/**
 * P(X > x) for chi-square with a whole number of degrees of freedom, by its finite series.
 *
 * Abramowitz & Stegun (1964), 26.4.4 and 26.4.5.
 */
export function chiSquareUpper(x: number, df: number): number {
  if (x <= 0) return 1;
  const odd = df % 2 === 1;
  let total = odd ? 2 * normalCdf(-Math.sqrt(x)) : Math.exp(-x / 2);
  let term = odd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) : (Math.exp(-x / 2) * x) / 2;
  for (let k = odd ? 3 : 4; k <= df; k += 2) {
    total += term;
    term *= x / k;
  }
  return total;
}
