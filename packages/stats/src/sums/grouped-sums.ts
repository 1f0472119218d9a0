/**
 * All that a linear mixed model with one grouping factor needs of the rows.
 *
 * W = [X y] has `m` columns (y last), Z has `q`; both are already shifted and scaled by constants, which
 * must be the same in all parts that are merged. Groups with the same Gram matrix Z'Z share a cell.
 * Matrices are stored by rows; symmetric m x m ones as packed upper triangles of m (m + 1) / 2 numbers.
 */
export interface GroupedSums {
  readonly nobs: number;
  readonly ngroups: number;
  readonly m: number;
  readonly q: number;
  /** Sum of W'W over all rows, packed. */
  readonly products: Float64Array;
  readonly cells: CollapsedCells;
  readonly singles: SingleGroups;
}

/** Groups collapsed by Gram matrix: exact for any model whose V depends on the group through Z'Z only. */
export interface CollapsedCells {
  readonly count: number;
  /** count x q x q. */
  readonly gram: Float64Array;
  /** The number of groups in each cell. */
  readonly sizes: Float64Array;
  /** count x q (q + 1) / 2 x packed: sums of u_r u_s' (r = s) or u_r u_s' + u_s u_r' (r < s), u = rows of Z'W. */
  readonly moments: Float64Array;
}

/** Groups kept one by one, where hardly two share a Gram matrix. */
export interface SingleGroups {
  readonly count: number;
  /** count x q x q. */
  readonly gram: Float64Array;
  /** count x q x m: Z'W. */
  readonly cross: Float64Array;
}

/** The number of elements in a packed upper triangle. */
export function packedLength(m: number): number {
  return (m * (m + 1)) / 2;
}
