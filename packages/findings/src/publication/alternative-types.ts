/** One estimate of an analysis that stands beside the planned answers. */
export interface AlternativeRow {
  readonly label: string;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly unit: string;
  readonly pValue: number | null;
}

/** A sensitivity or exploratory analysis of the plan; it never changes a verdict. */
export interface AlternativeResult {
  readonly id: string;
  /** What was done otherwise, in the plan's words. */
  readonly what: string;
  /** Why it stands apart, in the plan's words. */
  readonly label?: string;
  readonly formula?: string;
  /** Empty when nothing could be estimated; `sentence` then says why. */
  readonly rows: readonly AlternativeRow[];
  readonly people: number | null;
  readonly sentence: string;
  /** Whether the rule gives the same words, and the same sign where either is sure; null where it cannot be compared. */
  readonly agrees: boolean | null;
  /** The one test of an exploratory analysis, adjusted over all of them (Benjamini-Hochberg). */
  readonly test?: { readonly pValue: number; readonly pAdjusted: number };
  /** The finding it stands beside. */
  readonly belongsTo?: string;
  readonly note?: string;
  /** What the numbers may hide, in plain sentences. */
  readonly cautions?: readonly string[];
}

/** What goes with leaving: a ratio of odds that differs from 1. */
export interface LeavingTerm {
  readonly label: string;
  readonly oddsRatio: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number | null;
  readonly sentence: string;
}

/** The mean outcome at each wave, of people with the same last wave. */
export interface LastSeenMeans {
  readonly lastWave: number;
  readonly people: number;
  readonly means: readonly {
    readonly wave: number;
    readonly people: number;
    readonly mean: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}

/** Which waves people answered: `answered` is null for rare patterns taken together. */
export interface AnswerPattern {
  readonly answered: readonly boolean[] | null;
  readonly people: number;
}

/** Who left and after what, with the main estimate beside others that take leaving in another way. */
export interface AttritionReport {
  readonly people: number;
  readonly stayed: number;
  readonly left: number;
  /** What was found, in plain sentences. */
  readonly sentences: readonly string[];
  readonly byWave: readonly { readonly wave: number; readonly atRisk: number; readonly left: number }[];
  readonly terms: readonly LeavingTerm[];
  readonly lastSeen: readonly LastSeenMeans[];
  readonly patterns: readonly AnswerPattern[];
  readonly beside: readonly AlternativeRow[];
}
