import { packedLength } from "../../sums/grouped-sums.ts";

/**
 * What all groups add to the criterion and its gradient at one Lambda: sums over groups, so those of parts add up.
 *
 * With U = Z'W and G = Z'Z of a group, and its kernel K and response R (group-kernel.ts): P = R U.
 */
export interface GroupTotals {
  /** log|I + Psi G|. */
  logDet: number;
  /** U'K U, packed. */
  readonly quadratic: Float64Array;
  /** q x q: the derivative of `logDet` by Psi. */
  readonly trace: Float64Array;
  /** For each r <= s, packed: p_r p_r', or p_r p_s' + p_s p_r'; p_r is row r of P. */
  readonly moments: Float64Array;
}

/** Totals of no groups, for q random effects and m columns of [X y]. */
export function createTotals(q: number, m: number): GroupTotals {
  const packed = packedLength(m);
  return {
    logDet: 0,
    quadratic: new Float64Array(packed),
    trace: new Float64Array(q * q),
    moments: new Float64Array(packedLength(q) * packed),
  };
}

/** Sets totals back to those of no groups. */
export function clearTotals(totals: GroupTotals): void {
  totals.logDet = 0;
  totals.quadratic.fill(0);
  totals.trace.fill(0);
  totals.moments.fill(0);
}
