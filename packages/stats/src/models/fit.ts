import type { Warning } from "../warnings.ts";

/** A matrix as plain data: one array for each row. */
export type Matrix = readonly (readonly number[])[];

/** One row of the coefficient table. `df`, `pValue`... are null where they do not exist. */
export interface Coefficient {
  readonly term: string;
  readonly estimate: number;
  readonly stdError: number;
  readonly df: number | null;
  readonly statistic: number;
  readonly pValue: number | null;
  readonly lower: number;
  readonly upper: number;
  /** The standard error of the model, kept beside a robust one; absent when `stdError` is the model's. */
  readonly modelStdError?: number;
}

/** One block of random effects, in lme4's order; terms joined by `||` are separate blocks of the same group. */
export interface RandomBlock {
  readonly group: string;
  readonly terms: readonly string[];
  readonly covariance: Matrix;
  readonly stdDev: readonly number[];
  readonly correlation: Matrix;
}

/** The random effects of one group, one row for each level. */
export interface RandomEffects {
  readonly group: string;
  readonly terms: readonly string[];
  readonly levels: readonly string[];
  /** levels x terms: conditional modes. */
  readonly modes: Matrix;
  /** levels x terms: conditional standard deviations. */
  readonly conditionalStdDev: Matrix;
}

export interface RowCounts {
  readonly read: number;
  readonly used: number;
  readonly droppedMissing: number;
}

/** What names the rows of a fit, so that a verb can find them again in the same data. */
export interface FrameNames {
  readonly time: string | null;
  readonly id: string | null;
  readonly minRows: number | null;
}

/** What every model with a formula returns, as plain data that survives JSON and `structuredClone`. */
export interface FitCommon {
  readonly formula: string;
  readonly estimator: string;
  readonly level: number;
  readonly nobs: number;
  readonly ngroups: Readonly<Record<string, number>>;
  readonly fixed: readonly Coefficient[];
  /** p x p covariance of the fixed effects, in the order of `fixed`. */
  readonly vcov: Matrix;
  readonly logLik: number | null;
  /** -2 logLik of the criterion fitted. */
  readonly deviance: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  /** Estimated parameters that the likelihood counts. */
  readonly nparameters: number;
  readonly converged: boolean;
  readonly warnings: readonly Warning[];
  readonly rows: RowCounts;
  readonly frame: FrameNames;
  /** People (groups) with at least two rows used: those who can be compared with themselves. */
  readonly groupsWithTwoRows: number;
  /** Fixed-effect columns left out because the others determine them. */
  readonly dropped: readonly string[];
  /** Within-person SD of each exposure written as within(x), keyed by that term: sqrt(SS / (rows - people)). */
  readonly withinStdDev: Readonly<Record<string, number>>;
}

/** A prediction for one row of the data (0-based). */
export interface PredictedRow {
  readonly row: number;
  readonly predicted: number;
  readonly stdError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What the model leaves of one row used (0-based). */
export interface ResidualRow {
  readonly row: number;
  readonly fitted: number;
  readonly residual: number;
}
