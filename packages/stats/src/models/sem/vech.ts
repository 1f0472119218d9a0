/**
 * The moments of p variables in one vector: the lower triangle of the covariance matrix by rows, then the means.
 */

/** How many moments p variables have: p (p + 1) / 2 + p. */
export function momentCount(p: number): number {
  return (p * (p + 1)) / 2 + p;
}

/** The place of the covariance of variables i and j. */
export function vechIndex(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
}

/** The place of the mean of variable i among the moments of p variables. */
export function meanIndex(i: number, p: number): number {
  return (p * (p + 1)) / 2 + i;
}
