import type { Coefficient, FitCommon, RandomBlock } from "../models/fit.ts";
import type { ResidualStructure } from "../models/lmm/result.ts";

/** A row of the coefficient table, with what pooling over imputations adds to it. */
export interface FormulaCoefficient extends Coefficient {
  /** Fraction of missing information. */
  readonly fmi?: number;
  readonly monteCarloError?: number;
}

/** A fit of any model with a formula, with what only some kinds have. */
export interface FormulaFit extends FitCommon {
  readonly fixed: readonly FormulaCoefficient[];
  readonly method?: string;
  readonly dfMethod?: string;
  readonly se?: string;
  readonly random?: readonly RandomBlock[];
  /** lme4's theta; other models use the name for something else. */
  readonly theta?: unknown;
  readonly sigma?: number | null;
  readonly singular?: boolean;
  readonly residual?: ResidualStructure;
  readonly thresholds?: readonly Coefficient[];
  readonly family?: string;
  readonly correlation?: string;
  readonly alpha?: readonly number[];
  readonly alphaTerms?: readonly string[];
  readonly scale?: number | null;
  readonly nodes?: number;
  readonly levels?: readonly string[];
  /** Random-effects regression: between people and of their rows. */
  readonly variances?: { readonly person: number; readonly residual: number };
  /** Fits pooled over imputations. */
  readonly pooledEstimator?: string;
  readonly m?: number;
  readonly imputationsWanted?: number;
  readonly dfComplete?: readonly (number | null)[];
}
