import type { CollapsedCells } from "../../sums/grouped-sums.ts";
import { derivedInto, type GroupKernel, groupKernel } from "./group-kernel.ts";
import type { GroupTotals } from "./group-totals.ts";

/** The weights of every moment of every cell: for the quadratic, then for each r <= s of the totals' moments. */
interface MomentWeights {
  /** How many moments there are: count x q (q + 1) / 2. */
  readonly moments: number;
  /** A row of `moments` numbers for each total. */
  readonly values: Float64Array;
}

/** Writes what u_a u_b' + u_b u_a' (u_a u_a' where a = b) counts in each total, for one moment. */
function weighPair(
  { moments, values }: MomentWeights,
  { root, response }: GroupKernel,
  { a, b, moment }: { readonly a: number; readonly b: number; readonly moment: number },
): void {
  const q = Math.round(Math.sqrt(root.length));
  let weight = 0;
  for (let t = 0; t < q; t++) weight += root[t * q + a] * root[t * q + b];
  values[moment] = weight;
  let at = moment;
  for (let r = 0; r < q; r++) {
    for (let s = r; s < q; s++) {
      const both = response[r * q + a] * response[s * q + b] + response[r * q + b] * response[s * q + a];
      at += moments;
      values[at] = r === s ? both / 2 : both;
    }
  }
}

/** Adds determinants and traces of all cells to the totals at `lambda`; gives the weights of their moments. */
function weighCells(totals: GroupTotals, cells: CollapsedCells, lambda: Float64Array): MomentWeights {
  const size = lambda.length;
  const q = Math.round(Math.sqrt(size));
  const pairs = (q * (q + 1)) / 2;
  const moments = cells.count * pairs;
  const weights = { moments, values: new Float64Array(moments * (1 + pairs)) };
  const kernel = groupKernel(q);
  let moment = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    totals.logDet += cells.sizes[cell] * derivedInto(kernel, lambda, cells.gram, cell * size);
    for (let e = 0; e < size; e++) totals.trace[e] += cells.sizes[cell] * kernel.trace[e];
    for (let a = 0; a < q; a++)
      for (let b = a; b < q; b++) weighPair(weights, kernel, { a, b, moment: moment++ });
  }
  return weights;
}

/** Adds the weighted rows of `sums` to one total: four rows at a time, as the total is read and written once then. */
function addRowsInto(total: Float64Array, weights: Float64Array, sums: Float64Array): void {
  const width = total.length;
  const whole = weights.length - (weights.length % 4);
  for (let row = 0; row < whole; row += 4) {
    const [w0, w1, w2, w3] = [weights[row], weights[row + 1], weights[row + 2], weights[row + 3]];
    const at = row * width;
    for (let e = 0; e < width; e++) {
      total[e] +=
        w0 * sums[at + e] +
        w1 * sums[at + width + e] +
        (w2 * sums[at + 2 * width + e] + w3 * sums[at + 3 * width + e]);
    }
  }
  for (let row = whole; row < weights.length; row++) {
    for (let e = 0; e < width; e++) total[e] += weights[row] * sums[row * width + e];
  }
}

/** Adds the groups of all cells to the totals at `lambda`. */
export function addCellsInto(totals: GroupTotals, cells: CollapsedCells, lambda: Float64Array): void {
  if (cells.count === 0) return;
  const { moments, values } = weighCells(totals, cells, lambda);
  const packed = totals.quadratic.length;
  const rowOf = (total: number) => values.subarray(total * moments, (total + 1) * moments);
  addRowsInto(totals.quadratic, rowOf(0), cells.moments);
  for (let at = 0; at < totals.moments.length; at += packed) {
    addRowsInto(totals.moments.subarray(at, at + packed), rowOf(1 + at / packed), cells.moments);
  }
}
