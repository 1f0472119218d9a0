import { StatsError } from "../../errors.ts";
import { choleskyInto, inverseFromCholeskyInto } from "../../linalg/cholesky.ts";
import { solveLower } from "../../linalg/dense.ts";
import { type Cluster, covarianceOf } from "./cluster.ts";

/**
 * The lower Cholesky factor of a covariance of a cluster's rows, n x n by rows.
 *
 * @throws StatsError `lmm.covariance-not-positive`
 */
export function positiveRoot(covariance: Float64Array, n: number): Float64Array {
  const root = new Float64Array(n * n);
  if (choleskyInto(root, covariance, n)) return root;
  throw new StatsError(
    "lmm.covariance-not-positive",
    "Expected a fit whose covariance of a person's rows is positive definite; found one that is not. Use a simpler random part or residual structure.",
  );
}

/**
 * The inverse of a covariance of a person's rows, n x n by rows.
 *
 * @throws StatsError `lmm.covariance-not-positive`
 */
export function positiveInverse(covariance: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  inverseFromCholeskyInto(inverse, positiveRoot(covariance, n), n);
  return inverse;
}

/** The lower Cholesky factor of V of a cluster. */
export function rootOf(cluster: Cluster, sigma2: number): Float64Array {
  return positiveRoot(covarianceOf(cluster, sigma2), cluster.n);
}

/** `T' X` of two matrices with n rows. */
export function cross(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return addCross(new Float64Array((a.length / n) * (b.length / n)), a, b, n);
}

/** Adds `T' X` of two matrices with n rows to `out`, and gives it back. */
function addCross(out: Float64Array, a: Float64Array, b: Float64Array, n: number): Float64Array {
  const columns = a.length / n;
  const m = b.length / n;
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < columns; i++) {
      const value = a[row * columns + i];
      if (value === 0) continue;
      for (let j = 0; j < m; j++) out[i * m + j] += value * b[row * m + j];
    }
  }
  return out;
}

/** The lower Cholesky factor of M = (sum X' V^-1 X)^-1, p x p. */
export function breadRoot(
  clusters: readonly Cluster[],
  roots: readonly Float64Array[],
  p: number,
): Float64Array {
  const information = new Float64Array(p * p);
  clusters.forEach(({ n, x }, g) => {
    const white = solveLower(roots[g], x, n);
    addCross(information, white, white, n);
  });
  const lower = new Float64Array(p * p);
  const inverse = new Float64Array(p * p);
  choleskyInto(lower, information, p);
  inverseFromCholeskyInto(inverse, lower, p);
  choleskyInto(lower, inverse, p);
  return lower;
}
