/** Why nobody can join just now. */
export type JoinClosed = "not_open" | "paused" | "full" | "closed" | "today";

/** A question that tells whether somebody can take part, in one language. */
export interface JoinQuestion {
  readonly id: string;
  readonly kind: "yes_no" | "year_of_birth" | "choice";
  readonly text: string;
  readonly help?: string;
  /** Of a choice: what is sent, and the words. */
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

/** Whether somebody is asked for a thing. */
type JoinAsked = "required" | "optional" | "not_asked";

/** Where somebody stands who wants to join. */
export type JoinStep =
  | { readonly kind: "closed"; readonly why: JoinClosed }
  | {
      readonly kind: "questions";
      readonly questions: readonly JoinQuestion[];
      readonly typed: Readonly<Record<string, string>>;
      /** Questions whose answer is missing or does not fit. */
      readonly missing: readonly string[];
    }
  | { readonly kind: "ineligible"; readonly reason: string }
  | {
      readonly kind: "contact";
      readonly ticket: string;
      readonly name: JoinAsked;
      readonly email: JoinAsked;
      readonly typed: { readonly name: string; readonly email: string };
      readonly missing: readonly ("name" | "email")[];
    }
  /** Looks the same whether the address is known or not. */
  | {
      readonly kind: "code";
      readonly newcomer: string;
      readonly minutes: number;
      readonly wrong: boolean;
    }
  | { readonly kind: "in"; readonly link: string; readonly mailed: boolean }
  | { readonly kind: "too_many" }
  | { readonly kind: "too_late" };

/** The page on which anyone may join a study. */
export interface JoinPage {
  readonly step: JoinStep;
  readonly study: {
    readonly title: string;
    readonly question: string;
    readonly about: readonly string[];
    /** How long each time takes, in minutes. */
    readonly minutes: readonly number[];
    readonly months: number;
    readonly contact: { readonly name: string; readonly email: string };
  };
  /** Pages that everyone may read, where the study text has them. */
  readonly notices: { readonly privacy?: string; readonly terms?: string };
  /** The page for those who take part already and have lost their link. */
  readonly lostLink: string;
  /** The address of the page; its forms go to addresses under it. */
  readonly address: string;
  /** The languages the study is offered in. */
  readonly languages: readonly ("en" | "nb")[];
}
