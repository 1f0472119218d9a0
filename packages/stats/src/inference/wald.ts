import type { Coefficient } from "../models/fit.ts";
import { normalQuantile, tQuantile, twoSidedP } from "../numeric/distributions.ts";

/** An estimate with its standard error and degrees of freedom (null: normal). */
interface Estimate {
  readonly term: string;
  readonly estimate: number;
  readonly stdError: number;
  readonly df: number | null;
}

/** The half-width of an interval in standard errors: t on `df`, or normal when `df` is null. */
function criticalValue(level: number, df: number | null): number {
  const p = 1 - (1 - level) / 2;
  return df === null ? normalQuantile(p) : tQuantile(p, df);
}

/** The test of zero and the interval of an estimate. */
export function waldRow({ term, estimate, stdError, df }: Estimate, level: number): Coefficient {
  const statistic = estimate / stdError;
  const half = criticalValue(level, df) * stdError;
  return {
    term,
    estimate,
    stdError,
    df,
    statistic,
    pValue: twoSidedP(statistic, df),
    lower: estimate - half,
    upper: estimate + half,
  };
}
