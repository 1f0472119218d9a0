import type { CollapsedCells } from "../../sums/grouped-sums.ts";
import { derivedInto, type GroupKernel, groupKernel } from "./group-kernel.ts";
import type { GroupTotals } from "./group-totals.ts";

/** Adds `weight` times the numbers from `from` on to `length` numbers of `out` from `at` on. */
// biome-ignore lint/complexity/useMaxParams: called for each cell in each evaluation; a view would cost more than its sum
function addWeightedInto(
  out: Float64Array,
  at: number,
  weight: number,
  sums: Float64Array,
  from: number,
  length: number,
): void {
  for (let e = 0; e < length; e++) out[at + e] += weight * sums[from + e];
}

/** Adds what the sums of u_a u_b' + u_b u_a' (u_a u_a' where a = b) of one cell, from `from` on, come to. */
function addPairInto(
  { quadratic, moments: out }: GroupTotals,
  { root, response }: GroupKernel,
  { a, b, moments, from }: { a: number; b: number; readonly moments: Float64Array; from: number },
): void {
  const q = Math.round(Math.sqrt(root.length));
  const packed = quadratic.length;
  let weight = 0;
  for (let t = 0; t < q; t++) weight += root[t * q + a] * root[t * q + b];
  addWeightedInto(quadratic, 0, weight, moments, from, packed);
  let at = 0;
  for (let r = 0; r < q; r++) {
    for (let s = r; s < q; s++) {
      const both = response[r * q + a] * response[s * q + b] + response[r * q + b] * response[s * q + a];
      addWeightedInto(out, at, r === s ? both / 2 : both, moments, from, packed);
      at += packed;
    }
  }
}

/** Adds the groups of all cells to the totals at `lambda`. */
export function addCellsInto(totals: GroupTotals, cells: CollapsedCells, lambda: Float64Array): void {
  const size = lambda.length;
  const q = Math.round(Math.sqrt(size));
  const kernel = groupKernel(q);
  const pair = { a: 0, b: 0, moments: cells.moments, from: 0 };
  for (let cell = 0; cell < cells.count; cell++) {
    totals.logDet += cells.sizes[cell] * derivedInto(kernel, lambda, cells.gram, cell * size);
    for (let e = 0; e < size; e++) totals.trace[e] += cells.sizes[cell] * kernel.trace[e];
    for (pair.a = 0; pair.a < q; pair.a++) {
      for (pair.b = pair.a; pair.b < q; pair.b++) {
        addPairInto(totals, kernel, pair);
        pair.from += totals.quadratic.length;
      }
    }
  }
}
