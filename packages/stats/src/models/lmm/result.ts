import type { Warning } from "../../warnings.ts";

/** One row of the coefficient table. `df`, `pValue`… are null where they do not exist. */
export interface Coefficient {
  readonly term: string;
  readonly estimate: number;
  readonly stdError: number;
  readonly df: number | null;
  readonly statistic: number;
  readonly pValue: number | null;
  readonly lower: number;
  readonly upper: number;
}

/** One block of random effects, in lme4's order; terms joined by `||` are separate blocks of the same group. */
export interface RandomBlock {
  readonly group: string;
  readonly terms: readonly string[];
  readonly covariance: readonly (readonly number[])[];
  readonly stdDev: readonly number[];
  readonly correlation: readonly (readonly number[])[];
}

export interface RowCounts {
  readonly read: number;
  readonly used: number;
  readonly droppedMissing: number;
}

/**
 * A fitted linear mixed model (or, without a random term, a linear model) as plain data: it survives
 * `structuredClone` and JSON, and every verb of this package works on it without the rows.
 */
export interface LmmFit {
  readonly formula: string;
  readonly estimator: "lmm" | "lm";
  readonly method: "reml" | "ml";
  readonly dfMethod: "satterthwaite" | "none";
  readonly level: number;
  readonly nobs: number;
  readonly ngroups: Readonly<Record<string, number>>;
  readonly fixed: readonly Coefficient[];
  /** p x p covariance of the fixed effects, in the order of `fixed`. */
  readonly vcov: readonly (readonly number[])[];
  readonly random: readonly RandomBlock[];
  /** Relative Cholesky factors, column-wise, blocks concatenated (lme4's theta). */
  readonly theta: readonly number[];
  readonly sigma: number;
  readonly logLik: number;
  /** -2 logLik of the criterion fitted (lme4's REMLcrit under REML). */
  readonly deviance: number;
  readonly aic: number;
  readonly bic: number;
  readonly dfResidual: number;
  readonly converged: boolean;
  readonly singular: boolean;
  readonly warnings: readonly Warning[];
  readonly rows: RowCounts;
  /** People (groups) with at least two rows used: those who can be compared with themselves. */
  readonly groupsWithTwoRows: number;
  /** Fixed-effect columns left out because the others determine them. */
  readonly dropped: readonly string[];
  /** Within-person SD of each exposure written as within(x), keyed by that term (ruling: sqrt(SS / (rows - people))). */
  readonly withinStdDev: Readonly<Record<string, number>>;
  /** What Satterthwaite needs, so that contrasts can be asked of the fit alone; null for `lm` or `--df none`. */
  readonly satterthwaite: {
    /**
     * Covariance of the variance parameters: the free elements of theta as fitted (columns of Z centred and
     * scaled, elements at zero left out), then sigma. No answer depends on that choice of coordinates.
     */
    readonly vcovParameters: readonly (readonly number[])[];
    /** One p x p matrix for each variance parameter: the derivative of `vcov`. */
    readonly dVcov: readonly (readonly (readonly number[])[])[];
  } | null;
}

/** The random effects of one group, one row for each level. */
export interface RandomEffects {
  readonly group: string;
  readonly terms: readonly string[];
  readonly levels: readonly string[];
  /** levels x terms: conditional modes. */
  readonly modes: readonly (readonly number[])[];
  /** levels x terms: conditional standard deviations. */
  readonly conditionalStdDev: readonly (readonly number[])[];
}
