import { normalQuantile } from "../numeric/distributions.ts";
import type { Random } from "../random/random.ts";
import { panelLaw } from "./population.ts";
import type { DropoutTruth, HybridTruth, PanelTruth } from "./truth.ts";
import { checkHybridTruth } from "./truth.ts";

/** Drawn people: `x[wave][person]`, `y[wave][person]`; NaN once a person has left. */
export interface DrawnPanel {
  readonly x: readonly Float64Array[];
  readonly y: readonly Float64Array[];
}

/** The lower Cholesky factor of a 2 x 2 covariance. */
function factor([a, , c, d]: readonly number[]): readonly [number, number, number] {
  const first = Math.sqrt(a);
  const cross = first === 0 ? 0 : c / first;
  return [first, cross, Math.sqrt(Math.max(0, d - cross * cross))];
}

function blank(waves: number, people: number): Float64Array[] {
  return Array.from({ length: waves }, () => new Float64Array(people));
}

/**
 * People of a random-intercept cross-lagged truth.
 *
 * @throws StatsError `power.truth`
 */
export function drawPanel(truth: PanelTruth, people: number, random: Random): DrawnPanel {
  const { phi, within, innovation, between } = panelLaw(truth);
  const [b, first, later] = [factor(between), factor(within), factor(innovation)];
  const panel = { x: blank(truth.waves, people), y: blank(truth.waves, people) };
  for (let person = 0; person < people; person++) {
    const [e, f] = [random.normal(), random.normal()];
    const [mx, my] = [b[0] * e, b[1] * e + b[2] * f];
    let [wx, wy] = [0, 0];
    for (let wave = 0; wave < truth.waves; wave++) {
      const [g, h] = [random.normal(), random.normal()];
      const add = wave === 0 ? first : later;
      [wx, wy] = [
        phi[0] * wx + phi[1] * wy + add[0] * g,
        phi[2] * wx + phi[3] * wy + add[1] * g + add[2] * h,
      ];
      panel.x[wave][person] = mx + wx;
      panel.y[wave][person] = my + wy;
    }
  }
  return finish(panel, truth, Math.sqrt(1 + between[3]), random);
}

/** A standard deviate of the random intercept: normal, or exponential less its mean. */
function intercept(skewed: boolean, random: Random): number {
  return skewed ? -Math.log(1 - random.uniform()) - 1 : random.normal();
}

/**
 * People of a within-between truth.
 *
 * @throws StatsError `power.truth`
 */
export function drawHybrid(truth: HybridTruth, people: number, random: Random): DrawnPanel {
  checkHybridTruth(truth);
  const { waves } = truth;
  const panel = { x: blank(waves, people), y: blank(waves, people) };
  for (let person = 0; person < people; person++) {
    const level = truth.exposureBetween * random.normal();
    const own = truth.interceptStdDev * intercept(truth.skewed === true, random);
    const slope = truth.within + truth.slopeStdDev * random.normal();
    for (let wave = 0; wave < waves; wave++) {
      const deviation = truth.exposureWithin * random.normal();
      panel.x[wave][person] = level + deviation;
      panel.y[wave][person] =
        truth.between * level + slope * deviation + own + truth.residualStdDev * random.normal();
    }
  }
  return finish(panel, truth, outcomeStdDev(truth), random);
}

function outcomeStdDev(truth: HybridTruth): number {
  const between = truth.between * truth.exposureBetween;
  const within = Math.hypot(truth.within, truth.slopeStdDev) * truth.exposureWithin;
  return Math.hypot(between, within, truth.interceptStdDev, truth.residualStdDev);
}

function finish(
  panel: DrawnPanel,
  truth: { readonly dropout?: DropoutTruth; readonly categories?: readonly number[] },
  stdDev: number,
  random: Random,
): DrawnPanel {
  if (truth.dropout !== undefined) leave(panel, truth.dropout, stdDev, random.fork("dropout"));
  if (truth.categories !== undefined) cut(panel.y, truth.categories, stdDev);
  return panel;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The log-odds of leaving before each later wave, less the base: higher with the outcome answered last. */
function leavingSlopes(y: readonly Float64Array[], factor: number): Float64Array[] {
  return y.slice(0, -1).map((wave) => wave.map((value) => factor * value));
}

/** Share of people expected to have left before the last wave, at a base of the log-odds. */
function expectedShare(slopes: readonly Float64Array[], base: number): number {
  const people = slopes[0].length;
  let left = 0;
  for (let person = 0; person < people; person++) {
    let stays = 1;
    for (const wave of slopes) stays *= 1 - logistic(base + wave[person]);
    left += 1 - stays;
  }
  return left / people;
}

/** The base of the log-odds at which the stated share leaves, for the people drawn: by bisection. */
function baseFor(slopes: readonly Float64Array[], share: number): number {
  let [low, high] = [-40, 40];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (expectedShare(slopes, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Each person leaves before a wave with log-odds a + b * (last outcome in SDs); a keeps to the stated share. */
function leave(
  { x, y }: DrawnPanel,
  { share, onOutcome }: DropoutTruth,
  stdDev: number,
  random: Random,
): void {
  const slopes = leavingSlopes(y, onOutcome / stdDev);
  const base = baseFor(slopes, share);
  for (let person = 0; person < y[0].length; person++) {
    let gone = false;
    for (let wave = 1; wave < y.length; wave++) {
      gone = gone || random.uniform() < logistic(base + slopes[wave - 1][person]);
      if (!gone) continue;
      x[wave][person] = Number.NaN;
      y[wave][person] = Number.NaN;
    }
  }
}

/** Replaces a normal outcome by the category (from 0) into which it falls. */
function cut(y: readonly Float64Array[], shares: readonly number[], stdDev: number): void {
  let below = 0;
  const limits = shares.slice(0, -1).map((share) => {
    below += share;
    return stdDev * normalQuantile(below);
  });
  for (const wave of y) {
    for (let person = 0; person < wave.length; person++) {
      if (Number.isNaN(wave[person])) continue;
      const value = wave[person];
      wave[person] = limits.reduce((category, limit) => category + (value > limit ? 1 : 0), 0);
    }
  }
}
