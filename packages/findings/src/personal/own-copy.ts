import type { AnswerPayload, ConsentForm } from "@longwave/study/answering";
import type { Language } from "../publication/types.ts";

/** One answer as it was given, corrected ones too. */
interface CopiedAnswer {
  readonly id: string;
  readonly wave: string;
  readonly item: string;
  readonly question: string;
  readonly answer: string;
  readonly payload: AnswerPayload;
  /** On the phone, and at the server; ms UTC. */
  readonly answeredAt: number;
  readonly receivedAt: number;
  readonly replaces?: string;
  /** How it came when the study team entered it. */
  readonly mode?: "phone" | "paper" | "import";
  /** False for an answer that a later one has replaced. */
  readonly stands: boolean;
}

/** One answer as it was typed a second time by somebody else. */
interface TypedAgain {
  readonly wave: string;
  readonly item: string;
  readonly question: string;
  readonly answer: string;
  readonly payload: AnswerPayload;
  readonly at: number;
}

/** Everything that a study keeps about one person; times are ms UTC. */
export interface OwnCopy {
  readonly format: "longwave.own-copy/1";
  readonly madeAt: number;
  readonly language: Language;
  readonly study: {
    readonly id: string;
    readonly title: string;
    /** Said when the study is a demonstration. */
    readonly demonstration: boolean;
    readonly protocolVersion: string;
    readonly protocolHash: string;
    readonly contact: { readonly name: string; readonly email: string };
  };
  readonly person: {
    readonly id: string;
    readonly number: number;
    readonly name?: string;
    readonly email?: string;
    readonly phone?: string;
    readonly invitedAt: number;
    readonly enrolledAt?: number;
    readonly timeZone?: string;
    readonly language?: Language;
  };
  readonly consents: readonly {
    readonly givenAt: number;
    readonly version: number;
    /** The day beside the signature, when it was signed on paper, and who saw it; who wrote it down, and when. */
    readonly signedOn?: string;
    readonly seenBy?: string;
    readonly recordedBy?: string;
    readonly recordedAt?: number;
    readonly language: string;
    readonly formHash: string;
    readonly ticks: Readonly<Record<string, boolean>>;
    /** The exact words shown. */
    readonly words?: ConsentForm;
  }[];
  /** Newer versions that they did not agree to: they stay under an older one. */
  readonly declined: readonly {
    readonly at: number;
    readonly version: number;
    readonly language: string;
    readonly formHash: string;
  }[];
  readonly answers: readonly CopiedAnswer[];
  /** What the study team typed a second time from paper, to find slips; the first time stands among the answers. */
  readonly typedAgain: readonly TypedAgain[];
  readonly rounds: readonly { readonly wave: string; readonly finishedAt: number }[];
  /** Which rules of the own page were shown, and every choice made there. */
  readonly ownPage: {
    readonly shown: readonly {
      readonly at: number;
      readonly version: number;
      readonly hash: string;
      readonly language: string;
    }[];
    readonly choices: readonly { readonly at: number; readonly showsSessions: boolean }[];
  };
  /** When they joined by the open link, and what they answered there. */
  readonly joinedOpenly?: {
    readonly at: number;
    readonly answers: Readonly<Record<string, number | string | boolean>>;
  };
  /** What they wrote to the study team, and what it answered. */
  readonly written: readonly {
    readonly at: number;
    readonly about: string;
    readonly words: string;
    readonly answers: readonly { readonly at: number; readonly way: string; readonly words: string }[];
  }[];
  /** What was changed of how they are reached, from what to what. */
  readonly contactChanges: readonly {
    readonly at: number;
    readonly who: string;
    readonly fields: readonly {
      readonly field: string;
      readonly from: string | null;
      readonly to: string | null;
    }[];
    readonly reason: string | null;
  }[];
  /** What the study team asked itself about single answers, and what was said about them. */
  readonly queries: readonly {
    readonly at: number;
    readonly wave: string;
    readonly item: string;
    readonly question: string;
    readonly what: string;
    readonly words: string;
  }[];
  readonly messages: readonly {
    readonly about: string;
    /** The round it is about. */
    readonly wave?: string;
    readonly state: string;
    readonly decidedAt: number;
    readonly sentAt?: number;
  }[];
  /** What was written down about this person; who it was is "you", "study team" or "Longwave". */
  readonly events: readonly { readonly at: number; readonly who: string; readonly what: string }[];
}
