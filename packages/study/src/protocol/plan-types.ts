import type { LocalText } from "./types.ts";

/** What will be done with the data, written before any are seen. */
export interface AnalysisPlan {
  /** Limits fixed beforehand, by outcome scale: `pain_vrs` in points, `std_cross_lag` standardised. */
  readonly bounds: Readonly<Record<string, PlanBounds>>;
  readonly variables: {
    readonly outcome: VariableRole;
    readonly exposure: VariableRole;
    readonly person: "id";
    readonly wave: "wave";
    readonly moderator?: VariableRole;
  };
  /** The rows every analysis uses unless it says otherwise, in the closed language: `late == 0`. */
  readonly rows?: string;
  readonly hypotheses: readonly Hypothesis[];
  readonly exploratory: readonly PlannedAnalysis[];
  readonly sensitivity: readonly PlannedAnalysis[];
  /** Models shown beside the planned ones, never in their place. */
  readonly comparisons: readonly PlannedAnalysis[];
  readonly multiplicity: { readonly method: "holm"; readonly over: readonly string[] };
}

export interface PlanBounds {
  readonly negligible: number;
  readonly noticeable: number;
  readonly unit: LocalText;
}

/** Which variable plays a part in the plan, and how it is called. */
export interface VariableRole {
  readonly name: string;
  readonly label: LocalText;
  readonly unit: LocalText;
  readonly range?: readonly [number, number];
}

export interface Hypothesis {
  readonly id: string;
  readonly label: LocalText;
  readonly term?: LocalText;
  readonly claim: LocalText;
  /** The sign the claim expects; 0 when it expects none. */
  readonly expectedSign: -1 | 0 | 1;
  readonly model: PlanModel;
  readonly test: PlanTest;
  /** A key of the plan's bounds. */
  readonly bounds: string;
  readonly family: "confirmatory";
}

/** A model of the plan; `other` is named here and not yet run. */
export type PlanModel =
  | LmmModel
  | RiClpmModel
  | ClpmModel
  | FeLagModel
  | { readonly family: "same_as"; readonly model: string }
  | AlternativeModel
  | SessionContrastModel
  | { readonly family: "other"; readonly what: string };

/** Which rows a model uses: `waves` keeps only those waves, `rows` replaces the plan's rule. */
interface RowRules {
  readonly waves?: readonly string[];
  readonly rows?: string;
}

/** A linear mixed model, written out or built on the model of a hypothesis. */
export type LmmModel = (
  | {
      readonly family: "lmm";
      readonly formula: string;
      /** Random parts tried in order when the first is singular or does not converge. */
      readonly fallback?: readonly string[];
    }
  | { readonly family: "lmm"; readonly base: string; readonly add: readonly string[] }
) &
  RowRules & {
    /** In sensitivity and exploratory analyses: how residuals of one person go together, such as `car1(t_years)`. */
    readonly residual?: string;
  };

/** The two series of a lag model, and what is adjusted for. */
interface LaggedSeries {
  readonly x: string;
  readonly y: string;
  readonly covariates: readonly string[];
  readonly rows?: string;
}

/** A random-intercept cross-lagged panel model. */
export interface RiClpmModel extends LaggedSeries {
  readonly family: "ri_clpm";
  readonly lags: "equal" | "free";
  /** What is held equal, step by step, when the model does not converge or is improper. */
  readonly fallback?: readonly ("equal_residuals" | "equal_means")[];
  /** A straight line over time for each person (LCM-SR). */
  readonly growth?: "linear";
  /** Shares of the within-person variance that are not measurement error; one fit for each. */
  readonly reliability?: readonly number[];
  /** A column that names groups: the paths free in each, against equal over groups. */
  readonly groups?: string;
}

/** A cross-lagged panel model without random intercepts. */
interface ClpmModel extends LaggedSeries {
  readonly family: "clpm";
  readonly lags: "equal" | "free";
}

