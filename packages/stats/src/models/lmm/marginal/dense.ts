import { choleskyInto, inverseFromCholeskyInto, logDetFromCholesky } from "../../../linalg/cholesky.ts";
import type { Covariance, Slopes } from "./criterion.ts";

/** The rows of one person, or of everybody with one pattern. */
export interface PersonRows {
  readonly n: number;
  readonly positions: Float64Array;
  /** n x q by rows. */
  readonly random: Float64Array;
}

/** R of the rows, n x n. */
export function residualOf({ residual }: Covariance, { n, positions }: PersonRows): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    out[i * n + i] = residual.variance(positions[i]);
    for (let j = 0; j < i; j++) {
      const value = residual.covariance(positions[i], positions[j]);
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
  }
  return out;
}

/** Z Lambda, n x q. */
function randomFactor({ lambda, q }: Covariance, { n, random }: PersonRows): Float64Array {
  const out = new Float64Array(n * q);
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < q; r++) {
      const value = random[i * q + r];
      if (value === 0) continue;
      for (let s = 0; s <= r; s++) out[i * q + s] += value * lambda[r * q + s];
    }
  }
  return out;
}

/** The inverse of V / sigma^2 and its log determinant, or null where V is not positive definite. */
export function inverseCovariance(
  covariance: Covariance,
  rows: PersonRows,
): { readonly inverse: Float64Array; readonly logDet: number } | null {
  const { n } = rows;
  const { q } = covariance;
  const v = residualOf(covariance, rows);
  const factor = randomFactor(covariance, rows);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      for (let r = 0; r < q; r++) v[i * n + j] += factor[i * q + r] * factor[j * q + r];
    }
  }
  const lower = new Float64Array(n * n);
  if (!choleskyInto(lower, v, n)) return null;
  inverseFromCholeskyInto(v, lower, n);
  return { inverse: v, logDet: logDetFromCholesky(lower, n) };
}

/** Adds <dV, Q> for every element of Psi and every parameter of R; Q is n x n and symmetric. */
export function addContractionInto(
  slopes: Slopes,
  covariance: Covariance,
  rows: PersonRows,
  weight: Float64Array,
): void {
  const { n, positions, random } = rows;
  const { q, residual } = covariance;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = weight[i * n + j];
      for (let r = 0; r < q; r++) {
        const left = random[i * q + r] * value;
        for (let s = 0; s < q; s++) slopes.byPsi[r * q + s] += left * random[j * q + s];
      }
    }
  }
  for (let k = 0; k < slopes.byResidual.length; k++) {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      sum += weight[i * n + i] * residual.varianceSlope(k, positions[i]);
      for (let j = 0; j < i; j++) {
        sum += 2 * weight[i * n + j] * residual.covarianceSlope(k, positions[i], positions[j]);
      }
    }
    slopes.byResidual[k] += sum;
  }
}

/** dV by every parameter: theta first (dPsi = e l' + l e'), then those of R; each n x n. */
export function covarianceDerivatives(
  covariance: Covariance,
  rows: PersonRows,
  places: { readonly row: Int32Array; readonly column: Int32Array },
  count: number,
): Float64Array[] {
  const { n, positions, random } = rows;
  const { q, residual } = covariance;
  const factor = randomFactor(covariance, rows);
  const byTheta = Array.from(places.row, (row, k) => {
    const column = places.column[k];
    return symmetric(
      n,
      (i, j) => random[i * q + row] * factor[j * q + column] + factor[i * q + column] * random[j * q + row],
    );
  });
  const byResidual = Array.from({ length: count }, (_, k) =>
    symmetric(n, (i, j) =>
      i === j
        ? residual.varianceSlope(k, positions[i])
        : residual.covarianceSlope(k, positions[i], positions[j]),
    ),
  );
  return [...byTheta, ...byResidual];
}

/** A symmetric n x n matrix by its elements i >= j. */
export function symmetric(n: number, element: (i: number, j: number) => number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = element(i, j);
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
  }
  return out;
}
