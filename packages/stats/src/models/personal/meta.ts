/** Slopes of several people and their squared standard errors. */
export interface Slopes {
  readonly estimates: readonly number[];
  readonly variances: readonly number[];
}

/** The group's mean slope and how much people differ. */
export interface GroupSlope {
  readonly estimate: number;
  readonly stdError: number;
  /** Variance of the true slopes between people. */
  readonly tau2: number;
  /** Cochran's Q: its size beside people - 1 says whether the slopes differ by more than their errors. */
  readonly q: number;
}

function weightedMean({ estimates, variances }: Slopes, tau2: number) {
  const weights = variances.map((variance) => 1 / (variance + tau2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = estimates.reduce((sum, value, i) => sum + weights[i] * value, 0) / total;
  return { weights, total, mean };
}

function cochranQ(slopes: Slopes): number {
  const { weights, mean } = weightedMean(slopes, 0);
  return slopes.estimates.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0);
}

/** DerSimonian & Laird (1986), Control. Clin. Trials 7, 177-188: the variance between people by moments. */
export function derSimonianLaird(slopes: Slopes): number {
  const { weights, total } = weightedMean(slopes, 0);
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  const excess = cochranQ(slopes) - (slopes.estimates.length - 1);
  return Math.max(0, excess / (total - squares / total));
}

/** The derivative of the restricted log-likelihood by tau2, and the expected information. */
function remlScore(slopes: Slopes, tau2: number): { score: number; information: number } {
  const { weights, total, mean } = weightedMean(slopes, tau2);
  const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const cubes = weights.reduce((sum, weight) => sum + weight ** 3, 0);
  const residual = slopes.estimates.reduce((sum, value, i) => sum + (weights[i] * (value - mean)) ** 2, 0);
  const score = (residual - total + squares / total) / 2;
  const information = (squares - (2 * cubes) / total + (squares / total) ** 2) / 2;
  return { score, information };
}

/**
 * The variance between people by restricted maximum likelihood, 0 when that is its maximum.
 *
 * Fisher scoring, with bisection where a step leaves the bracket. Viechtbauer (2005), J. Educ. Behav. Stat. 30,
 * 261-293.
 */
export function remlTau2(slopes: Slopes): number {
  if (remlScore(slopes, 0).score <= 0) return 0;
  let from = 0;
  let to = Math.max(derSimonianLaird(slopes), ...slopes.variances);
  while (remlScore(slopes, to).score > 0) to *= 2;
  let tau2 = Math.min(Math.max(derSimonianLaird(slopes), to * 1e-6), to);
  for (let step = 0; step < 200; step++) {
    const { score, information } = remlScore(slopes, tau2);
    if (score > 0) from = tau2;
    else to = tau2;
    let next = tau2 + score / information;
    if (!(next > from && next < to)) next = (from + to) / 2;
    if (Math.abs(next - tau2) <= 1e-14 * tau2) return next;
    tau2 = next;
  }
  return tau2;
}

/** The mean of the slopes with weights 1 / (variance + tau2). */
export function groupSlope(slopes: Slopes, tau2: number): GroupSlope {
  const { total, mean } = weightedMean(slopes, tau2);
  return { estimate: mean, stdError: Math.sqrt(1 / total), tau2, q: cochranQ(slopes) };
}

/** A person's slope drawn towards the group's. */
export interface ShrunkenSlope {
  /** tau2 / (tau2 + variance): the share of the differences between estimates that is real. */
  readonly reliability: number;
  readonly estimate: number;
  /** Includes the uncertainty of the group's mean, not that of tau2. */
  readonly stdError: number;
}

/**
 * The empirical-Bayes estimate of one person's true slope.
 *
 * Raudenbush & Bryk (1985), J. Educ. Stat. 10, 75-98.
 */
export function shrink(
  estimate: number,
  variance: number,
  group: Pick<GroupSlope, "estimate" | "stdError" | "tau2">,
): ShrunkenSlope {
  const reliability = group.tau2 / (group.tau2 + variance);
  const own = reliability * variance;
  return {
    reliability,
    estimate: reliability * estimate + (1 - reliability) * group.estimate,
    stdError: Math.sqrt(own + (1 - reliability) ** 2 * group.stdError ** 2),
  };
}
