import type { Figure } from "@longwave/figure";
import type { Dataset } from "@longwave/study";
import type { StudySummary } from "../publication/types.ts";

/** Answers to one item at one wave, by reason; a count from 1 to 9 is null: not shown, to protect people. */
export interface ItemMissingness {
  readonly item: string;
  readonly text: string;
  readonly wave: string;
  readonly answered: number | null;
  readonly missing: readonly { readonly reason: string; readonly count: number | null }[];
}

/** How often each answer of one item was given over all waves; a count from 1 to 9 is null. */
export interface ItemDistribution {
  readonly item: string;
  readonly text: string;
  readonly total: number;
  readonly answers: readonly { readonly label: string; readonly count: number | null }[];
  /** A sentence when answers were merged or hidden. */
  readonly note?: string;
}

/** Data quality of a study that is still running: no association between any two answers. */
export interface BlindReport {
  readonly format: "longwave.blind/1";
  readonly study: StudySummary;
  readonly dataset: { readonly hash: string; readonly upToSeq: number; readonly rows: number };
  /** What the report is, in two plain sentences. */
  readonly lead: string;
  readonly flow: Dataset["flow"];
  readonly figures: readonly Figure[];
  readonly missingness: readonly ItemMissingness[];
  readonly distributions: readonly ItemDistribution[];
  /** Waves answered in each month since a person's own first wave; a count from 1 to 9 is null. */
  readonly responseOverTime: readonly { readonly label: string; readonly answered: number | null }[];
}
