import { rowPatterns } from "./data.ts";
import { inverseAndLogDet, type Moments, momentPlaces, submatrix } from "./likelihood.ts";
import type { SemRows } from "./model.ts";
import { meanIndex, momentCount } from "./vech.ts";

interface RowPattern {
  readonly observed: Int32Array;
  readonly rows: readonly number[];
}

/** One group's rows by what they have observed. */
export function groupRows(rows: SemRows, group: number, fixedCovariates: readonly string[]): RowPattern[] {
  const { ofRow, patterns } = rowPatterns(rows, fixedCovariates);
  const members = patterns.map((): number[] => []);
  ofRow.forEach((pattern, row) => {
    if (pattern >= 0) members[pattern].push(row);
  });
  return patterns
    .map(({ group: of, observed }, i) => ({ of, observed: Int32Array.from(observed), rows: members[i] }))
    .filter(({ of }) => of === group);
}

/** Writes one row's derivatives of its log-likelihood in its own vech and means into `score`. */
function scoreInto(score: Float64Array, w: Float64Array, deviation: Float64Array): void {
  const k = deviation.length;
  const u = new Float64Array(k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) u[i] += w[i * k + j] * deviation[j];
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) score[a] = (i === j ? 0.5 : 1) * (u[i] * u[j] - w[i * k + j]);
    score[meanIndex(i, k)] = u[i];
  }
}

function patternProducts({ observed, rows }: RowPattern, columns: readonly Float64Array[], moments: Moments) {
  const k = observed.length;
  const p = moments.mean.length;
  const solved = inverseAndLogDet(submatrix(moments.covariance, p, observed), k);
  if (solved === null) return null;
  const kk = momentCount(k);
  const products = new Float64Array(kk * kk);
  const score = new Float64Array(kk);
  const deviation = new Float64Array(k);
  for (const row of rows) {
    for (let i = 0; i < k; i++) deviation[i] = columns[observed[i]][row] - moments.mean[observed[i]];
    scoreInto(score, solved.inverse, deviation);
    for (let a = 0; a < kk; a++) {
      const value = score[a];
      const into = a * kk;
      for (let b = 0; b <= a; b++) products[into + b] += value * score[b];
    }
  }
  return products;
}

/**
 * The sum over rows of the outer product of each row's score in the moments, K x K.
 *
 * @returns null where a covariance matrix is not positive definite.
 * Yuan & Bentler (2000), Sociol. Methodol. 30, 165-200 (the middle of the sandwich with missing data).
 */
export function scoreProducts(
  patterns: readonly RowPattern[],
  columns: readonly Float64Array[],
  moments: Moments,
): Float64Array | null {
  const p = moments.mean.length;
  const kk = momentCount(p);
  const out = new Float64Array(kk * kk);
  for (const pattern of patterns) {
    const products = patternProducts(pattern, columns, moments);
    if (products === null) return null;
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
