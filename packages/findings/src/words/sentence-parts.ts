import type { BoundsView, DirectionView, SentenceDesign, SentenceInput } from "./sentence-input.ts";

/** Both directions of a claim, in the plan's order. */
export type DirectionPair = readonly [DirectionView, DirectionView];

/** What the sentence on how sure an answer is is made from. */
export type SureInput = SentenceInput & { readonly bounds: BoundsView };

/** A wording for each of the seven rules of a verdict. */
export type Sentences = Readonly<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, string>>;

/** One language's sentence for each design. */
export type DesignSentences = Readonly<Record<SentenceDesign, (input: SentenceInput) => string>>;

/** The text with a small first letter, to stand inside a sentence. */
export function uncapitalise(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The text with a capital first letter, to begin a sentence. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The group with the larger of two slopes of the same sign, or undefined when there is no such pair. */
export function groupWithLargerSlope({
  slopes,
  names,
}: SentenceInput): { readonly larger: string; readonly smaller: string } | undefined {
  if (!slopes || Math.sign(slopes.first.estimate) !== Math.sign(slopes.second.estimate)) return undefined;
  const [first, second] = names.groups;
  return Math.abs(slopes.second.estimate) > Math.abs(slopes.first.estimate)
    ? { larger: second, smaller: first }
    : { larger: first, smaller: second };
}

/** What a verdict is about. */
export type VerdictNoun = "association" | "difference" | "lag" | "both";

/** What the verdict of a design is about. */
export function nounOf(design: SentenceDesign): VerdictNoun {
  return design === "difference" || design === "lag" || design === "both" ? design : "association";
}
