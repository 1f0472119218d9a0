import type { Language } from "@longwave/api";
import type { ContactWords } from "./contacts-words.ts";
import { english } from "./en.ts";
import type { LetterWords } from "./letters-words.ts";
import { norwegian } from "./nb.ts";
import type { PromptWords } from "./prompts-words.ts";

/** What a message says: short lines, one thought each. An address stands on a line of its own. */
export interface MessageText {
  readonly subject: string;
  readonly lines: readonly MessageLine[];
}

/** A sentence or two; an address to open; or something to be typed. */
export type MessageLine =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "link"; readonly label: string; readonly address: string }
  | { readonly kind: "code"; readonly text: string };

/** What the words of every message may name. */
export interface MessageFacts {
  /** The title of the study in the reader's language. */
  readonly study: string;
  readonly contact: { readonly name: string; readonly email: string };
  /** The whole address of the privacy notice, where the study text has one. */
  readonly privacy?: string;
}

/** Every message in one language. */
export interface MessageWords {
  readonly code: (facts: MessageFacts & { readonly code: string; readonly minutes: number }) => MessageText;
  readonly commentLink: (facts: MessageFacts & { readonly address: string }) => MessageText;
  readonly commentLinks: (
    facts: MessageFacts & {
      readonly comments: readonly { readonly date: string; readonly address: string }[];
    },
  ) => MessageText;
  readonly resultsOut: (
    facts: MessageFacts & { readonly address: string; readonly stop: string; readonly corrected: boolean },
  ) => MessageText;
  readonly contacts: ContactWords;
  readonly prompts: PromptWords;
  readonly letters: LetterWords;
  readonly staffInvitation: (facts: MessageFacts & { readonly address: string }) => MessageText;
  readonly joinCode: (
    facts: MessageFacts & { readonly code: string; readonly minutes: number },
  ) => MessageText;
  readonly joinLink: (facts: MessageFacts & { readonly address: string }) => MessageText;
  /** To a new address, with a code to type where it was given. */
  readonly addressCode: (
    facts: MessageFacts & { readonly code: string; readonly minutes: number },
  ) => MessageText;
  /** To a new address once it holds, with the new link. */
  readonly addressChanged: (facts: MessageFacts & { readonly address: string }) => MessageText;
  /** To the old address; `address`: where somebody says that it was not them. */
  readonly addressNotice: (
    facts: MessageFacts & { readonly address: string; readonly days: number },
  ) => MessageText;
  /** What the team answers to something a person wrote. */
  readonly inboxAnswer: (facts: MessageFacts & { readonly paragraphs: readonly string[] }) => MessageText;
  readonly harmReported: (facts: MessageFacts & { readonly address: string }) => MessageText;
  readonly safetyPaused: (
    facts: MessageFacts & {
      readonly address: string;
      readonly people: number;
      readonly withinDays: number;
    },
  ) => MessageText;
  readonly retention: (
    facts: MessageFacts & {
      readonly address: string;
      /** YYYY-MM-DD. */
      readonly keepUntil: string;
      readonly isOver: boolean;
    },
  ) => MessageText;
  readonly staffSignIn: (facts: MessageFacts & { readonly address: string }) => MessageText;
  /** Who wrote this message and how to answer. */
  readonly signature: (facts: MessageFacts) => string;
}

/** The words of messages in a language. */
export function messageWords(language: Language): MessageWords {
  return language === "nb" ? norwegian : english;
}
