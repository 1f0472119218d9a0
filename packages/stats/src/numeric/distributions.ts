import { betaTails, logBeta } from "./incomplete-beta.ts";

function normalDensity(x: number): number {
  return Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** P(Z > x) for x from 2.5 on, by the continued fraction of Mills' ratio (Abramowitz & Stegun 26.2.14). */
function normalTail(x: number): number {
  let fraction = x;
  for (let k = 160; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

/** P(0 < Z < x), by its series of positive terms (Abramowitz & Stegun 26.2.11). */
function normalCentre(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return normalDensity(x) * sum;
}

/** P(Z <= x) for a standard normal Z. */
export function normalCdf(x: number): number {
  if (x < -2.5) return normalTail(-x);
  return x > 2.5 ? 1 - normalTail(x) : 0.5 + normalCentre(x);
}

/** A first guess of the normal quantile for p under one half, within 5e-4 (Abramowitz & Stegun 26.2.23). */
function roughNormalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  return above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}

/** The x with P(Z <= x) = `p` for a standard normal Z. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 0.5 || p === 1) return p === 0.5 ? 0 : (p - 0.5) * Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  let x = roughNormalQuantile(p);
  for (let step = 0; step < 4; step++) {
    const error = (normalCdf(x) - p) / normalDensity(x);
    // Halley's step: three times as many right digits each time.
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}

/** P(T > t) for t from 0 on. */
function tTail(t: number, df: number): number {
  return df === Number.POSITIVE_INFINITY ? normalCdf(-t) : betaTails(df / (t * t), df / 2, 0.5).lower / 2;
}

function tDensity(t: number, df: number): number {
  const log = ((df + 1) / 2) * Math.log1p((t * t) / df) + logBeta(df / 2, 0.5);
  return Math.exp(-log) / Math.sqrt(df);
}

/** P(T <= x) for Student's t with `df` degrees of freedom. */
export function tCdf(x: number, df: number): number {
  const tail = tTail(Math.abs(x), df);
  return x > 0 ? 1 - tail : tail;
}

/** The x with P(T <= x) = `p` for Student's t with `df` degrees of freedom. */
export function tQuantile(p: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY || p === 0 || p === 0.5 || p === 1) return normalQuantile(p);
  if (!(p > 0 && p < 1 && df > 0)) return Number.NaN;
  return p < 0.5 ? -tTailQuantile(p, df) : tTailQuantile(1 - p, df);
}

/** The t with P(T > t) = `p`, p under one half: Newton's steps, halved where they leave the bracket. */
function tTailQuantile(p: number, df: number): number {
  const z = -normalQuantile(p);
  let t = z + (z ** 3 + z) / (4 * df);
  let [from, to] = [0, Number.POSITIVE_INFINITY];
  for (let step = 0; step < 2000; step++) {
    const error = tTail(t, df) - p;
    if (error > 0) from = t;
    else to = t;
    let next = t + error / tDensity(t, df);
    if (!(next > from && next < to)) next = to === Number.POSITIVE_INFINITY ? 2 * t : (from + to) / 2;
    if (Math.abs(next - t) <= 1e-15 * t) return next;
    t = next;
  }
  return t;
}

/** P(F <= x) for the F distribution. */
export function fCdf(x: number, dfNumerator: number, dfDenominator: number): number {
  return x <= 0 ? 0 : fTails(x, dfNumerator, dfDenominator).lower;
}

/** P(F > x), computed as itself, so that small p-values keep their digits. */
export function fUpper(x: number, dfNumerator: number, dfDenominator: number): number {
  return x <= 0 ? 1 : fTails(x, dfNumerator, dfDenominator).upper;
}

function fTails(x: number, dfNumerator: number, dfDenominator: number) {
  return betaTails((x * dfNumerator) / dfDenominator, dfNumerator / 2, dfDenominator / 2);
}

/** The two-sided p-value of a t statistic, or of a normal one when `df` is null. */
export function twoSidedP(statistic: number, df: number | null): number {
  const size = Math.abs(statistic);
  return 2 * (df === null ? normalCdf(-size) : tTail(size, df));
}
