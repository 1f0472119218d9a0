import { derivedInto, type GroupKernel, groupKernel } from "./group-kernel.ts";
import type { GroupTotals } from "./group-totals.ts";
import { respondPairs } from "./pair-response.ts";
import { BLOCK, type ResponseBlock, type SinglesAtLambda } from "./response-block.ts";

/** Buffers for the groups kept one by one. */
export interface SingleBuffers extends ResponseBlock {
  readonly kernel: GroupKernel;
  /** H'H, and the products of all rows of P; square, their widths rounded up to even. */
  readonly hh: Float64Array;
  readonly pp: Float64Array;
}

function even(width: number): number {
  return width + (width % 2);
}

/** Buffers for q random effects and m columns of [X y]. */
export function singleBuffers(q: number, m: number): SingleBuffers {
  return {
    q,
    m,
    h: new Float64Array(even(m) * q * BLOCK),
    p: new Float64Array(even(q * m) * BLOCK),
    kernel: groupKernel(q),
    hh: new Float64Array(even(m) ** 2),
    pp: new Float64Array(even(q * m) ** 2),
  };
}

/** Writes H and P of the group at `index` into place `i` of the block, and adds its determinant and trace. */
function respondOne(
  { q, m, h, p, kernel }: SingleBuffers,
  totals: GroupTotals,
  { singles, lambda }: SinglesAtLambda,
  [index, i]: readonly [number, number],
): void {
  totals.logDet += derivedInto(kernel, lambda, singles.gram, index * q * q);
  for (let e = 0; e < q * q; e++) totals.trace[e] += kernel.trace[e];
  for (let c = 0; c < m; c++) {
    for (let r = 0; r < q; r++) {
      let hr = 0;
      let pr = 0;
      for (let s = 0; s < q; s++) {
        const u = singles.cross[(index * q + s) * m + c];
        hr += kernel.root[r * q + s] * u;
        pr += kernel.response[r * q + s] * u;
      }
      h[(c * q + r) * BLOCK + i] = hr;
      p[(c * q + r) * BLOCK + i] = pr;
    }
  }
}

/** Two vectors by two: four sums from four readings. */
// biome-ignore lint/complexity/useMaxParams: the innermost loop over groups; an object would be built for each tile
function addTileInto(
  out: Float64Array,
  at: number,
  width: number,
  x: Float64Array,
  first: number,
  second: number,
  length: number,
): void {
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  for (let i = 0; i < length; i++) {
    const a0 = x[first + i];
    const a1 = x[first + length + i];
    const b0 = x[second + i];
    const b1 = x[second + length + i];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s10 += a1 * b0;
    s11 += a1 * b1;
  }
  out[at] += s00;
  out[at + 1] += s01;
  out[at + width] += s10;
  out[at + width + 1] += s11;
}

/** Adds x_j'x_k, for j <= k of an even number of vectors of `length`, to a square matrix. */
function addGramInto(out: Float64Array, x: Float64Array, length: number): void {
  const width = Math.round(Math.sqrt(out.length));
  for (let j = 0; j < width; j += 2) {
    for (let k = j; k < width; k += 2) {
      addTileInto(out, j * width + k, width, x, j * length, k * length, length);
    }
  }
}

/** Adds the products summed over all blocks to the packed totals. */
function addProductsInto(totals: GroupTotals, { q, m, hh, pp }: SingleBuffers): void {
  let at = 0;
  for (let j = 0; j < m; j++) for (let k = j; k < m; k++) totals.quadratic[at++] += hh[j * even(m) + k];
  const width = even(q * m);
  const product = (a: number, b: number) => pp[Math.min(a, b) * width + Math.max(a, b)];
  at = 0;
  for (let r = 0; r < q; r++) {
    for (let s = r; s < q; s++) {
      for (let j = 0; j < m; j++) {
        for (let k = j; k < m; k++) {
          const one = product(j * q + r, k * q + s);
          totals.moments[at++] += r === s ? one : one + product(j * q + s, k * q + r);
        }
      }
    }
  }
}

/** Adds the groups kept one by one to the totals at `lambda`. */
export function addSinglesInto(totals: GroupTotals, groups: SinglesAtLambda, buffers: SingleBuffers): void {
  const { q, h, p, hh, pp } = buffers;
  const { count } = groups.singles;
  hh.fill(0);
  pp.fill(0);
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    if (size < BLOCK) {
      h.fill(0);
      p.fill(0);
    }
    if (q === 2) respondPairs(buffers, totals, groups, from);
    else for (let i = 0; i < size; i++) respondOne(buffers, totals, groups, [from + i, i]);
    addGramInto(hh, h, q * BLOCK);
    addGramInto(pp, p, BLOCK);
  }
  addProductsInto(totals, buffers);
}
