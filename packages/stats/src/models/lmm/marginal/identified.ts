import { independentColumns } from "../../../linalg/cholesky.ts";
import type { PatternSums } from "../../../sums/pattern-sums.ts";
import type { Block } from "../setup.ts";
import { covarianceAt, type MarginalCriterion } from "./criterion.ts";
import { type PersonRows, residualOf, symmetric } from "./dense.ts";
import { seriesPerson } from "./series.ts";

// The share of a variance's pattern in the rows that must be its own.
const TOLERANCE = 1e-10;

// What so many rows of a person and so many people tell apart, all of them do.
const ROWS_ENOUGH = 40;
const PEOPLE_ENOUGH = 500;

/** People whose V differs, with the number of people who share it. */
function* distinctPeople({ patterns, series, q, m }: PatternSums): Generator<[PersonRows, number]> {
  for (const { size, positions, random, people } of patterns) yield [{ n: size, positions, random }, people];
  for (let person = 0; person < Math.min(series.count, PEOPLE_ENOUGH); person++) {
    const { n, positions, random } = seriesPerson(series, person, q, m);
    yield [{ n: Math.min(n, ROWS_ENOUGH), positions, random }, 1];
  }
}

/**
 * The directions in which V can move: R itself (sigma^2), its derivatives, and Z E Z' for every element of Psi.
 */
function directions(criterion: MarginalCriterion, x: Float64Array, rows: PersonRows): Float64Array[] {
  const covariance = covarianceAt(criterion, x);
  const { q, residual } = covariance;
  const { n, positions, random } = rows;
  const byResidual = Array.from({ length: criterion.residual.count }, (_, k) =>
    symmetric(n, (i, j) =>
      i === j
        ? residual.varianceSlope(k, positions[i])
        : residual.covarianceSlope(k, positions[i], positions[j]),
    ),
  );
  const { row, column } = criterion.places;
  const byPsi = Array.from(row, (r, k) =>
    symmetric(
      n,
      (i, j) => random[i * q + r] * random[j * q + column[k]] + random[i * q + column[k]] * random[j * q + r],
    ),
  );
  return [residualOf(covariance, rows), ...byResidual, ...byPsi];
}

function addProductsInto(out: Float64Array, matrices: readonly Float64Array[], people: number): void {
  const n = matrices.length;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let e = 0; e < matrices[a].length; e++) sum += matrices[a][e] * matrices[b][e];
      out[a * n + b] += people * sum;
      if (a !== b) out[b * n + a] += people * sum;
    }
  }
}

/**
 * What the data cannot tell from the rest of V at x: a random effect, or the residual structure; null when all
 * can be told apart.
 *
 * The parameters are locally identified when the derivatives of V by them are linearly independent
 * (Rothenberg 1971, Econometrica 39(3), theorem 1, for a normal law whose mean has its own parameters).
 */
export function unidentifiedPart(
  criterion: MarginalCriterion,
  x: Float64Array,
  blocks: readonly Block[],
): string | null {
  const count = 1 + criterion.residual.count + criterion.places.row.length;
  const products = new Float64Array(count * count);
  for (const [rows, people] of distinctPeople(criterion.sums)) {
    addProductsInto(products, directions(criterion, x, rows), people);
  }
  const kept = new Set(independentColumns(products, count, TOLERANCE));
  const lost = Array.from({ length: count }, (_, k) => k).find((k) => !kept.has(k));
  if (lost === undefined) return null;
  const effect = lost - 1 - criterion.residual.count;
  if (effect < 0) return `residual ${criterion.residual.type}`;
  const place = criterion.places.row[effect];
  const block = blocks.find(({ start, names }) => place >= start && place < start + names.length);
  return block === undefined ? null : block.names[place - block.start];
}
