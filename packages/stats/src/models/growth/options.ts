import type { SemStdErrors } from "../sem/model.ts";

/** One series that grows: a column of long data, or one column for each wave of wide data. */
export interface GrowthSeries {
  /** Prefix of the latent variables and of the waves of long data: `x` gives `ix`, `sx`; empty gives `i`, `s`. */
  readonly name: string;
  readonly columns: string | readonly string[];
  /** Covariates that change: each a column of long data, or one column for each wave; their paths are free. */
  readonly timeVarying?: readonly (string | readonly string[])[];
}

export interface GrowthColumns {
  /** One series, or several whose intercepts and slopes covary (parallel growth). */
  readonly series: readonly GrowthSeries[];
  readonly id?: string;
  readonly time?: string;
  /** Predictors of intercepts and slopes, one value for each person: columns, `factor(c)`, products `a:b`. */
  readonly covariates?: readonly string[];
}

export interface GrowthOptions {
  /** Residual variances over time; `free` by default. */
  readonly residuals?: "equal" | "free";
  /** Time of each wave; by default 0, 1, 2, ... in wide data and the time column from its first value in long data. */
  readonly scores?: readonly number[];
  /** `observed` information by default. */
  readonly se?: SemStdErrors;
  /** Coverage of the intervals, a proportion (0.95). */
  readonly level?: number;
}
