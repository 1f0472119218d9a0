/** Which part of an array holds rows: `width` numbers at every `stride`, from row `from` up to row `to`. */
export interface RowRange {
  readonly width: number;
  readonly stride: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Adds the sum of v v' over rows v to the lower triangle of a width x width matrix.
 *
 * Four rows at a time, so that an element of the sum is read and written once for all four.
 */
export function addRowProductsInto(out: Float64Array, rows: Float64Array, range: RowRange): void {
  const { width, stride, from, to } = range;
  const fours = to - ((to - from) % 4);
  for (let i = from; i < fours; i += 4) {
    const [r0, r1, r2, r3] = [i * stride, (i + 1) * stride, (i + 2) * stride, (i + 3) * stride];
    for (let j = 0; j < width; j++) {
      const v0 = rows[r0 + j];
      const v1 = rows[r1 + j];
      const v2 = rows[r2 + j];
      const v3 = rows[r3 + j];
      for (let k = 0; k <= j; k++) {
        out[j * width + k] += v0 * rows[r0 + k] + v1 * rows[r1 + k] + (v2 * rows[r2 + k] + v3 * rows[r3 + k]);
      }
    }
  }
  for (let e = fours * stride; e < to * stride; e += stride) {
    for (let j = 0; j < width; j++) {
      for (let k = 0; k <= j; k++) out[j * width + k] += rows[e + j] * rows[e + k];
    }
  }
}
