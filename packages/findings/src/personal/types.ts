import type {
  AnswerRecord,
  FeedbackRules,
  Protocol,
  SessionGroup,
  WaveState,
  WaveWindow,
} from "@longwave/study";
import type { SimilarPeople } from "./similar-people.ts";

/** One wave of one person: its window and where they stand with it. */
export interface OwnWave extends WaveWindow {
  readonly state: WaveState;
}

/** What a publication adds: nothing about others is known to this page before it. */
export interface PublishedGroup {
  /** The public page. */
  readonly address: string;
  /** The answer of the publication, when it is in the person's language. */
  readonly lead?: string;
  readonly similar?: SimilarPeople;
  readonly sessions?: SessionGroup;
}

/** One person's own rows, the rules, and the moment. */
export interface PersonalInput {
  readonly protocol: Protocol;
  readonly rules: FeedbackRules;
  readonly person: string;
  readonly timeZone: string;
  readonly waves: readonly OwnWave[];
  /** This person's rows and nobody else's. */
  readonly answers: readonly AnswerRecord[];
  /** False once the study takes no answers: then no round can be disturbed. */
  readonly takesAnswers: boolean;
  /** A study of simulated people, or one to try: it may show rules that nobody has reviewed, and says so. */
  readonly demonstration: boolean;
  /** The person has asked for the picture of their sessions. */
  readonly wantsSessions: boolean;
  readonly published?: PublishedGroup;
}

/** One place in the line of a measure; `value` is its height, null where there is none. */
export interface OwnPoint {
  readonly wave: string;
  readonly when: string;
  readonly state: "answered" | "skipped" | "not_answered" | "to_come";
  readonly value: number | null;
  /** The answer in words; empty where there is none. */
  readonly answer: string;
  /** The middle half of similar others, where it may be shown. */
  readonly low?: number;
  readonly high?: number;
}

/** One question over time: words first, then what the chart and its table draw. */
export interface OwnMeasure {
  readonly item: string;
  readonly label: string;
  readonly question: string;
  readonly sentences: readonly string[];
  readonly points: readonly OwnPoint[];
  readonly axis: {
    readonly min: number;
    readonly max: number;
    readonly ticks: readonly { readonly value: number; readonly text: string }[];
  };
  /** Who the band is of, and what it says; empty before publication. */
  readonly others: readonly string[];
}

/** 20 places of equal chance, from low to high. */
export type Dots = readonly number[];

/** The picture of sessions beside rest, or why it is not there. */
export type OwnSessions =
  | { readonly kind: "none" }
  | { readonly kind: "hidden"; readonly sentences: readonly string[] }
  | { readonly kind: "waiting"; readonly sentences: readonly string[] }
  | {
      readonly kind: "shown";
      readonly sentences: readonly string[];
      readonly own: { readonly text: string; readonly dots: Dots };
      readonly group: { readonly text: string; readonly dots: Dots };
      readonly unit: string;
    };

/** Which rules and words these are. */
export interface RulesShown {
  readonly version: number;
  readonly hash: string;
  readonly reviewedBy?: string;
  readonly reviewedOn?: string;
  /** Set when nobody has reviewed them and this is only a demonstration. */
  readonly notice?: string;
}

/** All that one person is told about their own answers. */
export type PersonalFeedback =
  | { readonly kind: "off" }
  | { readonly kind: "locked"; readonly rules: RulesShown; readonly sentences: readonly string[] }
  | {
      readonly kind: "record";
      readonly rules: RulesShown;
      readonly sentences: readonly string[];
      readonly measures: readonly OwnMeasure[];
      /** What stands under the measures, whatever they say. */
      readonly cautions: readonly string[];
      readonly sessions: OwnSessions;
      readonly study: { readonly sentences: readonly string[]; readonly address?: string };
      readonly help: readonly string[];
    };
