import type { MessageFacts, MessageText } from "./words.ts";

/** What the words of a prompt about a session or a rest may name. */
export interface PromptMessageFacts extends MessageFacts {
  /** The person's own link. */
  readonly address: string;
  /** Where messages are stopped with one press. */
  readonly stop: string;
  /** When the session began, day and time in words. */
  readonly began: string;
  /** Until when it can be answered, day and time in words. */
  readonly until: string;
}

/** A prompt about a session or a rest: a part that is missing, or a rest moment that has come. */
export type PromptTemplate = "session_part" | "rest_prompt";

/** Both prompts in one language. */
export type PromptWords = Readonly<Record<PromptTemplate, (facts: PromptMessageFacts) => MessageText>>;
