import { INTERCEPT } from "../../frame/design.ts";
import type { RegressionRows } from "./setup.ts";
import { directionInUnits } from "./units.ts";

/** The coefficients that grow without end along a direction of separation: true for each that does. */
export function endlessTerms(rows: RegressionRows, direction: Float64Array): boolean[] {
  const inUnits = directionInUnits(rows, direction);
  const largest = direction.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return rows.names.map((name, j) => {
    const size = name === INTERCEPT ? inUnits[j] : direction[j];
    return Math.abs(size) > 1e-4 * largest;
  });
}
