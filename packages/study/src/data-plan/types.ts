import type { Hypothesis, PlannedAnalysis } from "../protocol/plan-types.ts";
import type { LocalText } from "../protocol/types.ts";

/** What a plan asks when nothing else is said; each becomes one hypothesis, `lags` two. */
export const planAnswers = ["same-time", "groups", "lags", "between"] as const;
/** What can stand beside the answers by a short name. */
export const planChecks = [
  "complete",
  "patterns",
  "weights",
  "e-value",
  "ar1",
  "imputation",
  "ordered",
] as const;

export type PlanAnswer = (typeof planAnswers)[number];
export type PlanCheck = (typeof planChecks)[number];

/** What stands in a plan where only a person can say what belongs there. */
export const FILL_IN = "FILL-IN";

/** A number the models use: a column of the file, and how it is called. */
export interface PlanNumber {
  readonly column: string;
  readonly label: LocalText;
  readonly unit: LocalText;
  /** The lowest and highest value the scale has. */
  readonly range: readonly [number, number];
  /** Codes of the file that stand for numbers, such as `{ P: 0, A: 1 }`. */
  readonly values?: Readonly<Record<string, number>>;
}

/** A variable to adjust for: a number, or categories when it lists them; the first is the one compared with. */
export interface PlanCovariate {
  readonly column: string;
  readonly label?: LocalText;
  readonly categories?: readonly PlanCode[];
  /** Asked once: the first answer of a person stands in all their rows. */
  readonly once?: boolean;
}

/** A code of the file and what it stands for. */
export interface PlanCode {
  readonly code: string;
  readonly label: LocalText;
}

/** How rows come in order. */
export type PlanTime =
  /** Each value of the column is a wave, in this order. */
  | {
      readonly kind: "coded";
      readonly column: string;
      readonly values: readonly string[];
      /** Days from the first wave to each; undefined when nobody said how far apart they are. */
      readonly days?: readonly number[];
    }
  /** Days counted from each person's first, or dates: every so many days is a wave. */
  | {
      readonly kind: "counted";
      readonly column: string;
      readonly every: number;
      readonly waves: number;
      /** What to do with several rows of a person in one wave; left out, they are refused. */
      readonly several?: "mean" | "first";
    }
  /** One row for each person, one column for each wave: by the name the plan gives, the columns in order. */
  | {
      readonly kind: "wide";
      readonly columns: Readonly<Record<string, readonly string[]>>;
      readonly days?: readonly number[];
    };

/** A plan for someone else's data: what the columns are, what is asked, and what size would matter. */
export interface DataPlan {
  readonly schema: "longwave.plan/1";
  readonly id: string;
  readonly title: LocalText;
  readonly question: LocalText;
  readonly contact?: { readonly name: string; readonly email: string };
  readonly simulated?: boolean;
  readonly person: string;
  readonly time: PlanTime;
  /** Which rows are read, in the language of `--where`. */
  readonly only?: string;
  readonly outcome: PlanNumber & {
    readonly negligible: number;
    readonly noticeable: number;
    /** The time an answer is about. */
    readonly asksAbout?: "day" | "week" | "two weeks" | "year";
  };
  readonly exposure: PlanNumber;
  readonly expect: "less" | "more" | "either";
  readonly covariates: readonly PlanCovariate[];
  /** Two groups to compare, in order; other codes are refused. */
  readonly by?: { readonly column: string; readonly groups: readonly [PlanCode, PlanCode] };
  readonly answers?: readonly PlanAnswer[];
  readonly lagLimits?: { readonly negligible: number; readonly noticeable: number };
  /** In the words of a protocol; they take the place of `answers`. */
  readonly hypotheses?: readonly Hypothesis[];
  readonly sensitivity?: readonly (PlanCheck | PlannedAnalysis)[];
}
