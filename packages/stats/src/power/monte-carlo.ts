import { StatsError } from "../errors.ts";

/** A share of replicates with its Monte-Carlo standard error. */
export interface Rate {
  readonly value: number;
  readonly monteCarloError: number;
}

/** One estimate of one replicate. */
export interface Replicate {
  readonly estimate: number;
  readonly stdError: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
}

/** How an estimator did over all replicates. */
export interface Performance {
  readonly replicates: number;
  /** Null where the truth is on another scale than the estimate, as after a cut into categories. */
  readonly truth: number | null;
  readonly meanEstimate: number;
  readonly bias: Rate | null;
  /** Standard deviation of the estimates. */
  readonly empiricalStdDev: Rate;
  readonly meanStdError: number;
  /** Share of intervals that hold the truth. */
  readonly coverage: Rate | null;
  /** Share of tests that reject zero: power, or type-I error when the truth is zero. */
  readonly rejected: Rate;
}

/** A share of `count` replicates: its error is sqrt(p (1 - p) / n). */
export function rateOf(hits: number, count: number): Rate {
  const value = hits / count;
  return { value, monteCarloError: Math.sqrt((value * (1 - value)) / count) };
}

function countCovering(replicates: readonly Replicate[], truth: number): number {
  return replicates.filter(({ lower, upper }) => lower <= truth && truth <= upper).length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Bias, coverage and power with their Monte-Carlo errors.
 *
 * @throws StatsError `power.no-replicates` when there is none.
 * Morris, White & Crowther (2019), Stat. Med. 38, 2074, table 6.
 */
export function performance(
  replicates: readonly Replicate[],
  truth: number | null,
  alpha: number,
): Performance {
  const n = replicates.length;
  if (n < 2) {
    throw new StatsError(
      "power.no-replicates",
      `Expected at least two replicates that could be fitted; found ${n}. Look at the shares that did not converge, or ask for more replicates.`,
    );
  }
  const estimates = replicates.map(({ estimate }) => estimate);
  const centre = mean(estimates);
  const stdDev = Math.sqrt(estimates.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1));
  return {
    replicates: n,
    truth,
    meanEstimate: centre,
    bias: truth === null ? null : { value: centre - truth, monteCarloError: stdDev / Math.sqrt(n) },
    empiricalStdDev: { value: stdDev, monteCarloError: stdDev / Math.sqrt(2 * (n - 1)) },
    meanStdError: mean(replicates.map(({ stdError }) => stdError)),
    coverage: truth === null ? null : rateOf(countCovering(replicates, truth), n),
    rejected: rateOf(replicates.filter(({ pValue }) => pValue < alpha).length, n),
  };
}
