import { noncentralChiSquareCdf } from "../../numeric/chi-square.ts";
import type { Moments } from "./likelihood.ts";

/** A test of fit with what its size is judged by. */
export interface FitTest {
  readonly chiSquare: number;
  readonly df: number;
}

/** Comparative fit index and Tucker-Lewis index, against the independence model. */
export function comparativeFit(
  model: FitTest,
  baseline: FitTest,
): { readonly cfi: number; readonly tli: number } {
  const excess = Math.max(model.chiSquare - model.df, 0);
  const worst = Math.max(excess, baseline.chiSquare - baseline.df);
  const scaled = (baseline.chiSquare - baseline.df) * model.df;
  const tli = 1 - ((model.chiSquare - model.df) * baseline.df) / scaled;
  return { cfi: worst > 0 ? 1 - excess / worst : 1, tli: model.df > 0 && scaled !== 0 ? tli : 1 };
}

/** The noncentrality at which P(X <= chiSquare) is `p`, zero when it is less already at none. */
function noncentrality({ chiSquare, df }: FitTest, p: number, most: number): number {
  const above = (ncp: number) => noncentralChiSquareCdf(chiSquare, df, ncp) - p;
  if (above(0) < 0) return 0;
  let [from, to] = [0, most];
  if (above(to) > 0) return Number.NaN;
  for (let step = 0; step < 200 && to - from > 1e-12 * to; step++) {
    const middle = (from + to) / 2;
    if (above(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/**
 * Root mean square error of approximation with its 90 % interval.
 *
 * @param nobs  rows of all groups together.
 * Steiger & Lind (1980); Steiger (1998), Struct. Equ. Modeling 5, 411-419 (the factor for several groups).
 */
export function rmsea(
  test: FitTest,
  { nobs, groups }: { readonly nobs: number; readonly groups: number },
): { readonly rmsea: number; readonly lower: number; readonly upper: number } {
  if (test.df === 0) return { rmsea: 0, lower: 0, upper: 0 };
  const scaled = (ncp: number) => Math.sqrt((Math.max(ncp, 0) * groups) / (test.df * nobs));
  const most = 4 * test.chiSquare + 20 * test.df + 400;
  return {
    rmsea: scaled(test.chiSquare - test.df),
    lower: scaled(noncentrality(test, 0.95, most)),
    upper: scaled(noncentrality(test, 0.05, most)),
  };
}

/**
 * The squared standardised root mean residual of one group, means included.
 *
 * Residuals are divided by the saturated standard deviations (Bentler's form, as lavaan prints it).
 */
export function squaredResidual(saturated: Moments, implied: Moments): number {
  const p = saturated.mean.length;
  const sd = Array.from({ length: p }, (_, i) => Math.sqrt(saturated.covariance[i * (p + 1)]));
  let sum = 0;
  for (let i = 0; i < p; i++) {
    sum += ((saturated.mean[i] - implied.mean[i]) / sd[i]) ** 2;
    for (let j = 0; j <= i; j++) {
      const e = i * p + j;
      sum += ((saturated.covariance[e] - implied.covariance[e]) / (sd[i] * sd[j])) ** 2;
    }
  }
  return sum / ((p * (p + 1)) / 2 + p);
}
