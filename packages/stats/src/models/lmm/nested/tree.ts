import type { ModelFrame } from "../../../frame/model-frame.ts";
import { columnProducts, groupProducts } from "../../../sums/reduce.ts";
import type { LmmDesign } from "../setup.ts";

/**
 * One grouping factor of a nested model: its groups are the nodes of one level of a tree.
 *
 * The columns above a level are the random columns of the coarser levels, then [X y].
 */
export interface TreeLevel {
  readonly count: number;
  /** Random columns of this level. */
  readonly q: number;
  /** The number of columns above this level. */
  readonly above: number;
  /** The node of each coarser level in which each node lies: `ancestors[k][node]` for the k-th coarser level. */
  readonly ancestors: readonly Int32Array[];
  /** count x q x q: Z'Z. */
  readonly gram: Float64Array;
  /** count x q x above: Z' times the columns above. */
  readonly cross: Float64Array;
}

/** The cross-products of a model with nested grouping factors; levels from the finest to the coarsest. */
export interface Tree {
  readonly nobs: number;
  /** Columns of [X y]. */
  readonly m: number;
  /** Random columns of all levels. */
  readonly q: number;
  readonly levels: readonly TreeLevel[];
  /** W'W of W = [X y], packed. */
  readonly products: Float64Array;
}

function ancestorsOf(codes: Int32Array, count: number, outer: Int32Array): Int32Array {
  const ancestors = new Int32Array(count);
  for (let row = 0; row < codes.length; row++) ancestors[codes[row]] = outer[row];
  return ancestors;
}

/**
 * The tree of a design whose random columns stand in the order of the frame's factors, finest first.
 *
 * Everything the criterion needs of the rows: O(rows) to build, and independent of the rows afterwards.
 */
export function buildTree(frame: ModelFrame, design: LmmDesign): Tree {
  const { columns, random } = design.part;
  const levels: TreeLevel[] = [];
  let start = 0;
  frame.factors.forEach(({ name, grouping }, l) => {
    const q = design.blocks.reduce((sum, { group, names }) => sum + (group === name ? names.length : 0), 0);
    const above = [...random.slice(start + q), ...columns];
    const { gram, cross } = groupProducts({
      columns: above,
      random: random.slice(start, start + q),
      groups: grouping.codes,
      ngroups: grouping.count,
    });
    const ancestors = frame.factors
      .slice(l + 1)
      .map((outer) => ancestorsOf(grouping.codes, grouping.count, outer.grouping.codes));
    levels.push({ count: grouping.count, q, above: above.length, ancestors, gram, cross });
    start += q;
  });
  const products = columnProducts(columns);
  return { nobs: design.part.groups.length, m: columns.length, q: random.length, levels, products };
}
