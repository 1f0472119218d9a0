import type { Random } from "../../random/random.ts";
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

type Columns = readonly Float64Array[];

function meanOf(values: Float64Array): number {
  let [sum, n] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    n++;
  }
  return sum / n;
}

function pairwise(a: Float64Array, b: Float64Array): number {
  let [n, meanA, meanB, product] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) continue;
    n++;
    const before = a[i] - meanA;
    meanA += before / n;
    meanB += (b[i] - meanB) / n;
    product += before * (b[i] - meanB);
  }
  return n > 0 ? product / n : Number.NaN;
}

/** Means and pairwise covariances of the people in `members`. */
export function panelMoments(x: Columns, y: Columns, members: Int32Array): PanelMoments {
  const take = (column: Float64Array) => Float64Array.from(members, (person) => column[person]);
  const [ofX, ofY] = [x.map(take), y.map(take)];
  const cross = (one: Columns, other: Columns) => one.map((a) => other.map((b) => pairwise(a, b)));
  return {
    waves: x.length,
    meanX: ofX.map(meanOf),
    meanY: ofY.map(meanOf),
    xx: cross(ofX, ofX),
    xy: cross(ofX, ofY),
    yy: cross(ofY, ofY),
  };
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
