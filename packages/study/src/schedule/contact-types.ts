import type { Enrolment } from "./windows.ts";

/** The place of the wave in a contact of recruitment, which belongs to none; no wave can have this id. */
export const RECRUITMENT = "-";

/** The place of the wave in the message that asks for consent anew; no wave can have this id. */
export const CONSENT_AGAIN = "+";

/** Which contact: its wave, or {@link RECRUITMENT}, and its name there. It is decided once, whatever becomes of the protocol. */
export interface ContactName {
  readonly wave: string;
  readonly contact: string;
}

/** A contact that has been decided, and whether a message came of it. */
export interface DecidedContact extends ContactName {
  /** ms UTC. */
  readonly at: number;
  /** False for one that was left out. */
  readonly sent: boolean;
}

/** What is known of one person when it is asked which messages are due. Times are ms UTC. */
export interface ContactFacts {
  readonly invitedAt: number;
  /** Where a person who has not enrolled is taken to live. */
  readonly timeZone: string;
  readonly enrolment?: Enrolment | undefined;
  /** Since when the study writes to this person by itself: the invitation, or enrolment; absent: never. */
  readonly writesFrom?: number | undefined;
  /** Since when the person wants reminders; absent: they do not. */
  readonly agreedAt?: number | undefined;
  /** When the person left, was found to be someone else, or wanted no more messages. */
  readonly stoppedAt?: number | undefined;
  /** They are no longer in the study; without it, one who stopped messages still answers. */
  readonly withdrawn?: boolean;
  /** Waves with an answer. */
  readonly started: ReadonlySet<string>;
  /** Finished waves and when. */
  readonly finished: ReadonlyMap<string, number>;
  readonly decided: readonly DecidedContact[];
  /** The study is paused: nothing is sent. */
  readonly paused?: boolean;
  /** Pauses that are over; what came due in one is not sent afterwards. */
  readonly pauses?: readonly { readonly from: number; readonly until: number }[];
  /** Nobody new can join: invitations stop. */
  readonly recruitmentClosed?: boolean;
  /** They are asked to consent to this version of the consent, as it was amended `since`. */
  readonly consentAgain?: { readonly version: number; readonly since: number } | undefined;
}

/** Why a contact is left out. `overdue`: its time passed while nobody could decide it. `enough`: the wave has had all it may. `paused`: its time came while the study was paused. */
export type SkipReason = "overdue" | "enough" | "paused";

/** What is decided about a contact now. */
export type ContactDecision = ContactName &
  (
    | {
        readonly kind: "send";
        /** The person has begun the wave: the words ask to finish it. */
        readonly finish: boolean;
      }
    | { readonly kind: "skip"; readonly why: SkipReason }
  );

/** What is to be decided now, and the next moment at which anything can be without news of the person. */
export interface ContactsDue {
  readonly decisions: readonly ContactDecision[];
  readonly next: number | undefined;
}

/** Why a decided message is not sent after all. */
export type DropReason =
  | "stopped"
  | "enrolled"
  | "not_agreed"
  | "finished"
  | "closed"
  | "overdue"
  | "removed"
  | "paused"
  | "recruitment_closed";

/** Whether a decided message may still be sent, asked just before it is. */
export type ContactStanding =
  | {
      readonly kind: "send";
      readonly finish: boolean;
      /** The first moment at which the wave, or the invitation, no longer can be answered. */
      readonly closesAt: number;
    }
  | { readonly kind: "drop"; readonly why: DropReason };

/** Something that will happen to a person if nothing else does. */
export interface CalendarEntry {
  readonly at: number;
  readonly kind: "opens" | "closes" | "message";
  /** A wave, or {@link RECRUITMENT}. */
  readonly wave: string;
  /** The name of the message. */
  readonly contact?: string;
}
