import type { CollapsedCells } from "../../sums/grouped-sums.ts";
import { derivedInto, type GroupKernel, groupKernel } from "./group-kernel.ts";
import type { GroupTotals } from "./group-totals.ts";

/** Adds `weight` times the sums of one pair of random effects to `out` from `at`. */
function addWeightedInto(out: Float64Array, at: number, weight: number, sums: Float64Array): void {
  for (let e = 0; e < sums.length; e++) out[at + e] += weight * sums[e];
}

/** Adds what the sums of u_a u_b' + u_b u_a' (u_a u_a' where a = b) of one cell come to. */
function addPairInto(
  totals: GroupTotals,
  { root, response }: GroupKernel,
  [a, b]: readonly [number, number],
  sums: Float64Array,
): void {
  const q = Math.round(Math.sqrt(root.length));
  let weight = 0;
  for (let t = 0; t < q; t++) weight += root[t * q + a] * root[t * q + b];
  addWeightedInto(totals.quadratic, 0, weight, sums);
  let at = 0;
  for (let r = 0; r < q; r++) {
    for (let s = r; s < q; s++) {
      const both = response[r * q + a] * response[s * q + b] + response[r * q + b] * response[s * q + a];
      addWeightedInto(totals.moments, at, r === s ? both / 2 : both, sums);
      at += sums.length;
    }
  }
}

/** Adds the groups of all cells to the totals at `lambda`. */
export function addCellsInto(totals: GroupTotals, cells: CollapsedCells, lambda: Float64Array): void {
  const size = lambda.length;
  const q = Math.round(Math.sqrt(size));
  const packed = totals.quadratic.length;
  const kernel = groupKernel(q);
  let at = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    totals.logDet += cells.sizes[cell] * derivedInto(kernel, lambda, cells.gram, cell * size);
    for (let e = 0; e < size; e++) totals.trace[e] += cells.sizes[cell] * kernel.trace[e];
    for (let a = 0; a < q; a++) {
      for (let b = a; b < q; b++) {
        addPairInto(totals, kernel, [a, b], cells.moments.subarray(at, at + packed));
        at += packed;
      }
    }
  }
}
