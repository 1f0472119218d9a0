import type { Interval } from "./types.ts";

/** The estimate under one pair of shifts, and the verdict's words for it. */
export interface DeltaMapCell extends Interval {
  readonly verdict: string;
  /** The words differ from those with both shifts zero. */
  readonly changed: boolean;
}

export interface DeltaMapData {
  /** What an outcome shift is, with its unit: "Pain of those who left, shifted by (points)". */
  readonly outcomeLabel: string;
  readonly exposureLabel: string;
  /** Increasing. */
  readonly outcomeDeltas: readonly number[];
  /** Increasing; one zero where the exposure is not shifted. */
  readonly exposureDeltas: readonly number[];
  /** `exposureDeltas` x `outcomeDeltas`. */
  readonly cells: readonly (readonly DeltaMapCell[])[];
  readonly unit: string;
}
