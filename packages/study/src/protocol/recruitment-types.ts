import type { LocalText } from "./types.ts";

/** Whether a person who joins by the open link is asked for something. */
type Asked = "required" | "optional" | "not_asked";

interface QuestionBase {
  readonly id: string;
  readonly text: LocalText;
  readonly help?: LocalText;
}

/** One question that tells whether a person can take part; all of them have to be answered. */
export type EligibilityQuestion = QuestionBase &
  (
    | { readonly kind: "yes_no" }
    | { readonly kind: "year_of_birth" }
    | {
        readonly kind: "choice";
        readonly options: readonly { readonly value: number | string; readonly text: LocalText }[];
      }
  );

/** A person for whom `eligibleWhen` is false cannot take part, and is told the reason. */
export interface EligibilityRule {
  readonly id: string;
  /** In the closed language, over the questions and `age`. */
  readonly eligibleWhen: string;
  readonly reason: LocalText;
}

/** How anyone may join at the study's public address. */
export interface OpenRecruitment {
  /** What the study is, in a few paragraphs. */
  readonly about: readonly LocalText[];
  readonly name: Asked;
  readonly email: Asked;
  /** The link is closed when so many people have consented; without it there is no limit. */
  readonly places?: number;
  /** How many may join by the link in 24 hours; 500 when left out. */
  readonly mostPerDay?: number;
  readonly questions: readonly EligibilityQuestion[];
  readonly rules: readonly EligibilityRule[];
}

/** How people are found: by invitation, and perhaps by an open link. */
export interface Recruitment {
  readonly contacts: readonly { readonly day: number; readonly template: string }[];
  readonly closesDay: number;
  /** Absent: nobody joins without being invited. */
  readonly open?: OpenRecruitment;
}
