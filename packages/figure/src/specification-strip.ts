import type { ForestZone } from "./forest.ts";
import type { Interval } from "./types.ts";

/** One way of analysing the same question. */
export interface Specification extends Interval {
  /** What was done otherwise, in words; for the confirmatory analysis, its name. */
  readonly label: string;
  readonly kind: "confirmatory" | "sensitivity" | "exploratory";
  /** Same words of the verdict as the confirmatory analysis; `null` when that cannot be compared. */
  readonly agrees: boolean | null;
  /** When it differs from the unit of the figure, the row is written below the axis, not drawn on it. */
  readonly unit?: string;
  readonly people?: number | null;
}

export interface SpecificationStripData {
  readonly rows: readonly Specification[];
  /** Shaded limits, each labelled in words; any order. */
  readonly zones: readonly ForestZone[];
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}
