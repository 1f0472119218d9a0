import { choleskyInto, independentColumns, inverseFromCholeskyInto } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dense.ts";

/** The least-squares solution; columns that earlier ones determine are left out. */
export interface LeastSquares {
  /** Places of the columns kept. */
  readonly kept: readonly number[];
  /** One for each column kept. */
  readonly beta: Float64Array;
  /** (X'X)^-1 of the columns kept, by rows. */
  readonly inverse: Float64Array;
  readonly residuals: Float64Array;
  readonly sumOfSquares: number;
}

const RANK_TOLERANCE = 1e-11;

function gram(columns: readonly Float64Array[]): Float64Array {
  const k = columns.length;
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      out[i * k + j] = dot(columns[i], columns[j]);
      out[j * k + i] = out[i * k + j];
    }
  }
  return out;
}

/** Least squares by the normal equations of columns scaled to length 1. */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): LeastSquares {
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  const unit = columns.map((column, j) => column.map((value) => (lengths[j] > 0 ? value / lengths[j] : 0)));
  const kept = independentColumns(gram(unit), columns.length, RANK_TOLERANCE);
  const k = kept.length;
  const lower = new Float64Array(k * k);
  const scaled = new Float64Array(k * k);
  choleskyInto(lower, gram(kept.map((j) => unit[j])), k);
  inverseFromCholeskyInto(scaled, lower, k);
  const moments = kept.map((j) => dot(unit[j], y));
  const beta = Float64Array.from(kept, (j, row) => {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += scaled[row * k + c] * moments[c];
    return sum / lengths[j];
  });
  const residuals = Float64Array.from(y);
  kept.forEach((j, row) => {
    for (let i = 0; i < y.length; i++) residuals[i] -= beta[row] * columns[j][i];
  });
  const inverse = scaled.map((value, e) => value / (lengths[kept[Math.floor(e / k)]] * lengths[kept[e % k]]));
  return { kept, beta, inverse, residuals, sumOfSquares: dot(residuals, residuals) };
}
