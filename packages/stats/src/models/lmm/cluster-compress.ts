import type { Cluster } from "./cluster.ts";

function lengthOf(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/**
 * Orthonormal columns that span those of the n x k matrix `columns`, as an n x r matrix by rows.
 *
 * Modified Gram-Schmidt, each column twice (Golub & Van Loan 2013, section 5.2.8), so that columns that nearly
 * repeat earlier ones leave directions that are still orthogonal.
 */
function orthonormalBasis(columns: readonly Float64Array[], n: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const left = Float64Array.from(column);
    const norm = lengthOf(left);
    for (let pass = 0; pass < 2; pass++) {
      for (const unit of basis) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += unit[i] * left[i];
        for (let i = 0; i < n; i++) left[i] -= dot * unit[i];
      }
    }
    const rest = lengthOf(left);
    if (!(rest > 1e-11 * norm)) continue;
    basis.push(left.map((value) => value / rest));
  }
  return basis;
}

function columnsOf(matrix: Float64Array, n: number, k: number): Float64Array[] {
  return Array.from({ length: k }, (_, j) => Float64Array.from({ length: n }, (_, i) => matrix[i * k + j]));
}

function project(basis: readonly Float64Array[], matrix: Float64Array, k: number): Float64Array {
  const out = new Float64Array(basis.length * k);
  basis.forEach((unit, r) => {
    for (let i = 0; i < unit.length; i++) {
      for (let j = 0; j < k; j++) out[r * k + j] += unit[i] * matrix[i * k + j];
    }
  });
  return out;
}

/**
 * A cluster with independent residuals and many rows as one with as many rows as X and Z have directions.
 *
 * Outside the span of X and Z Lambda, V is sigma2 times the identity and X' V^-1 is zero, so that everything a
 * sandwich needs (scores, leverage, their variance) is the same for Q'X, Q'Z and Q'e with Q a basis of the span.
 * A person with a year of daily rows then costs as much as one with a few.
 */
export function compressCluster(cluster: Cluster, p: number): Cluster {
  const { n, x, factor, nFactors, residual } = cluster;
  if (cluster.within !== null || n <= p + nFactors) return cluster;
  const basis = orthonormalBasis([...columnsOf(factor, n, nFactors), ...columnsOf(x, n, p)], n);
  return {
    ...cluster,
    n: basis.length,
    x: project(basis, x, p),
    factor: project(basis, factor, nFactors),
    residual: project(basis, residual, 1),
  };
}
