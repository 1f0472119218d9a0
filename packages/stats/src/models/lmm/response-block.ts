import type { SingleGroups } from "../../sums/grouped-sums.ts";

/** The number of groups whose products are summed together: what is read then stays in the nearest cache. */
export const BLOCK = 64;

/** H = T U and P = R U of one block (group-kernel.ts): element (r, c) of group i stands at `(c q + r) BLOCK + i`. */
export interface ResponseBlock {
  readonly q: number;
  readonly m: number;
  readonly h: Float64Array;
  readonly p: Float64Array;
}

/** Groups kept one by one, and the relative Cholesky factor they are read with. */
export interface SinglesAtLambda {
  readonly singles: SingleGroups;
  readonly lambda: Float64Array;
}
