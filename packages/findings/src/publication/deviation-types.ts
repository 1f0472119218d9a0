/**
 * What a departure was. `recorded`: entered by the study team; `smaller_data`: fewer data than an earlier analysis had;
 * `amended`: the study text was changed after it had been locked;
 * the others were found when the plan was run: a fallback in place of the planned model, an analysis that was not run
 * or gave no estimate, another plan than the one that was locked.
 */
export type DeviationKind =
  | "recorded"
  | "smaller_data"
  | "amended"
  | "fallback"
  | "not_run"
  | "not_estimated"
  | "other_plan";

/** What had been seen when a departure was entered; data count as seen once an analysis with results has run. */
export type DeviationTiming = "before_first_answer" | "before_data_seen" | "after_data_seen";

/** One departure from the locked plan. */
export interface Deviation {
  readonly kind: DeviationKind;
  /** Which part of the plan: ids such as H1, or the team's own words. */
  readonly clause: string;
  readonly what: string;
  readonly why: string;
  /** When it was entered, ms UTC, and by whom; absent for what was found when the plan was run. */
  readonly at?: number;
  readonly by?: string;
  readonly timing?: DeviationTiming;
}
