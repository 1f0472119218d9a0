import type { Sureness, VerdictRule } from "../publication/types.ts";
import type { Verdict } from "../verdict/decide-verdict.ts";

/** What the number behind a sentence compares; it decides which words are allowed. */
export type SentenceDesign = "within" | "between" | "other" | "difference" | "baseline" | "lag" | "both";

/** Names of the two things a study relates, in lower case, as they stand inside a sentence. */
export interface StudyNames {
  readonly outcome: string;
  readonly exposure: string;
  /** "weeks" when the questions look back one week; else "days" or "periods". */
  readonly period: string;
  /** "in the same week", and the noun with it: "same-week link". */
  readonly sameTime: string;
  readonly sameTimeLink: string;
  /** The two groups a plan compares, the one coded 0 first. */
  readonly groups: readonly [string, string];
}

export interface SlopeView {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** The slopes of two groups, the one coded 0 first. */
export interface SlopePair {
  readonly first: SlopeView;
  readonly second: SlopeView;
}

/** What a lagged path goes from and to, as they stand inside a sentence, and how much later. */
export interface LagView {
  readonly from: string;
  readonly to: string;
  /** "about three months later". */
  readonly later: string;
}

/** One direction of a claim about both. */
export interface DirectionView {
  readonly lag: LagView;
  readonly verdict: Verdict;
  readonly estimate: number;
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
  /** Of a lagged path. */
  readonly lag?: LagView;
  /** Of a claim about both directions, in the plan's order. */
  readonly directions?: readonly [DirectionView, DirectionView];
  /** The two slopes of a difference. */
  readonly slopes?: SlopePair;
}

/** The words of one language. Every function returns whole sentences. */
export interface Words {
  verdict(rule: VerdictRule, verdict: Verdict | undefined, design: SentenceDesign): string;
  sentence(input: SentenceInput): string;
  sureWhy(input: SentenceInput & { readonly bounds: BoundsView }): string;
  lead(input: SentenceInput): string;
  /** One short sentence of the answer on what comes later, in both directions. */
  leadLater(directions: readonly [DirectionView, DirectionView]): string;
  /** One short sentence on how clear the short and the long term are. */
  leadSure(parts: { readonly short: Sureness; readonly long: Sureness | undefined }): string;
}

/** The limits of an answer and its adjusted p. */
export interface BoundsView {
  readonly negligible: number;
  readonly noticeable: number;
  readonly pHolm: number;
}
