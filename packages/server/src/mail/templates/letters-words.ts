import type { MessageFacts } from "./words.ts";

/** What a letter may name. */
export interface LetterFacts extends MessageFacts {
  readonly question: string;
  readonly minutes: number;
  /** The last day on which it can be answered. */
  readonly until: string;
  /** Where the code is typed. */
  readonly address: string;
}

/** The words of a letter, around its square for the camera and its code. */
export interface LetterText {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly camera: string;
  readonly typing: string;
  readonly foot: readonly string[];
}

/** Every letter in one language. */
export type LetterWords = Readonly<
  Record<"invitation" | "wave" | "finish", (facts: LetterFacts) => LetterText>
>;
