/** Every code a StatsError can carry; each is explained in docs/problems.md. */
export const ERROR_CODES = [
  "formula.syntax",
  "formula.character",
  "formula.number",
  "formula.function",
  "formula.random-term",
  "formula.duplicate-random-term",
  "where.syntax",
  "where.type",
  "data.column-lengths",
  "data.not-finite",
  "data.unknown-column",
  "data.text-needs-numbers",
  "data.not-binary",
  "data.no-rows",
  "data.id-needed",
  "data.time-needed",
  "data.duplicate-time",
  "data.lag-no-pairs",
  "lmm.option",
  "lmm.several-groups",
  "lmm.crossed-groups",
  "lmm.same-groups",
  "lmm.one-group",
  "lmm.one-row-per-group",
  "lmm.too-many-random-effects",
  "lmm.constant-outcome",
  "lmm.no-predictors",
  "lmm.too-few-rows",
  "lmm.perfect-fit",
  "lmm.robust-kenward-roger",
  "lmm.robust-needs-id",
  "lmm.covariance-not-positive",
  "lmm.residual-time",
  "lmm.residual-person",
  "lmm.residual-waves",
  "lmm.duplicate-time",
  "regression.option",
  "regression.random-term",
  "regression.constant-outcome",
  "regression.no-predictors",
  "regression.too-few-rows",
  "regression.perfect-fit",
  "regression.weights",
  "gee.one-person",
  "gee.time-not-whole",
  "dropout.option",
  "dropout.waves",
  "dropout.no-dropout",
  "weights.option",
  "pattern-mixture.option",
  "pattern-mixture.no-patterns",
  "fe.option",
  "fe.random-term",
  "fe.no-predictors",
  "fe.too-few-rows",
  "fe.perfect-fit",
  "fe.one-person",
  "fe.hausman",
  "equivalence.bounds",
  "sem.model",
  "sem.data",
  "sem.option",
  "sem.rows-needed",
  "sem.unobserved-variable",
  "sem.constant-variable",
  "sem.covariates-dependent",
  "sem.start-values",
  "sem.not-nested",
  "sums.different-shape",
  "fit.unknown-term",
  "fit.other-data",
  "fit.robust-contrast",
  "fit.no-terms",
  "anova.different-rows",
  "anova.reml",
  "anova.not-nested",
  "random.argument",
  "power.truth",
  "power.not-identified",
  "power.no-replicates",
  "multiplicity.p-value",
  "wide.duplicate-rows",
  "wide.person-varies",
  "wide.too-many-waves",
  "impute.option",
  "pool.fits",
  "delta.option",
  "personal.option",
  "personal.time",
  "personal.duplicate-time",
  "personal.too-few-rows",
  "personal.constant-outcome",
  "personal.perfect-fit",
  "personal.series",
  "clmm.option",
  "clmm.intercept",
  "clmm.random-part",
  "clmm.one-group",
  "clmm.one-row-per-group",
  "clmm.one-category",
  "clmm.too-few-rows",
  "clmm.unknown-term",
  "clmm.unknown-category",
  "glmm.option",
  "glmm.no-predictors",
  "glmm.random-part",
  "glmm.one-group",
  "glmm.one-row-per-group",
  "glmm.one-category",
  "glmm.too-few-rows",
] as const;

export type StatsErrorCode = (typeof ERROR_CODES)[number];

/**
 * A question that cannot be answered: the message says what was expected, what was found and what to do.
 * `position` is the 0-based offset in the text that was parsed, where there is one.
 */
export class StatsError extends Error {
  readonly code: StatsErrorCode;
  readonly position?: number;

  constructor(code: StatsErrorCode, message: string, position?: number) {
    super(message);
    this.name = "StatsError";
    this.code = code;
    if (position !== undefined) this.position = position;
  }
}

/** A StatsError whose message ends with the text and a caret under the place where reading stopped. */
export function errorAt(
  code: StatsErrorCode,
  message: string,
  place: { readonly text: string; readonly position: number },
): StatsError {
  const caret = `${" ".repeat(place.position)}^`;
  return new StatsError(code, `${message}\n  ${place.text}\n  ${caret}`, place.position);
}
