import type { TeamFigure } from "@longwave/figure";
import type { StudySummary } from "../publication/types.ts";

/** Figures of single people, for the study team: no publication takes them, and no bundle holds them. */
export interface IndividualReport {
  readonly format: "longwave.individual/1";
  readonly study: StudySummary;
  readonly dataset: { readonly hash: string; readonly upToSeq: number };
  readonly figures: readonly TeamFigure[];
  /** What could not be drawn, and why. */
  readonly notes: readonly string[];
  /** The model behind the slopes, residuals and influence; absent when none settled. */
  readonly formula?: string;
}
