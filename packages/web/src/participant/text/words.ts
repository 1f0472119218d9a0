import type { ContactWords } from "./contact-words.ts";
import type { LeaveWords } from "./leave-words.ts";
import type { OwnWords } from "./own-words.ts";
import type { SessionWords } from "./session-words.ts";
import type { WriteWords } from "./write-words.ts";

/** Every word the participant app can say, in one language. Functions take the numbers and names they mention. */
export interface Words {
  readonly languageName: string;
  readonly brand: string;
  readonly skipToPage: string;
  readonly help: string;
  readonly privacyNotice: string;
  readonly terms: string;
  readonly back: string;
  readonly next: string;
  readonly ratherNot: string;
  readonly stopHere: string;
  readonly tryAgain: string;
  readonly simulated: string;
  readonly chooseLanguage: string;
  readonly opening: string;
  readonly landing: {
    readonly title: string;
    readonly invitedTo: string;
    readonly explain: string;
    readonly notYou: string;
    readonly go: string;
    readonly going: string;
  };
  readonly tryOut: {
    readonly title: string;
    readonly study: string;
    readonly explain: string;
    readonly after: string;
    readonly offer: string;
    readonly offerGo: string;
    readonly comeBack: string;
    readonly comeBackHere: string;
    readonly ownLink: string;
  };
  readonly consent: {
    readonly asks: string;
    readonly nothingTicked: (needed: number) => string;
    readonly needed: string;
    readonly agree: string;
    readonly sending: string;
    readonly decline: string;
    readonly errorTitle: string;
    readonly errorItem: (label: string) => string;
    readonly version: (version: number) => string;
    readonly declinedTitle: string;
    readonly declinedText: string;
    readonly declinedBack: string;
  };
  /** For those who said yes to an earlier version of the consent. */
  readonly consentAgain: {
    readonly title: string;
    readonly lead: string;
    readonly news: string;
    readonly kept: string;
    readonly whole: string;
    readonly agree: string;
    readonly stay: string;
    readonly leave: string;
  };
  /** Beside whatever stands there while the study is paused. */
  readonly studyPaused: string;
  readonly question: {
    readonly progress: (position: number, total: number, minutesLeft: number) => string;
    readonly why: string;
    readonly source: string;
    readonly chooseFirst: (ratherNot: string) => string;
    readonly enterFirst: (ratherNot: string) => string;
    readonly tickFirst: (none: string) => string;
    readonly tickSeveral: string;
    readonly yes: string;
    readonly no: string;
    readonly between: (low: string, high: string) => string;
    readonly scaleEnd: (value: number, text: string) => string;
    readonly notANumber: (found: string) => string;
    readonly outside: (found: string, low: string, high: string) => string;
    readonly tooManyDecimals: (decimals: number) => string;
    readonly tooLong: (most: number) => string;
    readonly room: (most: number) => string;
    readonly refused: (expected: string, remedy: string) => string;
    readonly skippedNow: string;
    readonly bodyHint: string;
    readonly bodyFront: string;
    readonly bodyBack: string;
  };
  readonly saving: {
    readonly asYouGo: string;
    readonly saving: string;
    readonly saved: string;
    readonly notYetSent: (count: number) => string;
    readonly offlineHint: string;
    readonly keptUntil: (count: number, when: string) => string;
    readonly keptHint: string;
    readonly sendNow: string;
  };
  readonly finishing: { readonly title: string; readonly text: string; readonly failed: string };
  readonly paused: {
    readonly title: string;
    readonly saved: string;
    readonly unsent: string;
    readonly unsentKept: string;
    readonly how: string;
    readonly until: (date: string) => string;
    readonly goOn: string;
  };
  readonly thanks: {
    readonly place: (number: number, total: number) => string;
    readonly title: string;
    readonly nextOpens: (date: string) => string;
    readonly nothingUntil: string;
    readonly last: string;
    readonly calendar: string;
    readonly calendarHint: string;
    readonly calendarTitle: (study: string) => string;
    readonly calendarText: string;
    readonly recapTitle: string;
    readonly recap: (answered: number, skipped: number) => string;
    readonly recapShow: string;
    readonly recapNote: string;
    readonly ratherNotSaid: string;
    readonly nothingMarked: string;
  };
  readonly waiting: {
    readonly title: string;
    readonly opens: (date: string) => string;
    readonly text: string;
  };
  readonly ended: { readonly title: string; readonly text: string };
  /** Above the two before it, when the wave that somebody may have come for has closed. */
  readonly closed: { readonly title: string; readonly text: (date: string) => string };
  readonly own: OwnWords;
  readonly session: SessionWords;
  /** This phone: what it keeps, and how to leave it. */
  readonly device: {
    readonly title: string;
    readonly text: string;
    readonly leave: string;
    readonly unsent: (count: number) => string;
    readonly leaveAll: string;
    readonly leftTitle: string;
    readonly leftText: string;
    readonly leftOffline: string;
    readonly notMine: string;
    readonly notMineHint: string;
  };
  readonly leave: LeaveWords;
  readonly write: WriteWords;
  readonly contact: ContactWords;
  readonly helpPage: {
    readonly title: string;
    readonly urgentTitle: string;
    readonly urgent: string;
    readonly nobodyReads: string;
    readonly usualTitle: string;
    readonly usual: string;
    readonly contactTitle: string;
    readonly contact: (name: string) => string;
    readonly noContact: string;
    readonly rightsTitle: string;
    readonly rights: string;
    readonly close: string;
  };
  /** For whoever has a letter and types its code. */
  readonly letter: {
    readonly label: string;
    readonly hint: string;
    readonly go: string;
    readonly empty: string;
  };
  readonly trouble: Readonly<Record<TroubleKind, { readonly title: string; readonly text: string }>>;
}

/** What can stand between a person and the next question. */
export type TroubleKind =
  | "offline"
  | "server"
  | "no_link"
  | "wrong_link"
  | "wrong_code"
  | "locked"
  | "closed"
  | "session_late"
  | "left"
  | "study_paused"
  | "recruitment_closed"
  | "refused";
