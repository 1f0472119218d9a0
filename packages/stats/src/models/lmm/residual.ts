import { StatsError } from "../../errors.ts";
import type { ResidualStructure } from "./result.ts";

function waveIndex({ waves, time }: ResidualStructure, value: number): number {
  const index = waves?.indexOf(value) ?? -1;
  if (index >= 0) return index;
  throw new StatsError(
    "lmm.residual-time",
    `Expected one of the waves that were fitted (${waves?.join(", ")}) in "${time}"; found ${value}, whose residual variance is unknown. Leave these rows out.`,
  );
}

/** Where the correlation of waves a < b (from 0) of `count` stands in the list (1,2), (1,3), ..., (2,3), ... */
export function pairIndex(a: number, b: number, count: number): number {
  return a * count - (a * (a + 1)) / 2 + (b - a - 1);
}

function standardDeviation(structure: ResidualStructure, time: number): number {
  if (structure.type === "variances") return structure.parameters[waveIndex(structure, time)];
  if (structure.type === "unstructured") return structure.stdDevRatio?.[waveIndex(structure, time)] ?? 1;
  return 1;
}

function correlation(structure: ResidualStructure, first: number, second: number): number {
  const { type, parameters, waves } = structure;
  const steps = Math.abs(first - second) / (structure.step ?? 1);
  switch (type) {
    case "iid":
    case "variances":
      return 0;
    case "ar1":
      return parameters[0] ** steps;
    case "car1":
      return Math.exp(-steps / (structure.range ?? Number.NaN));
    case "toeplitz":
      return steps === 0 ? 1 : (parameters[Math.round(steps) - 1] ?? 0);
    case "unstructured": {
      const [a, b] = [waveIndex(structure, first), waveIndex(structure, second)];
      return a === b ? 1 : parameters[pairIndex(Math.min(a, b), Math.max(a, b), waves?.length ?? 0)];
    }
  }
}

/**
 * The residual covariance of one person's rows relative to sigma^2, n x n by rows: V = sigma^2 (Z Psi Z' + R).
 *
 * @param times  the value of `structure.time` in each row; only their number matters for iid.
 * @throws StatsError `lmm.residual-time` for a wave that was not fitted.
 */
export function residualMatrix(structure: ResidualStructure, times: ArrayLike<number>): Float64Array {
  const n = times.length;
  const out = new Float64Array(n * n);
  const deviations = Array.from(times, (time) => standardDeviation(structure, time));
  for (let i = 0; i < n; i++) {
    out[i * n + i] = deviations[i] * deviations[i];
    for (let j = 0; j < i; j++) {
      const value = deviations[i] * deviations[j] * correlation(structure, times[i], times[j]);
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
  }
  return out;
}
