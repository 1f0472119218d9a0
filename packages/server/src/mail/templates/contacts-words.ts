import type { ContactKind } from "@longwave/study";
import type { MessageFacts, MessageText } from "./words.ts";

/** What the words of a contact may name. */
export interface ContactMessageFacts extends MessageFacts {
  /** What the study asks, in the reader's language. */
  readonly question: string;
  /** The person's own link. */
  readonly address: string;
  /** Where messages are stopped with one press. */
  readonly stop: string;
  /** Where someone says that this is not them, or that the person has died. */
  readonly notMe: string;
  readonly minutes: number;
  /** The last day on which it is open, in words. */
  readonly until: string;
  /** They are asked to consent anew, before they answer. */
  readonly consentAgain: boolean;
}

/** The contacts in one language. */
export type ContactWords = Readonly<Record<ContactKind, (facts: ContactMessageFacts) => MessageText>>;
