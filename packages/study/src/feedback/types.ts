import type { LocalText } from "../protocol/types.ts";

/** How far apart two answers of one person may lie by chance, and where that is known from. */
export type MeasurementNoise =
  | {
      readonly kind: "reliability";
      /** Share of the variance of answers that is not error, between 0 and 1. */
      readonly reliability: number;
      /** Standard deviation of answers between people, in the unit of the measure. */
      readonly stdDev: number;
      readonly source: string;
    }
  | {
      readonly kind: "typical_error";
      /** Standard error of measurement: the standard deviation of one person's answers when nothing changes. */
      readonly typicalError: number;
      readonly source: string;
    };

/** A size in words: `half` and `one` whole, `many` with the number as `{n}`. */
export interface UnitText {
  readonly half: LocalText;
  readonly one: LocalText;
  readonly many: LocalText;
}

/** One question of which a person sees their own answers over time. */
export interface FeedbackMeasureText {
  readonly item: string;
  readonly label: LocalText;
  /** The unit of a difference: a step between answers, or a point. */
  readonly unit: UnitText;
  /** The newest answer beside the first; `lower` and `higher` hold `{size}` and `{first}`, `same` `{first}`. */
  readonly same: LocalText;
  readonly lower: LocalText;
  readonly higher: LocalText;
  readonly noise: MeasurementNoise;
}

/** How much the differences between sessions and rest vary, from people who are not this one. */
export interface SessionGroup {
  /** Mean of people's differences: change over a session less change over rest. */
  readonly mean: number;
  readonly stdError: number;
  /** Standard deviation of people's true differences. */
  readonly between: number;
  /** Standard deviation of one change of one person around their own mean. */
  readonly residual: number;
  readonly people: number;
}

/** The picture of one's own sessions beside one's own rest. */
export interface FeedbackSessionsText {
  readonly event: string;
  readonly before: string;
  readonly after: string;
  readonly rest: { readonly event: string; readonly before: string; readonly after: string };
  readonly unit: UnitText;
  /** Numbers of an earlier study, for use until this study's own are published. */
  readonly group?: SessionGroup & { readonly source: string };
}

/** Least numbers; the rules may ask for more than the house does and never for less. */
export interface FeedbackMinimums {
  /** Answers before two are compared. */
  readonly answers: number;
  /** Similar people before anything is said of them. */
  readonly band: number;
  /** Sessions with both ratings. */
  readonly sessions: number;
  /** Rest entries with both ratings. */
  readonly rests: number;
  /** Reliability of a person's own difference between sessions and rest. */
  readonly reliability: number;
}

/** Who has read the rules and every sentence. `hash` names exactly what was read. */
export type FeedbackReview =
  | { readonly status: "working"; readonly note?: string }
  | {
      readonly status: "reviewed";
      readonly reviewedBy: string;
      readonly reviewedOn: string;
      readonly hash: string;
    };

/** What participants are told about their own answers, and from when. */
export interface FeedbackText {
  readonly version: number;
  readonly review: FeedbackReview;
  readonly minimums: FeedbackMinimums;
  readonly measures: readonly FeedbackMeasureText[];
  /** Variables that make another person similar. */
  readonly similarBy: readonly string[];
  readonly sessions?: FeedbackSessionsText;
  /** Sentences of the study's own, in place of the house's. */
  readonly sentences?: Readonly<Record<string, LocalText>>;
}
