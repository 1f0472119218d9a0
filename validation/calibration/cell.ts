import { createRandom, type Performance, performance, type Random, type Replicate } from "@longwave/stats";

/** What a well-calibrated analysis does: intervals that hold the truth, or tests that reject a true zero rarely. */
export type Target =
  | { readonly figure: "coverage"; readonly value: number }
  | { readonly figure: "rejected"; readonly value: number };

/** One design and one analysis, repeated from a fixed seed. */
export interface CalibrationCell {
  readonly name: string;
  /** Fixed once; never changed to pass. */
  readonly seed: number;
  readonly truth: number;
  readonly target: Target;
  /** One data set and its estimate; null when the fit did not converge. */
  replicate(random: Random): Replicate | null;
}

export interface CalibrationOutcome {
  readonly cell: CalibrationCell;
  readonly performance: Performance;
  readonly notConverged: number;
  readonly found: number;
  /** Monte-Carlo standard error of the figure if it is on target: sqrt(p (1 - p) / replicates). */
  readonly monteCarloError: number;
}

/** Repeats a cell. */
export function calibrate(cell: CalibrationCell, replicates: number): CalibrationOutcome {
  const random = createRandom(cell.seed);
  const all = Array.from({ length: replicates }, (_, i) => cell.replicate(random.fork(`replicate ${i}`)));
  const fitted = all.filter((replicate) => replicate !== null);
  const result = performance(fitted, cell.truth, 0.05);
  const figure = cell.target.figure === "coverage" ? result.coverage : result.rejected;
  const p = cell.target.value;
  return {
    cell,
    performance: result,
    notConverged: replicates - fitted.length,
    found: figure?.value ?? Number.NaN,
    monteCarloError: Math.sqrt((p * (1 - p)) / fitted.length),
  };
}

/** True when the figure is within `errors` Monte-Carlo standard errors, and `slack`, of its target. */
export function onTarget(outcome: CalibrationOutcome, errors: number, slack = 0): boolean {
  const { found, monteCarloError, cell } = outcome;
  return Math.abs(found - cell.target.value) <= errors * monteCarloError + slack;
}
