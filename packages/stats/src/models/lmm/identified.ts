import { independentColumns } from "../../linalg/cholesky.ts";
import type { GroupedSums } from "../../sums/grouped-sums.ts";
import { type SummedLmm, thetaPlaces } from "./setup.ts";

// The share of a variance's pattern in the rows that must be its own.
const TOLERANCE = 1e-10;

/**
 * The first random effect whose variance or covariance the data cannot tell from the others and the residual,
 * or null.
 *
 * V is linear in the residual variance and the elements of Psi, so it determines them exactly when the
 * matrices I and Z E Z' (E one element of Psi) are linearly independent; their inner products need the Gram
 * matrices only.
 */
export function unidentifiedEffect({ sums, blocks }: SummedLmm): string | null {
  const { row, column } = thetaPlaces(blocks);
  const n = row.length + 1;
  const products = patternProducts(sums, row, column);
  const kept = independentColumns(products, n, TOLERANCE);
  for (let k = 1; k < n; k++) {
    if (kept.includes(k)) continue;
    const place = row[k - 1];
    const block = blocks.find(({ start, names }) => place >= start && place < start + names.length);
    return block === undefined ? null : block.names[place - block.start];
  }
  return null;
}

/** Inner products of I (first) and the Z E Z', over all groups: n x n by rows. */
function patternProducts(sums: GroupedSums, row: Int32Array, column: Int32Array): Float64Array {
  const { cells, singles, q } = sums;
  const out = new Float64Array((row.length + 1) ** 2);
  out[0] = sums.nobs;
  for (let i = 0; i < cells.count; i++) {
    addPatternsInto(out, cells.gram.subarray(i * q * q, (i + 1) * q * q), cells.sizes[i], { row, column });
  }
  for (let i = 0; i < singles.count; i++) {
    addPatternsInto(out, singles.gram.subarray(i * q * q, (i + 1) * q * q), 1, { row, column });
  }
  return out;
}

/** For E = e_r e_s' + e_s e_r' (halved when r = s): <I, ZEZ'> = 2 G_rs and <ZEZ', ZFZ'> = 2 (G_rt G_su + G_ru G_st). */
function addPatternsInto(
  out: Float64Array,
  gram: Float64Array,
  count: number,
  { row, column }: { readonly row: Int32Array; readonly column: Int32Array },
): void {
  const q = Math.round(Math.sqrt(gram.length));
  const n = row.length + 1;
  for (let a = 1; a < n; a++) {
    const [r, s] = [row[a - 1], column[a - 1]];
    const half = r === s ? 0.5 : 1;
    const withIdentity = count * half * 2 * gram[r * q + s];
    out[a] += withIdentity;
    out[a * n] += withIdentity;
    for (let b = 1; b <= a; b++) {
      const [t, u] = [row[b - 1], column[b - 1]];
      const both = gram[r * q + t] * gram[s * q + u] + gram[r * q + u] * gram[s * q + t];
      const value = count * half * (t === u ? 0.5 : 1) * 2 * both;
      out[a * n + b] += value;
      if (a !== b) out[b * n + a] += value;
    }
  }
}
