import type { FeedbackText } from "../feedback/types.ts";
import type { AnalysisPlan } from "./plan-types.ts";
import type { Recruitment } from "./recruitment-types.ts";
import type { ReleasePlan } from "./release-types.ts";

export type Language = "en" | "nb";

/** Words in the study's languages; English is always there. */
export interface LocalText {
  readonly en: string;
  readonly nb?: string;
}

/** What kind of number a code is; nominal ones enter models as factors. */
export type Level = "nominal" | "ordinal" | "number";

export interface OptionText {
  readonly value: number | string;
  readonly text: LocalText;
  /** The number `weight(item)` gives for this answer. */
  readonly weight?: number;
}

interface ItemTextBase {
  readonly id: string;
  readonly text: LocalText;
  readonly marked?: LocalText;
  readonly help?: LocalText;
  readonly why?: LocalText;
  /** In the closed language, over items asked at the same wave. */
  readonly askIf?: string;
  readonly level: Level;
  /** A code of an outside terminology, such as LOINC. */
  readonly loinc?: string;
}

/** One question of a study text, in every language. */
export type ItemText = ItemTextBase &
  (
    | { readonly kind: "single_choice"; readonly options: readonly OptionText[] }
    | {
        readonly kind: "multi_choice";
        readonly options: readonly OptionText[];
        readonly groups?: readonly {
          readonly label: LocalText;
          readonly values: readonly (string | number)[];
        }[];
        readonly noneText: LocalText;
      }
    | {
        readonly kind: "scale";
        readonly min: number;
        readonly max: number;
        readonly lowText: LocalText;
        readonly highText: LocalText;
      }
    | { readonly kind: "integer"; readonly min: number; readonly max: number; readonly unit?: LocalText }
    | {
        readonly kind: "number";
        readonly min: number;
        readonly max: number;
        readonly decimals: number;
        readonly unit?: LocalText;
      }
    | { readonly kind: "yes_no" }
    | { readonly kind: "text"; readonly maxLength: number; readonly multiline?: boolean }
  );

/** How far a translation has come. `none`: the instrument is not asked in that language. */
export type TranslationStatus = "working" | "unverified" | "confirmed" | "none";

/**
 * One part of a session or a rest. Minutes count from the first answer to it, and of a rest prompt's first part from
 * the moment drawn; a rating given at another time is another rating, so it is not taken.
 */
export interface EventPart {
  readonly id: string;
  readonly items: readonly string[];
  readonly fromMinutes: number;
  readonly untilMinutes: number;
  /** When a missing part is reminded of. */
  readonly remindMinutes?: number;
}

/** A set of questions that belong together, with where their words come from. */
export interface Instrument {
  readonly id: string;
  readonly role:
    | "primary_outcome"
    | "secondary_outcome"
    | "primary_exposure"
    | "secondary_exposure"
    | "covariate"
    | "safety"
    | "exploratory";
  /** `given`: a column of a file; how it was asked is not known. `own`: our words. `verbatim_free`: a free text, unchanged. `modified_free`: a free text we changed, which must be declared. */
  readonly status: "own" | "verbatim_free" | "modified_free" | "given";
  readonly source?: string;
  /** Printed near the items and in every report. */
  readonly declaration?: LocalText;
  readonly recall?: "now" | "1d" | "7d" | "14d" | "1y";
  readonly loinc?: string;
  readonly norwegian: {
    readonly status: TranslationStatus;
    readonly note?: string;
    readonly confirmedBy?: string;
  };
  readonly askIf?: string;
  /** Asked once a person; the answer then stands in every row of that person. */
  readonly once?: boolean;
  /** Asked outside the waves, when a session is logged or a rest prompt is sent. */
  readonly trigger?: "session" | "rest";
  /** In which parts a session or a rest is logged. */
  readonly parts?: readonly EventPart[];
  /** How many rest prompts are drawn for a person a week. */
  readonly promptsPerWeek?: number;
  readonly note?: string;
  readonly items: readonly ItemText[];
}

/** A variable computed from answers by the closed language. */
export interface DerivedVariable {
  readonly name: string;
  readonly label: LocalText;
  readonly level: Level;
  readonly unit?: LocalText;
  readonly expr: string;
  /** Where this is known to be true, the value is 0: a structural zero, not a missing one. */
  readonly zeroWhen?: string;
  /** Where this is known to be true, the value is missing by rule. */
  readonly missingWhen?: string;
  readonly labels?: readonly { readonly value: number; readonly text: LocalText }[];
  readonly note?: string;
}

export interface WaveText {
  readonly id: string;
  readonly label: LocalText;
  /** Days from the local date of enrolment to the target date. */
  readonly offsetDays: number;
  /** Days from the target date to the first day the wave is open. */
  readonly opensDays: number;
  /** Days from the target date to the last day the wave is open. */
  readonly closesDays: number;
  /** The share of those to whom it opens who are expected to finish it, above 0 and at most 1. */
  readonly expectedShare?: number;
  readonly batteries: readonly string[];
  /** Messages, in days after the target date. */
  readonly messages: readonly { readonly day: number; readonly template: string }[];
}

