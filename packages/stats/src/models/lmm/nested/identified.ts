import { independentColumns } from "../../../linalg/cholesky.ts";
import type { Block } from "../setup.ts";
import { thetaPlaces } from "../setup.ts";
import type { Tree } from "./tree.ts";

// The share of a variance's pattern in the rows that must be its own.
const TOLERANCE = 1e-10;

/** An element of Psi by its place among all random columns, and the level it lies on. */
interface Element {
  readonly row: number;
  readonly column: number;
  readonly level: number;
}

function levelStarts(tree: Tree): number[] {
  let start = 0;
  return tree.levels.map(({ q }) => {
    start += q;
    return start - q;
  });
}

/** The inner product of the patterns Z E Z' of two elements, the first on the finer level or the same. */
function patternProduct(tree: Tree, starts: readonly number[], inner: Element, outer: Element): number {
  const level = tree.levels[inner.level];
  const [r, s] = [inner.row - starts[inner.level], inner.column - starts[inner.level]];
  const same = inner.level === outer.level;
  const width = same ? level.q : level.above;
  const products = same ? level.gram : level.cross;
  const shift = same ? starts[inner.level] : starts[inner.level] + level.q;
  const [t, u] = [outer.row - shift, outer.column - shift];
  let sum = 0;
  for (let node = 0; node < level.count; node++) {
    const at = (row: number, column: number) => products[(node * level.q + row) * width + column];
    sum += at(r, t) * at(s, u) + at(r, u) * at(s, t);
  }
  return (r === s ? 1 : 2) * (t === u ? 0.5 : 1) * sum;
}

/** The inner product of Z E Z' with the identity. */
function withIdentity(tree: Tree, starts: readonly number[], { level: l, row, column }: Element): number {
  const level = tree.levels[l];
  let sum = 0;
  for (let node = 0; node < level.count; node++) {
    sum += level.gram[(node * level.q + row - starts[l]) * level.q + column - starts[l]];
  }
  return (row === column ? 1 : 2) * sum;
}

/**
 * The first random effect whose variance or covariance the data cannot tell from the others and the residual,
 * as "effect | group", or null; see `unidentifiedEffect` for the reasoning.
 */
export function unidentifiedNested(tree: Tree, blocks: readonly Block[]): string | null {
  const starts = levelStarts(tree);
  const { row, column } = thetaPlaces(blocks);
  const elements = Array.from(row, (r, k) => {
    const level = starts.findLastIndex((start) => start <= column[k]);
    return { row: r, column: column[k], level };
  });
  const n = elements.length + 1;
  const products = new Float64Array(n * n);
  products[0] = tree.nobs;
  elements.forEach((a, i) => {
    products[i + 1] = withIdentity(tree, starts, a);
    products[(i + 1) * n] = products[i + 1];
    elements.slice(0, i + 1).forEach((b, j) => {
      const [inner, outer] = a.level <= b.level ? [a, b] : [b, a];
      const value = patternProduct(tree, starts, inner, outer);
      products[(i + 1) * n + j + 1] = value;
      products[(j + 1) * n + i + 1] = value;
    });
  });
  const kept = independentColumns(products, n, TOLERANCE);
  const lost = elements.find((_, i) => !kept.includes(i + 1));
  if (lost === undefined) return null;
  const block = blocks.find(({ start, names }) => lost.row >= start && lost.row < start + names.length);
  return block === undefined ? null : `${block.names[lost.row - block.start]} | ${block.group}`;
}