/** y on the x of the wave before, each person compared with themselves; waves as a factor. */
export interface FeLagModel extends LaggedSeries {
  readonly family: "fe_lag";
}

/** Models that stand beside the planned answers and never give a verdict of their own. */
export type AlternativeModel =
  | ({ readonly family: "clmm"; readonly formula: string; readonly term: string } & RowRules)
  | DeltaModel
  | ({
      readonly family: "pattern_mixture";
      readonly formula: string;
      readonly term: string;
      /** The last wave of those who count as leaving early. */
      readonly earlyUntil?: string;
    } & RowRules)
  | ({
      readonly family: "weights";
      /** A formula without a random part: the weighted model is a marginal one. */
      readonly formula: string;
      readonly term: string;
      /** Beside outcome and exposure, what the chance of staying is predicted from. */
      readonly covariates: readonly string[];
      /** Weights beyond these two percentiles are set to them. */
      readonly truncate?: readonly [number, number];
    } & RowRules)
  | { readonly family: "e_value"; readonly of: string }
  | { readonly family: "slope_profile"; readonly of: string; readonly term: string }
  | {
      readonly family: "data_rules";
      readonly of: string;
      /** Leave out forms in which every question of a battery got the same answer. */
      readonly straightLined?: boolean;
      /** Leave out forms finished in less than this many seconds. */
      readonly fastestSeconds?: number;
    };

/** Imputation with shifts for those who left: one set of imputations, a grid of shifts. */
export interface DeltaModel extends RowRules {
  readonly family: "delta_imputation";
  readonly formula: string;
  readonly term: string;
  readonly imputations: number;
  readonly outcomeDeltas: readonly number[];
  readonly exposureDeltas: readonly number[];
}

/**
 * The change from before to after a session, by kind, beside the change over a matched time of rest in the same
 * people. Items are those of the instruments asked when a session is logged and when a rest prompt is answered.
 */
export interface SessionContrastModel {
  readonly family: "session_contrast";
  /** What the kinds of session are read from: a single choice. */
  readonly type: string;
  readonly before: string;
  readonly after: string;
  /** The same rating the day after. */
  readonly nextDay?: string;
  /** What else about a session the change is modelled on, such as minutes and effort. */
  readonly covariates: readonly string[];
  readonly rest: {
    readonly before: string;
    readonly after: string;
    /** Only rests of so many minutes between the two ratings are a match. */
    readonly minutes?: readonly [number, number];
  };
  /** A rise of so many points counts as worse. */
  readonly worseBy: number;
  /** A key of the plan's bounds, on the scale of the ratings. */
  readonly bounds: string;
}

/** The step an estimate stands for: a within-person SD, the SD of people's own means, or one unit. */
export type PlanStep = "within_sd" | "between_sd" | "unit";

type Weights = Readonly<Record<string, number>>;

/** What is tested in the model; `per` is the step the estimate is shown for. */
export type PlanTest =
  | { readonly kind: "term"; readonly term: string; readonly per: PlanStep }
  | {
      readonly kind: "difference";
      readonly term: string;
      /** Weights by coefficient name, in the group coded 0 and in the group coded 1 of the moderator. */
      readonly slopes:
        | { readonly women: Weights; readonly men: Weights }
        | { readonly first: Weights; readonly second: Weights };
      readonly per: PlanStep;
    }
  | {
      readonly kind: "joint";
      /** The start of the names of the terms tested together. */
      readonly terms: string;
      /** The term whose estimate is put into words: highest against none. */
      readonly contrast: string;
      readonly second?: { readonly add: readonly string[] };
    }
  | { readonly kind: "path"; readonly path: "x->y" | "y->x" }
  | { readonly kind: "intersection"; readonly of: readonly string[] };

export interface PlannedAnalysis {
  readonly id: string;
  readonly what: LocalText;
  readonly model: PlanModel;
  /** Why it stands apart, such as "for comparison only". */
  readonly label?: LocalText;
}
