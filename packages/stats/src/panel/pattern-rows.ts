import { dot } from "../linalg/dense.ts";
import { cellsOf, monomialOf, NeedsRows, type PanelPlan } from "./plan.ts";
import type { Polynomial } from "./polynomial.ts";
import type { PanelPattern } from "./sums.ts";

/** A pattern with its sums unpacked, and where each monomial stands in r. */
export interface PatternRows {
  readonly waves: readonly number[];
  readonly people: number;
  /** d x d: the sum of r r'. */
  readonly moments: Float64Array;
  readonly size: number;
  weigh(polynomial: Polynomial): Float64Array;
}

function unpack({ products }: PanelPattern, size: number): Float64Array {
  const full = new Float64Array(size * size);
  let at = 0;
  for (let j = 0; j < size; j++) {
    for (let k = j; k < size; k++) {
      full[j * size + k] = products[at];
      full[k * size + j] = products[at++];
    }
  }
  return full;
}

/** What turns something linear in r into its weights, for people seen at these waves. */
export function weigher(plan: PanelPlan, waves: readonly number[]): PatternRows["weigh"] {
  const monomials = cellsOf(plan, waves).map((cell) => monomialOf(plan.cells[cell], plan));
  const placeOf = new Map(["", ...monomials].map((monomial, place) => [monomial, place]));
  return (polynomial) => {
    const weights = new Float64Array(placeOf.size);
    for (const [monomial, coefficient] of polynomial) {
      const place = placeOf.get(monomial);
      if (place === undefined) throw new NeedsRows(`${monomial}, which the plan did not sum`);
      weights[place] += coefficient;
    }
    return weights;
  };
}

/** A pattern ready to be asked for sums of anything linear in r. */
export function patternRows(plan: PanelPlan, pattern: PanelPattern): PatternRows {
  const { waves, people } = pattern;
  const size = 1 + cellsOf(plan, waves).length;
  return { waves, people, moments: unpack(pattern, size), size, weigh: weigher(plan, waves) };
}

/** Sum of r (b'r) over the people of a pattern: its inner product with a is the sum of (a'r)(b'r). */
export function crossedWith({ moments, size }: PatternRows, b: Float64Array): Float64Array {
  const out = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += moments[j * size + k] * b[k];
    out[j] = sum;
  }
  return out;
}

/** Sum of (a'r)(b'r) over the people of a pattern. */
export function sumOfProducts(pattern: PatternRows, a: Float64Array, b: Float64Array): number {
  return dot(a, crossedWith(pattern, b));
}

/** Sum of a'r over the people of a pattern. */
export function sumOf({ moments, size }: PatternRows, a: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < size; j++) sum += moments[j] * a[j];
  return sum;
}
