import type { VerdictRule } from "../publication/types.ts";
import type { Verdict } from "../verdict/decide-verdict.ts";

/** What the number behind a sentence compares; it decides which words are allowed. */
export type SentenceDesign = "within" | "between" | "other" | "difference" | "baseline";

/** Names of the two things a study relates, in lower case, as they stand inside a sentence. */
export interface StudyNames {
  readonly outcome: string;
  readonly exposure: string;
  /** "weeks" when the questions look back one week; else "periods". */
  readonly period: string;
}

export interface SlopeView {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Everything a verdict sentence is made from. */
export interface SentenceInput {
  readonly design: SentenceDesign;
  readonly verdict: Verdict;
  readonly estimate: number;
  readonly names: StudyNames;
  /** The tested term, for a design without words of its own. */
  readonly term?: string;
  /** A second estimate, adjusted for the level at the start, stands beside the first. */
  readonly adjusted?: boolean;
  /** The two slopes of a difference. */
  readonly slopes?: { readonly women: SlopeView; readonly men: SlopeView };
}

/** The words of one language. Every function returns whole sentences. */
export interface Words {
  verdict(rule: VerdictRule, verdict: Verdict | undefined, design: SentenceDesign): string;
  sentence(input: SentenceInput): string;
  sureWhy(input: SentenceInput & { readonly bounds: BoundsView }): string;
  lead(input: SentenceInput): string;
}

interface BoundsView {
  readonly negligible: number;
  readonly noticeable: number;
  readonly pHolm: number;
}
