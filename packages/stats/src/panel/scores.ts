import { StatsError } from "../errors.ts";
import { packedLength } from "../sums/grouped-sums.ts";

/** A column of X: its name, what it is a product of, and the constants it is shifted and then divided by. */
export interface ScoreColumn {
  readonly term: string;
  /** `level` is null for a number; no parts for the intercept. */
  readonly parts: readonly { readonly variable: string; readonly level: string | null }[];
  readonly shift: number;
  readonly scale: number;
}

/** One product of two residuals of a person in a score, less what is expected of it; waves as values of the time. */
export interface ResidualProduct {
  readonly first: number;
  readonly second: number;
  readonly factor: number;
  readonly expected: number;
}

/**
 * What each person adds to the equations of a fit, told so that whoever has the rows can work it out: readable, plain
 * data that may be sent. Scores are X'W(y - X b), then one sum of residual products for each of `products`.
 */
export interface ScoreRecipe {
  readonly formula: string;
  readonly columns: readonly ScoreColumn[];
  readonly outcome: { readonly shift: number; readonly scale: number };
  /** Of the shifted and scaled columns, for the outcome that is shifted and scaled too. */
  readonly coefficients: readonly number[];
  /** W of the people seen at each set of waves, by rows; others are not in the fit. */
  readonly weights: readonly { readonly waves: readonly number[]; readonly matrix: readonly number[] }[];
  /** Only pairs of waves at which a person was seen count. */
  readonly products: readonly (readonly ResidualProduct[])[];
}

/** How many scores a person has. */
export function scoreLength({ columns, products }: ScoreRecipe): number {
  return columns.length + products.length;
}

/** Scores added up over people, and their products: all that the robust standard errors of a fit need besides it. */
export interface ScoreSums {
  readonly people: number;
  /** The sum of each score: zero at the estimates, when everybody is there. */
  readonly sum: readonly number[];
  /** The packed upper triangle of the sum of s s'. */
  readonly products: readonly number[];
}

/**
 * The scores of all parts together; no person may be in two of them.
 *
 * @throws StatsError `sums.different-shape`
 */
export function mergeScores(parts: readonly ScoreSums[]): ScoreSums {
  const [head] = parts;
  if (head === undefined || parts.some(({ sum }) => sum.length !== head.sum.length)) {
    throw new StatsError(
      "sums.different-shape",
      "Expected second rounds of one fit; found ones with different numbers of scores, or none. Ask every site with the same request.",
    );
  }
  const total = (of: (part: ScoreSums) => readonly number[]) =>
    of(head).map((_, at) => parts.reduce((sum, part) => sum + of(part)[at], 0));
  return {
    people: parts.reduce((sum, { people }) => sum + people, 0),
    sum: total(({ sum }) => sum),
    products: total(({ products }) => products),
  };
}

// Rounding and the stop of an iteration leave far less; one site, or some changed answers, leave far more.
const NEARLY_ZERO = 1e-4;

/**
 * The products of scores as a full matrix by rows, once they are known to be those of the people of a fit.
 *
 * @throws StatsError `sums.other-people` when they are not: a count is wrong, or the scores do not add up to zero.
 */
export function productsOfScores({ people, sum, products }: ScoreSums, wanted: number): Float64Array {
  const n = sum.length;
  const full = new Float64Array(n * n);
  let at = 0;
  for (let j = 0; j < n; j++) {
    for (let k = j; k < n; k++) {
      full[j * n + k] = products[at];
      full[k * n + j] = products[at++];
    }
  }
  const isZero = (value: number, j: number) => Math.abs(value) <= NEARLY_ZERO * Math.sqrt(full[j * n + j]);
  const isWhole = products.length === packedLength(n) && products.every(Number.isFinite);
  if (isWhole && people === wanted && sum.every(isZero)) return full;
  const found =
    people === wanted
      ? "as many, whose scores do not add up to zero as they do at the estimates of this fit"
      : `${people}`;
  throw new StatsError(
    "sums.other-people",
    `Expected the ${wanted} people of the fit in its second round; found ${found}. The data have changed since the first round, or a site is missing or counted twice: make both rounds again.`,
  );
}
