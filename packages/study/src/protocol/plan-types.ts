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
  readonly expectedSign: -1 | 1;
  readonly model: PlanModel;
  readonly test: PlanTest;
  /** A key of the plan's bounds. */
  readonly bounds: string;
  readonly family: "confirmatory";
}

/** A model of the plan; `other` is named here and not yet run. `waves` keeps only those waves; `rows` replaces the plan's rule. */
export type PlanModel =
  | {
      readonly family: "lmm";
      readonly formula: string;
      /** Random parts tried in order when the first is singular or does not converge. */
      readonly fallback?: readonly string[];
      readonly waves?: readonly string[];
      readonly rows?: string;
    }
  | {
      readonly family: "lmm";
      readonly base: string;
      readonly add: readonly string[];
      readonly waves?: readonly string[];
      readonly rows?: string;
    }
  | {
      readonly family: "ri_clpm";
      readonly x: string;
      readonly y: string;
      readonly lags: "equal" | "free";
      readonly covariates: readonly string[];
    }
  | { readonly family: "same_as"; readonly model: string }
  | { readonly family: "other"; readonly what: string };

/** What is tested in the model; `per` says whether the estimate is shown per within-person SD or per unit. */
export type PlanTest =
  | { readonly kind: "term"; readonly term: string; readonly per: "within_sd" | "unit" }
  | {
      readonly kind: "difference";
      readonly term: string;
      /** Weights by coefficient name. */
      readonly slopes: {
        readonly women: Readonly<Record<string, number>>;
        readonly men: Readonly<Record<string, number>>;
      };
      readonly per: "within_sd" | "unit";
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
