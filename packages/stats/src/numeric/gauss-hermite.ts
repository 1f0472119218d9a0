import { symmetricEigen } from "../linalg/symmetric-eigen.ts";

/** Points and weights of a quadrature rule. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss-Hermite rule with `n` nodes: sum of `weights[k] f(nodes[k])` for the integral of
 * exp(-x^2) f(x) / sqrt(pi), exact for polynomials of degree up to 2n - 1; the weights sum to 1.
 *
 * Golub & Welsch (1969), Math. Comp. 23, 221-230, for the nodes; one Newton step and the weights from the
 * orthonormal polynomials, so that both are good to the last bits.
 */
export function gaussHermite(n: number): QuadratureRule {
  const jacobi = new Float64Array(n * n);
  for (let i = 1; i < n; i++) jacobi[i * n + i - 1] = jacobi[(i - 1) * n + i] = Math.sqrt(i / 2);
  const found = symmetricEigen(jacobi, n).values.sort();
  const nodes = found.map((x, k) => (found[n - 1 - k] === x ? 0 : polish(x, n)));
  for (let k = 0; k < n >> 1; k++) nodes[k] = -nodes[n - 1 - k];
  const weights = nodes.map((x) => 1 / christoffel(x, n));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { nodes, weights: weights.map((weight) => weight / total) };
}

/** The orthonormal polynomials of degree n and n - 1 at x. */
function lastTwo(x: number, n: number): readonly [number, number] {
  let before = 0;
  let value = 1;
  for (let i = 0; i < n; i++) {
    const next = (Math.SQRT2 * x * value - Math.sqrt(i) * before) / Math.sqrt(i + 1);
    before = value;
    value = next;
  }
  return [value, before];
}

/** A Newton step to the root; the derivative of the polynomial of degree n is sqrt(2n) times the one before. */
function polish(x: number, n: number): number {
  const [value, before] = lastTwo(x, n);
  return x - value / (Math.sqrt(2 * n) * before);
}

/** The sum of squares of the orthonormal polynomials of degree 0 to n - 1: the reciprocal of the weight. */
function christoffel(x: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += lastTwo(x, i)[0] ** 2;
  return sum;
}
