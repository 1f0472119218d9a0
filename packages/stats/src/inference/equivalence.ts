import { StatsError } from "../errors.ts";
import type { Coefficient } from "../models/fit.ts";
import { normalCdf, tCdf } from "../numeric/distributions.ts";
import { waldRow } from "./wald.ts";

/** Bounds within which an association counts as too small to matter, in the units of the estimate. */
export interface EquivalenceBounds {
  readonly lower: number;
  readonly upper: number;
}

/** Two one-sided tests of an estimate against bounds. */
export interface EquivalenceTest {
  readonly term: string;
  readonly estimate: number;
  readonly bounds: EquivalenceBounds;
  /** One-sided p-value that the estimate is above the lower bound, and that it is below the upper one. */
  readonly pLower: number;
  readonly pUpper: number;
  /** The larger of the two. */
  readonly pValue: number;
  /** The interval with coverage 1 - 2 alpha (90 % at .05). */
  readonly interval: { readonly lower: number; readonly upper: number; readonly level: number };
  /** True when both tests reject at alpha: the interval lies wholly inside the bounds. */
  readonly equivalent: boolean;
}

function upperTail(t: number, df: number | null): number {
  return df === null ? normalCdf(-t) : tCdf(-t, df);
}

/**
 * Two one-sided tests (TOST) that an association lies inside bounds.
 *
 * @param coefficient  an estimate with its standard error and degrees of freedom, from a fit or a contrast.
 * @param bounds  two numbers, or one for bounds symmetric about 0.
 * @throws StatsError `equivalence.bounds`
 * Schuirmann (1987), J. Pharmacokinet. Biopharm. 15, 657-680; Lakens (2017), Soc. Psychol. Personal. Sci. 8, 355-362.
 */
export function equivalence(
  coefficient: Pick<Coefficient, "term" | "estimate" | "stdError" | "df">,
  bounds: EquivalenceBounds | number,
  options: { readonly alpha?: number } = {},
): EquivalenceTest {
  const { alpha = 0.05 } = options;
  const limits = typeof bounds === "number" ? { lower: -Math.abs(bounds), upper: Math.abs(bounds) } : bounds;
  const valid = Number.isFinite(limits.lower) && Number.isFinite(limits.upper) && limits.lower < limits.upper;
  if (!valid || !(alpha > 0 && alpha < 0.5)) {
    throw new StatsError(
      "equivalence.bounds",
      `Expected a lower bound below an upper one and alpha between 0 and 0.5; found ${limits.lower}, ${limits.upper} and ${alpha}. Give the bounds in the units of the estimate.`,
    );
  }
  const { term, estimate, stdError, df } = coefficient;
  const pLower = upperTail((estimate - limits.lower) / stdError, df);
  const pUpper = upperTail((limits.upper - estimate) / stdError, df);
  const pValue = Math.max(pLower, pUpper);
  const level = 1 - 2 * alpha;
  const { lower, upper } = waldRow({ term, estimate, stdError, df }, level);
  return {
    term,
    estimate,
    bounds: limits,
    pLower,
    pUpper,
    pValue,
    interval: { lower, upper, level },
    equivalent: Number.isFinite(pValue) && pValue < alpha,
  };
}
