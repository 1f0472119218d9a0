/**
 * The constants of each category under given thresholds.
 *
 * P(lower < latent <= upper) of a logistic with location eta, written without a difference of two numbers
 * near 0 or 1: with a = exp(eta - lower), b = exp(eta - upper) and the gap upper - lower,
 * log P = coef eta + logGap - log(1 + a) - log(1 + b). The lowest category has no a and coef 0; the highest
 * has no b.
 */
export interface Cells {
  readonly coef: Float64Array;
  readonly logGap: Float64Array;
  /** exp(-lower threshold); 0 in the lowest category, where a does not exist. */
  readonly lower: Float64Array;
  /** exp(-upper threshold); 0 in the highest. */
  readonly upper: Float64Array;
  /** The derivative of logGap by the lower and by the upper threshold. */
  readonly byLower: Float64Array;
  readonly byUpper: Float64Array;
}

/** Buffers for `count` categories. */
export function createCells(count: number): Cells {
  const zeros = () => new Float64Array(count);
  return {
    coef: zeros().fill(1, 1),
    logGap: zeros(),
    lower: zeros(),
    upper: zeros(),
    byLower: zeros(),
    byUpper: zeros(),
  };
}

/** Beyond this the exponentials lose their meaning, and no data say so much. */
const LARGEST_THRESHOLD = 100;

/** Writes the constants; false when the thresholds are not in order or too large to compute with. */
export function fillCells(cells: Cells, thresholds: Float64Array): boolean {
  const last = thresholds.length;
  for (let k = 0; k < last; k++) {
    const threshold = thresholds[k];
    if (!(Math.abs(threshold) < LARGEST_THRESHOLD)) return false;
    cells.upper[k] = Math.exp(-threshold);
    cells.lower[k + 1] = cells.upper[k];
    if (k === 0) continue;
    const gap = threshold - thresholds[k - 1];
    if (!(gap > 0)) return false;
    cells.logGap[k] = -thresholds[k - 1] + Math.log(-Math.expm1(-gap));
    cells.byLower[k] = 1 / Math.expm1(-gap);
    cells.byUpper[k] = 1 / Math.expm1(gap);
  }
  cells.logGap[last] = -thresholds[last - 1];
  cells.byLower[last] = -1;
  return true;
}
