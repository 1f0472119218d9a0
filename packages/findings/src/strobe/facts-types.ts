import type { AlternativeRow } from "../publication/alternative-types.ts";

/** A count; null stands for 1 to 9 people, who are not shown. */
export type ShownCount = number | null;

/** One variable in the table of characteristics, with a cell for each group. */
export interface Characteristic {
  readonly name: string;
  readonly label: string;
  /** `shares`: people by category; `mean`: mean and standard deviation. */
  readonly kind: "shares" | "mean";
  readonly unit?: string;
  readonly rows: readonly {
    readonly label: string;
    /** In the order of the groups: people, or people with mean and standard deviation; null where there are too few. */
    readonly cells: readonly (CharacteristicCell | null)[];
  }[];
}

export interface CharacteristicCell {
  /** Left out where it would give away how few did not answer. */
  readonly people?: number;
  /** Share of the group with an answer, 0 to 1. */
  readonly share?: number;
  readonly mean?: number;
  readonly sd?: number;
}

/** What a report of a cohort says in numbers, made from the data alone; nothing in it is about one person. */
export interface ReportingFacts {
  /** Months in which people were invited and answered, such as `2025-01`. */
  readonly invited?: MonthRange;
  readonly answered?: MonthRange;
  /** Names of the columns of `characteristics`; one without a plan that compares groups. */
  readonly groups: readonly { readonly label: string; readonly people: number }[];
  readonly characteristics: readonly Characteristic[];
  readonly missing: readonly {
    readonly name: string;
    readonly label: string;
    readonly missing: ShownCount;
    readonly of: number;
  }[];
  readonly waves: readonly WaveFacts[];
  readonly followUp?: FollowUp;
  /** Estimates with the tested terms only, on the scale of the planned ones. */
  readonly unadjusted?: readonly UnadjustedEstimate[];
}

export interface MonthRange {
  readonly from: string;
  readonly to: string;
}

/** A wave: who answered, who did not and came back later or not, and the outcome. */
export interface WaveFacts {
  readonly wave: string;
  readonly answered: number;
  readonly cameBack: ShownCount;
  readonly notSeenAgain: ShownCount;
  /** Absent before the data are locked, and where fewer than ten people answered. */
  readonly outcome?: { readonly people: number; readonly mean: number; readonly sd: number };
}

/** Days from the first to the last answered wave of each person, over people. */
export interface FollowUp {
  readonly people: number;
  readonly personYears: number;
  readonly medianDays: number;
  readonly lowerQuartileDays: number;
  readonly upperQuartileDays: number;
}

/** One planned estimate without its covariates. */
export interface UnadjustedEstimate extends AlternativeRow {
  /** The hypothesis it stands beside. */
  readonly finding: string;
  readonly formula: string;
  readonly people: number;
}
