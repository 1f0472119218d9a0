import { StatsError } from "../../errors.ts";
import { rowPatterns } from "./data.ts";
import { inverseAndLogDet, type Moments, momentPlaces, submatrix } from "./likelihood.ts";
import type { GroupScores, SemRows } from "./model.ts";
import { meanIndex, momentCount } from "./vech.ts";

interface RowPattern {
  readonly observed: Int32Array;
  readonly rows: readonly number[];
}

/** One group's rows by what they have observed. */
function groupRows(rows: SemRows, group: number, fixedCovariates: readonly string[]): RowPattern[] {
  const { ofRow, patterns } = rowPatterns(rows, fixedCovariates);
  const members = patterns.map((): number[] => []);
  ofRow.forEach((pattern, row) => {
    if (pattern >= 0) members[pattern].push(row);
  });
  return patterns
    .map(({ group: of, observed }, i) => ({ of, observed: Int32Array.from(observed), rows: members[i] }))
    .filter(({ of }) => of === group);
}

/** Writes one row's derivatives of its log-likelihood in its own vech and means into `score`; `u` is scratch. */
function scoreInto(score: Float64Array, w: Float64Array, deviation: Float64Array, u: Float64Array): void {
  const k = deviation.length;
  u.fill(0);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) u[i] += w[i * k + j] * deviation[j];
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) score[a] = (i === j ? 0.5 : 1) * (u[i] * u[j] - w[i * k + j]);
    score[meanIndex(i, k)] = u[i];
  }
}

function notPositive(): StatsError {
  return new StatsError(
    "sem.data",
    "Expected a positive definite covariance matrix at which to take scores; found one that is not. Use the moments of a fit that converged.",
  );
}

function patternProducts({ observed, rows }: RowPattern, columns: readonly Float64Array[], moments: Moments) {
  const k = observed.length;
  const p = moments.mean.length;
  const solved = inverseAndLogDet(submatrix(moments.covariance, p, observed), k);
  if (solved === null) throw notPositive();
  const kk = momentCount(k);
  const products = new Float64Array(kk * kk);
  const scores = [0, 1, 2, 3].map(() => new Float64Array(kk));
  const deviation = new Float64Array(k);
  const u = new Float64Array(k);
  for (let first = 0; first < rows.length; first += scores.length) {
    for (const [r, score] of scores.entries()) {
      score.fill(0);
      const row = rows[first + r];
      if (row === undefined) continue;
      for (let i = 0; i < k; i++) deviation[i] = columns[observed[i]][row] - moments.mean[observed[i]];
      scoreInto(score, solved.inverse, deviation, u);
    }
    addFourProductsInto(products, scores);
  }
  return products;
}

/** Adds the lower triangle of s s' of four scores: four at a time, since each product is read and written once then. */
function addFourProductsInto(products: Float64Array, [s, t, v, w]: readonly Float64Array[]): void {
  const kk = s.length;
  for (let a = 0; a < kk; a++) {
    const [one, two, three, four] = [s[a], t[a], v[a], w[a]];
    const into = a * kk;
    for (let b = 0; b <= a; b++) {
      products[into + b] += one * s[b] + two * t[b] + three * v[b] + four * w[b];
    }
  }
}

/**
 * The sum over rows of the outer product of each row's score in the moments, K x K.
 *
 * @throws StatsError `sem.data` where a covariance matrix is not positive definite.
 * Yuan & Bentler (2000), Sociol. Methodol. 30, 165-200 (the middle of the sandwich with missing data).
 */
function scoreProducts(
  patterns: readonly RowPattern[],
  columns: readonly Float64Array[],
  moments: Moments,
): Float64Array {
  const p = moments.mean.length;
  const kk = momentCount(p);
  const out = new Float64Array(kk * kk);
  for (const pattern of patterns) {
    const products = patternProducts(pattern, columns, moments);
    const places = momentPlaces(pattern.observed, p);
    const k = places.length;
    for (let a = 0; a < k; a++) {
      for (let b = 0; b <= a; b++) {
        const value = products[a * k + b];
        out[places[a] * kk + places[b]] += value;
        if (a !== b) out[places[b] * kk + places[a]] += value;
      }
    }
  }
  return out;
}

/** The moments of one group at which each row's score is taken: those of the model, and the free ones. */
export interface ScorePoints {
  readonly model: Moments;
  /** Null where the data do not determine them. */
  readonly saturated: Moments | null;
}

/**
 * A second reading of the rows: what robust standard errors and the scaled test need besides the moments.
 *
 * @param points  for each group, from `semScorePoints`; the sums of parts of the rows add up: `mergeScores`.
 */
export function reduceScores(
  points: readonly ScorePoints[],
  rows: SemRows,
  fixedCovariates: readonly string[] = [],
): GroupScores[] {
  return points.map(({ model, saturated }, g) => {
    const patterns = groupRows(rows, g, fixedCovariates);
    const at = (moments: Moments) => scoreProducts(patterns, rows.columns, moments);
    return { model: at(model), saturated: saturated === null ? null : at(saturated) };
  });
}

function added(a: Float64Array | null, b: Float64Array | null): Float64Array | null {
  return a === null || b === null ? null : a.map((value, e) => value + b[e]);
}

/**
 * The sums of all parts together; all must have been taken at the same points.
 *
 * @throws StatsError `sums.different-shape`
 */
export function mergeScores(parts: readonly (readonly GroupScores[])[]): GroupScores[] {
  const [first] = parts;
  const same = (part: readonly GroupScores[]) =>
    part.length === first.length && part.every(({ model }, g) => model.length === first[g].model.length);
  if (first === undefined || !parts.every(same)) {
    throw new StatsError(
      "sums.different-shape",
      "Expected sums of scores of the same groups and variables; found different ones or none. Reduce every part at the same points.",
    );
  }
  return parts.slice(1).reduce<GroupScores[]>(
    (total, part) =>
      total.map(({ model, saturated }, g) => ({
        model: model.map((value, e) => value + part[g].model[e]),
        saturated: added(saturated, part[g].saturated),
      })),
    [...first],
  );
}
