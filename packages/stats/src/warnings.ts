/** Every code a warning in a result can carry; each is explained in docs/problems.md. */
export const WARNING_CODES = [
  "lmm.rank-deficient",
  "lmm.singular",
  "lmm.not-converged",
  "lmm.variances-not-identified",
  "lmm.few-groups",
  "profile.not-closed",
  "lmm.robust-few-clusters",
  "lmm.one-person-decides",
  "fe.time-constant",
  "fe.single-rows",
  "fe.few-people",
  "fe.negative-variance",
  "lmm.residual-limit",
  "lm.rows-not-independent",
  "riclpm.not-converged",
  "riclpm.improper",
  "riclpm.restarts",
  "riclpm.weakly-identified",
  "riclpm.unequal-gaps",
  "riclpm.never-together",
  "riclpm.people-left-out",
  "regression.rank-deficient",
  "glm.separation",
  "glm.not-converged",
  "glm.weights-not-counts",
  "gee.separation",
  "gee.not-converged",
  "gee.correlation-invalid",
  "gee.no-pairs",
  "gee.few-people",
  "gee.too-few-people",
  "gee.leverage",
  "gee.weights-vary",
  "dropout.few-events",
  "weights.extreme",
  "pattern-mixture.small-stratum",
  "pattern-mixture.left-out",
  "sem.not-converged",
  "sem.not-identified",
  "sem.improper",
  "sem.saturated-not-identified",
  "sem.rows-dropped",
  "formula.between-interaction-missing",
  "fit.not-finite",
  "impute.column-empty",
  "impute.constant-column",
  "impute.collinear",
  "impute.predictors-cut",
  "pool.monte-carlo-error",
  "pool.fits-not-converged",
  "personal.several-people",
  "personal.rank-deficient",
  "personal.correlation-limit",
  "personal.not-converged",
  "personal.few-occasions",
  "personal.people-left-out",
  "clmm.singular",
  "clmm.not-converged",
  "clmm.separation",
  "clmm.few-groups",
  "clmm.laplace",
  "glmm.singular",
  "glmm.not-converged",
  "glmm.separation",
  "glmm.few-groups",
  "glmm.laplace",
  "clmm.empty-category",
  "clmm.proportional-odds",
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** Something a reader of the result must know; `code` is stable and documented in docs/problems.md. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** A warning whose code is on the list. */
export function warning(code: WarningCode, message: string): Warning {
  return { code, message };
}