/** Which forms are typed twice: those somebody asks it for, all, or a share of them that nobody chooses. */
type DoubleEntryRule = { readonly of: "none" | "all" } | { readonly of: "sample"; readonly share: number };

export interface ConsentText {
  readonly version: number;
  readonly title: LocalText;
  readonly sections: readonly {
    readonly title: LocalText;
    readonly paragraphs: readonly LocalText[];
  }[];
  readonly ticks: readonly {
    readonly id: string;
    readonly label: LocalText;
    readonly promise: LocalText;
    readonly required: boolean;
  }[];
  /** What is new in this version, for those who are asked to consent anew; shown to them first. */
  readonly changes?: readonly LocalText[];
  /** What becomes of someone who declines this version: they stay under the one they gave, or must leave. */
  readonly whenDeclined?: "stay" | "leave";
  readonly reconsentWhen: readonly string[];
  readonly record: readonly string[];
}

/** Which questions show a form answered the same all the way down. */
export interface StraightLining {
  /** A form with fewer such questions answered is not judged. */
  readonly fewestItems: number;
  /** Questions with one scale. The same answer to all is honest at these codes, such as no trouble at all. */
  readonly sets: readonly {
    readonly items: readonly string[];
    readonly honest: readonly (number | string)[];
  }[];
}

/** How many people must report harm, by a question or by writing to the team, before the study pauses by itself. */
export interface SafetyRule {
  /** Questions of the kind yes_no, whose yes is a report. */
  readonly items: readonly string[];
  readonly withinDays: number;
  readonly people: number;
  /** Of those who answered these questions or reported in that time, as a share of 1; both have to be reached. */
  readonly share?: number;
}

/** A page of its own, such as the privacy notice. */
export interface NoticeText {
  readonly title: LocalText;
  readonly sections: ConsentText["sections"];
}

/** A study, whole: what is asked, when, of whom, and what will be done with the answers. */
export interface Protocol {
  readonly schema: "longwave.protocol/1";
  readonly id: string;
  readonly version: string;
  readonly title: LocalText;
  readonly question: LocalText;
  readonly simulated?: boolean;
  readonly basedOn?: string;
  /** Under which the published findings may be used: an SPDX identifier, or an address. */
  readonly licence?: string;
  readonly replicationType?: "exact" | "conceptual" | "none";
  readonly languages: readonly Language[];
  readonly contact: { readonly name: string; readonly email: string; readonly phone?: string };
  /** Minutes a wave takes, by wave; the consent text repeats them. */
  readonly minutesByWave: Readonly<Record<string, number>>;
  readonly aims: readonly {
    readonly id: string;
    readonly kind: "primary" | "secondary" | "exploratory";
    readonly text: string;
  }[];
  readonly eligibility: {
    readonly include: readonly string[];
    readonly exclude: readonly string[];
    readonly notExcluded: readonly string[];
    readonly ageBands: readonly (readonly [number, number])[];
    readonly stratifyReportsBy: readonly string[];
  };
  readonly consent: ConsentText;
  readonly waves: readonly WaveText[];
  readonly batteries: Readonly<Record<string, readonly string[]>>;
  readonly messages: {
    readonly quietFrom: string;
    readonly quietTo: string;
    readonly maxPerWave: number;
    readonly maxPromptsPerDay: number;
    /** Where people are taken to live who have only been invited; UTC when left out. */
    readonly timeZone?: string;
  };
  readonly instruments: readonly Instrument[];
  readonly derived: readonly DerivedVariable[];
  readonly straightLining?: StraightLining;
  /** Which forms from phone and paper are typed a second time; on request when left out. */
  readonly doubleEntry?: DoubleEntryRule;
  readonly plan: AnalysisPlan;
  readonly power: { readonly targetN: number; readonly basis: string; readonly rerun: string };
  readonly safety: {
    readonly helpText: LocalText;
    readonly helpWhen: readonly string[];
    readonly pause: string;
    /** When the study pauses by itself; without it only people pause it. */
    readonly pauseRule?: SafetyRule;
    readonly never: readonly string[];
  };
  /** What participants see of their own answers; without it they see none. */
  readonly feedback?: FeedbackText;
  readonly locking: {
    readonly when: string;
    readonly people: number;
    readonly produces: readonly string[];
    readonly after: string;
    readonly lateAnswers: string;
    readonly enrolmentStop: readonly string[];
    readonly interimEffectLooks: number;
    readonly analysisOrder: readonly string[];
    readonly preregistration: string;
  };
  readonly recruitment: Recruitment;
  /** What is done with what people give, in their own words; a study text without it has no such page. */
  readonly privacy?: NoticeText;
  /** What the study and those who take part can expect of each other. */
  readonly terms?: NoticeText;
  /** Absent: releases follow the defaults. */
  readonly release?: ReleasePlan;
  /** The last day on which what people gave may be kept, as YYYY-MM-DD; absent: nobody is reminded. */
  readonly retention?: { readonly keepUntil: string };
}
