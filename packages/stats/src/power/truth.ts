import { StatsError } from "../errors.ts";

/** Who leaves: before each wave after the first, with log-odds that rise with the outcome answered last. */
export interface DropoutTruth {
  /** Share of people who have left before the last wave. */
  readonly share: number;
  /** Change of the log-odds of leaving per standard deviation of the outcome answered last; 0 is by chance. */
  readonly onOutcome: number;
}

/**
 * A random-intercept cross-lagged panel truth, in which within-person variances are 1 at every wave.
 *
 * Psi_t = S - Phi S Phi' keeps it stationary; the random intercepts have variance ICC / (1 - ICC).
 */
export interface PanelTruth {
  readonly waves: number;
  /** Share of each series' variance that lies between people. */
  readonly icc: number;
  readonly autoregression: { readonly x: number; readonly y: number };
  /** Cross-lagged paths; with within-person variances of 1 these are standardised. */
  readonly xToY: number;
  readonly yToX: number;
  /** Correlation of the two series within people, at the same wave. */
  readonly withinCorrelation: number;
  /** Correlation of the random intercepts. */
  readonly betweenCorrelation: number;
  readonly dropout?: DropoutTruth;
  /** Shares of the ordered categories into which y is cut; continuous without them. */
  readonly categories?: readonly number[];
}

/** A within-between truth: y = between * mean + (within + slope_i) * deviation + u_i + e. */
export interface HybridTruth {
  readonly waves: number;
  readonly within: number;
  readonly between: number;
  /** Standard deviation of the personal slopes. */
  readonly slopeStdDev: number;
  /** Standard deviations of the exposure within and between people. */
  readonly exposureWithin: number;
  readonly exposureBetween: number;
  /** Standard deviation of the random intercept. */
  readonly interceptStdDev: number;
  readonly residualStdDev: number;
  /** Random intercepts from a shifted exponential distribution (skewness 2) with the same variance. */
  readonly skewed?: boolean;
  readonly dropout?: DropoutTruth;
  /** Shares of the ordered categories into which y is cut; continuous without them. */
  readonly categories?: readonly number[];
}

function check(ok: boolean, expected: string, found: unknown): void {
  if (ok) return;
  throw new StatsError("power.truth", `Expected ${expected}; found ${String(found)}. Correct the truth.`);
}

function checkCommon(truth: PanelTruth | HybridTruth): void {
  const { waves, dropout, categories } = truth;
  check(Number.isInteger(waves) && waves >= 2 && waves <= 100, "2 to 100 waves", waves);
  if (dropout !== undefined) {
    check(dropout.share >= 0 && dropout.share < 1, "a share of people who leave from 0 to 1", dropout.share);
  }
  if (categories !== undefined) {
    const total = categories.reduce((sum, share) => sum + share, 0);
    check(
      categories.length >= 2 && categories.every((share) => share > 0) && Math.abs(total - 1) < 1e-9,
      "shares of at least two categories that add up to 1",
      categories.join(", "),
    );
  }
}

/**
 * Refuses a panel truth that cannot be.
 *
 * @throws StatsError `power.truth`
 */
export function checkPanelTruth(truth: PanelTruth): void {
  checkCommon(truth);
  const { waves, icc, withinCorrelation, betweenCorrelation } = truth;
  check(waves >= 3 && waves <= 12, "3 to 12 waves", waves);
  check(icc >= 0 && icc < 1, "an ICC from 0 to below 1", icc);
  check(Math.abs(withinCorrelation) < 1, "a within-person correlation between -1 and 1", withinCorrelation);
  check(Math.abs(betweenCorrelation) <= 1, "a between-person correlation from -1 to 1", betweenCorrelation);
}

/**
 * Refuses a within-between truth that cannot be.
 *
 * @throws StatsError `power.truth`
 */
export function checkHybridTruth(truth: HybridTruth): void {
  checkCommon(truth);
  for (const [name, value] of Object.entries(truth)) {
    if (name.endsWith("StdDev") || name.startsWith("exposure")) {
      check(Number.isFinite(value) && value >= 0, `${name} from 0`, value);
    }
  }
  check(truth.exposureWithin > 0, "an exposure that varies within people", truth.exposureWithin);
}
