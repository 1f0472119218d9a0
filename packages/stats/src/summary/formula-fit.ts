import type { Coefficient, FitCommon, RandomBlock } from "../models/fit.ts";
import type { ResidualStructure } from "../models/lmm/result.ts";

/** A fit of any model with a formula, with what only some kinds have. */
export interface FormulaFit extends FitCommon {
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
}
