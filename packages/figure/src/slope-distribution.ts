import type { ForestZone } from "./interval-rows.ts";

/** A share of people expected on one side of a bound, with its 95 % interval where known. */
export interface SlopeShare {
  /** For example "a link larger than our limit". */
  readonly label: string;
  readonly share: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** What a mixed model expects of personal slopes: a normal law, not a count of people. */
export interface SlopeDistributionData {
  readonly mean: number;
  /** Standard deviation of personal slopes between people. */
  readonly stdDev: number;
  /** Reliability of one person's own slope, 0 to 1; below 0.5 the figure is grey and says so; NaN when unknown. */
  readonly reliability: number;
  readonly zones: readonly ForestZone[];
  readonly shares: readonly SlopeShare[];
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}
