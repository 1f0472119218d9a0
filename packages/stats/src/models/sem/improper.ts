import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import type { SemImproper } from "./model.ts";
import type { RamState } from "./ram.ts";

function negativeVariances(state: RamState, variables: readonly string[], group: string): SemImproper[] {
  return variables.flatMap((name, i): SemImproper[] => {
    const value = state.residual[i * (state.t + 1)];
    return value < 0 ? [{ group, kind: "negative-variance", variables: [name], value }] : [];
  });
}

function correlationsBeyondOne(state: RamState, variables: readonly string[], group: string): SemImproper[] {
  const { t, residual } = state;
  const found: SemImproper[] = [];
  for (let i = 0; i < t; i++) {
    for (let j = 0; j < i; j++) {
      const product = residual[i * (t + 1)] * residual[j * (t + 1)];
      const value = residual[i * t + j] / Math.sqrt(product);
      // Without two positive variances there is no correlation; the variance is on the list already.
      if (!(product > 0) || !(Math.abs(value) > 1)) continue;
      found.push({ group, kind: "correlation-beyond-one", variables: [variables[j], variables[i]], value });
    }
  }
  return found;
}

/** The smallest eigenvalue of the implied covariance of the latent variables, each scaled by its variance. */
function latentEigenvalue({ t, covariance }: RamState, p: number): number {
  const n = t - p;
  if (n === 0) return 0;
  const scale = Array.from({ length: n }, (_, i) => Math.sqrt(Math.abs(covariance[(p + i) * (t + 1)])) || 1);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j] = covariance[(p + i) * t + p + j] / (scale[i] * scale[j]);
  }
  return Math.min(...symmetricEigen(matrix, n).values);
}

/** What no population could have: reasons why the solution of one group is improper. */
export function improperReasons(
  state: RamState,
  { variables, nobserved }: { readonly variables: readonly string[]; readonly nobserved: number },
  group: string,
): SemImproper[] {
  const value = latentEigenvalue(state, nobserved);
  // Below rounding: variables that determine each other have an eigenvalue of zero and are allowed.
  const matrix: SemImproper[] =
    value < -1e-10 ? [{ group, kind: "latent-covariance-not-positive-definite", variables: [], value }] : [];
  return [
    ...negativeVariances(state, variables, group),
    ...correlationsBeyondOne(state, variables, group),
    ...matrix,
  ];
}
