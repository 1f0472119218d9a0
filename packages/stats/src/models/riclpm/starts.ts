import type { Random } from "../../random/random.ts";
import type { PatternMoments, SemGroupData } from "../sem/model.ts";
import type { RiclpmStarts } from "./model.ts";

/** Means and pairwise covariances of one group, series by series and wave by wave. */
export interface PanelMoments {
  readonly waves: number;
  readonly meanX: readonly number[];
  readonly meanY: readonly number[];
  /** Pairwise covariances: `xx[s][t]`, `xy[s][t]` of x at wave s with y at wave t, `yy[s][t]`; NaN without pairs. */
  readonly xx: readonly (readonly number[])[];
  readonly xy: readonly (readonly number[])[];
  readonly yy: readonly (readonly number[])[];
}

/** What the start values take for granted; restarts draw it anew. */
export interface StartRecipe {
  /** Multiplies the variance between people that the covariances over two or more waves suggest. */
  readonly betweenShare: number;
  readonly own: number;
  readonly cross: number;
}

/** Means over the patterns in which a variable is observed. */
function overallMeans(patterns: readonly PatternMoments[], variables: number): Float64Array {
  const [sum, count] = [new Float64Array(variables), new Float64Array(variables)];
  for (const pattern of patterns) {
    for (const [i, variable] of pattern.observed.entries()) {
      sum[variable] += pattern.count * pattern.mean[i];
      count[variable] += pattern.count;
    }
  }
  return sum.map((value, i) => value / count[i]);
}

/** Covariances about the overall means, each over the patterns in which both variables are observed. */
function pairwiseCovariances(patterns: readonly PatternMoments[], means: Float64Array): Float64Array {
  const n = means.length;
  const [sum, count] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (const { observed, count: people, mean, covariance } of patterns) {
    const k = observed.length;
    for (let i = 0; i < k; i++) {
      const off = mean[i] - means[observed[i]];
      for (let j = 0; j < k; j++) {
        const at = observed[i] * n + observed[j];
        sum[at] += people * (covariance[i * k + j] + off * (mean[j] - means[observed[j]]));
        count[at] += people;
      }
    }
  }
  return sum.map((value, e) => value / count[e]);
}

/** Means and pairwise covariances of `x1 … xT, y1 … yT`, the first variables of one group's data. */
export function panelMoments({ patterns }: SemGroupData, waves: number, variables: number): PanelMoments {
  const means = overallMeans(patterns, variables);
  const covariances = pairwiseCovariances(patterns, means);
  const block = (row: number, column: number) =>
    Array.from({ length: waves }, (_, s) =>
      Array.from({ length: waves }, (_, t) => covariances[(row + s) * variables + column + t]),
    );
  return {
    waves,
    meanX: Array.from(means.subarray(0, waves)),
    meanY: Array.from(means.subarray(waves, 2 * waves)),
    xx: block(0, 0),
    xy: block(0, waves),
    yy: block(waves, waves),
  };
}

/** The first two waves of the series whose answers are a straight line of each other, or null. */
export function determinedPair({ waves, xx, xy, yy }: PanelMoments): readonly [string, string] | null {
  for (let s = 0; s < waves; s++) {
    for (let t = 0; t < waves; t++) {
      const line = (covariance: number, one: number, other: number) =>
        covariance ** 2 > (1 - 1e-10) * one * other;
      if (line(xy[s][t], xx[s][s], yy[t][t])) return [`x${s + 1}`, `y${t + 1}`];
      if (t < s && line(xx[s][t], xx[s][s], xx[t][t])) return [`x${t + 1}`, `x${s + 1}`];
      if (t < s && line(yy[s][t], yy[s][s], yy[t][t])) return [`y${t + 1}`, `y${s + 1}`];
    }
  }
  return null;
}

/** The mean of the finite entries of a matrix whose row and column are at least `gap` apart. */
function meanApart(matrix: readonly (readonly number[])[], gap: number): number {
  const kept = matrix.flatMap((row, s) => row.filter((value, t) => Math.abs(s - t) >= gap && isKnown(value)));
  return kept.length === 0 ? 0 : kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

function isKnown(value: number): boolean {
  return Number.isFinite(value);
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, value));
}

function meanVariance(matrix: readonly (readonly number[])[]): number {
  const diagonal = matrix.map((row, t) => row[t]).filter(isKnown);
  return diagonal.reduce((sum, value) => sum + value, 0) / diagonal.length;
}

/** A covariance that keeps the correlation within 0.9. */
function inside(covariance: number, one: number, other: number): number {
  const most = 0.9 * Math.sqrt(one * other);
  return clamp(isKnown(covariance) ? covariance : 0, -most, most);
}

function between(moments: PanelMoments, recipe: StartRecipe): [number, number, number] {
  const variance = (matrix: readonly (readonly number[])[]) => {
    const total = meanVariance(matrix);
    return clamp(recipe.betweenShare * meanApart(matrix, 2), 0.1 * total, 0.9 * total);
  };
  const [vx, vy] = [variance(moments.xx), variance(moments.yy)];
  return [vx, inside(recipe.betweenShare * meanApart(moments.xy, 2), vx, vy), vy];
}

/**
 * Start values from moments: between people the covariances over two or more waves, within people what is left.
 *
 * @param randomIntercepts  without them the whole variance is within people.
 */
export function startsFrom(
  moments: PanelMoments,
  randomIntercepts: boolean,
  recipe: StartRecipe = { betweenShare: 1, own: randomIntercepts ? 0.2 : 0.5, cross: 0 },
): RiclpmStarts {
  const [bx, bxy, by] = randomIntercepts ? between(moments, recipe) : [0, 0, 0];
  const within = Array.from({ length: moments.waves }, (_, t) => {
    const share = t === 0 ? 1 : 0.8;
    const left = (matrix: readonly (readonly number[])[], trait: number) =>
      share * Math.max(matrix[t][t] - trait, 0.1 * matrix[t][t]);
    const [vx, vy] = [left(moments.xx, bx), left(moments.yy, by)];
    return [vx, inside(share * (moments.xy[t][t] - bxy), vx, vy), vy] as const;
  });
  const { meanX, meanY } = moments;
  return { meanX, meanY, between: [bx, bxy, by], within, own: recipe.own, cross: recipe.cross };
}

/** A recipe drawn at random, for another try. */
export function jitteredRecipe(random: Random): StartRecipe {
  return {
    betweenShare: 0.2 + random.uniform(),
    own: 0.6 * random.uniform(),
    cross: 0.05 * random.normal(),
  };
}
