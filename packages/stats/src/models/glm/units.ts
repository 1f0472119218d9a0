import { multiply, toRows, transpose } from "../../linalg/dense.ts";
import type { RegressionRows } from "./setup.ts";

/** How columns and outcome were shifted and scaled. */
export type ScaledRows = Pick<RegressionRows, "p" | "hasIntercept" | "xScale" | "yScale">;

/** Undoes the shift and scale of the design and the outcome: coefficients are `T b` plus the shift of the outcome. */
function unitTransform({ p, hasIntercept, xScale, yScale }: ScaledRows): Float64Array {
  const transform = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    transform[j * p + j] = yScale.scale / xScale[j].scale;
    if (hasIntercept) transform[j] -= (yScale.scale * xScale[j].shift) / xScale[j].scale;
  }
  return transform;
}

/** A change of the scaled coefficients, in the units of the data. */
export function directionInUnits(rows: ScaledRows, b: Float64Array): Float64Array {
  const { p } = rows;
  return multiply(unitTransform(rows), b, { n: p, k: p, m: 1 });
}

/** The scaled coefficients in the units of the data. */
export function coefficientsInUnits(rows: ScaledRows, b: Float64Array): Float64Array {
  const out = directionInUnits(rows, b);
  if (rows.hasIntercept) out[0] += rows.yScale.shift;
  return out;
}

/** A p x p covariance of the scaled coefficients in the units of the data, exactly symmetric. */
export function covarianceInUnits(rows: ScaledRows, covariance: Float64Array): number[][] {
  const { p } = rows;
  const size = { n: p, k: p, m: p };
  const transform = unitTransform(rows);
  const out = toRows(multiply(multiply(transform, covariance, size), transpose(transform, p, p), size), p, p);
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) out[j][i] = out[i][j];
  return out;
}
