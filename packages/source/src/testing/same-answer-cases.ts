import {
  type FitData,
  type GeeFit,
  gee,
  growth,
  type LmmFit,
  type LmmOptions,
  lmm,
  type RiclpmColumns,
  type RiclpmOptions,
  riclpm,
  type WorkingCorrelationType,
} from "@longwave/stats";
import {
  geeFromSums,
  geeSecondRound,
  growthFromSums,
  growthRequest,
  lmmFromSums,
  lmmSecondRound,
  type PanelSums,
  riclpmFromSums,
  type ScoreRecipe,
  type ScoreSums,
  type WideRequest,
  type WideSums,
} from "@longwave/stats/from-sums";

/** The numbers of a fit that have to agree: deviance, estimates and standard errors, to 1e-9. */
export interface Numbers {
  readonly deviance: number | null;
  readonly estimates: readonly (number | null)[];
  readonly stdErrors: readonly (number | null)[];
  /** Anything found by a search on a flat surface, to 1e-6. */
  readonly loose: readonly number[];
  /** What has to be the same altogether; the names of the parameters come last. */
  readonly counts: readonly unknown[];
}

/** A model of a formula: from rows, and from sums and, where it has a second round, scores. */
export interface PanelCase {
  readonly kind: "panel";
  readonly name: string;
  readonly formula: string;
  rows(data: FitData): Numbers;
  secondRound(sums: PanelSums): ScoreRecipe | null;
  fit(sums: PanelSums, scores?: ScoreSums): Numbers;
}

/** A model of series: from rows, and from sums. */
export interface WideCase {
  readonly kind: "wide";
  readonly name: string;
  readonly request: WideRequest;
  rows(data: FitData): Numbers;
  fit(sums: WideSums): Numbers;
}

export type SameAnswerCase = PanelCase | WideCase;

function ofRegression(fit: LmmFit | GeeFit): Numbers {
  return {
    deviance: fit.deviance,
    estimates: fit.fixed.map(({ estimate }) => estimate),
    stdErrors: fit.fixed.map(({ stdError }) => stdError),
    loose: "theta" in fit ? fit.theta : [...fit.alpha, fit.scale ?? Number.NaN, ...geeBesides(fit)],
    counts: [fit.rows, fit.ngroups, fit.nobs, fit.fixed.map(({ term }) => term)],
  };
}

/** What equations have with robust standard errors only. */
function geeBesides({ se, alphaStdError, scaleStdError, qic, qicu }: GeeFit): number[] {
  return se === "model"
    ? []
    : [...alphaStdError, ...[scaleStdError, qic, qicu].map((one) => one ?? Number.NaN)];
}

/** A mixed model. */
export function lmmCase(formula: string, options: LmmOptions = {}): PanelCase {
  const robust = options.se === undefined ? {} : ({ id: "id", df: "none" } as const);
  const asked = { time: "wave", ...robust, ...options };
  return {
    kind: "panel",
    name: `lmm ${options.se ?? ""} ${formula}`,
    formula,
    rows: (data) => ofRegression(lmm(formula, data, asked)),
    secondRound: (sums) => (options.se === undefined ? null : lmmSecondRound(sums, asked)),
    fit: (sums, scores) => ofRegression(lmmFromSums(sums, asked, scores)),
  };
}

function geeCase(correlation: WorkingCorrelationType, se: "model" | "robust" = "robust"): PanelCase {
  const formula = "pain_vrs ~ within(ex_index) + between(ex_index) + sex * factor(wave)";
  const options = { id: "id", time: "wave", correlation, se } as const;
  return {
    kind: "panel",
    name: `gee ${correlation} ${se}`,
    formula,
    rows: (data) => ofRegression(gee(formula, data, options)),
    secondRound: (sums) => geeSecondRound(sums, options),
    fit: (sums, scores) => ofRegression(geeFromSums(sums, options, scores)),
  };
}

/** A cross-lagged panel of exercise and pain. */
export function riclpmCase(
  name: string,
  extra: Pick<RiclpmColumns, "group" | "covariates">,
  options: RiclpmOptions,
): WideCase {
  const long = { id: "id", time: "wave", ...extra };
  const numbers = (fit: ReturnType<typeof riclpm>): Numbers => ({
    deviance: -2 * fit.logLik,
    estimates: fit.parameters.map(({ estimate }) => estimate),
    stdErrors: fit.parameters.map(({ stdError }) => stdError),
    loose: [fit.chiSquare ?? Number.NaN, fit.withinStdDev.x, fit.withinStdDev.y],
    counts: [
      fit.rows,
      fit.nobs,
      fit.leftOut,
      fit.groups,
      fit.parameters.map(({ lhs, op, rhs }) => lhs + op + rhs),
    ],
  });
  return {
    kind: "wide",
    name: `riclpm ${name}`,
    request: { series: ["ex_index", "pain_vrs"], ...long },
    rows: (data) => numbers(riclpm({ x: "ex_index", y: "pain_vrs", ...long }, data, options)),
    fit: (sums) => numbers(riclpmFromSums(sums, options)),
  };
}

/** The series of the growth cases. */
export const growthColumns = {
  series: [{ name: "", columns: "pain_vrs" }],
  id: "id",
  time: "wave",
  covariates: ["sex"],
};

/** The numbers of a growth fit that are compared. */
export function growthNumbers(fit: ReturnType<typeof growth>, loose: readonly number[]): Numbers {
  return {
    deviance: -2 * fit.logLik,
    estimates: fit.parameters.map(({ estimate }) => estimate),
    stdErrors: fit.parameters.map(({ stdError }) => stdError),
    loose,
    counts: [fit.rows, fit.nobs, fit.leftOut],
  };
}

function growthCase(): WideCase {
  const numbers = (fit: ReturnType<typeof growth>) =>
    growthNumbers(
      fit,
      fit.explained.map(({ share }) => share),
    );
  return {
    kind: "wide",
    name: "growth of pain with a covariate",
    request: growthRequest(growthColumns),
    rows: (data) => numbers(growth(growthColumns, data)),
    fit: (sums) => numbers(growthFromSums(growthColumns, sums)),
  };
}

const BASE = "pain_vrs ~ within(ex_index) + between(ex_index)";

/**
 * The models that every source has to give the same answer for, on the simulated cohort: the tests of this package hold
 * files, databases, shards and sites to the rows, and a test in a browser holds the browser to them.
 */
export const sameAnswerCases: readonly SameAnswerCase[] = [
  lmmCase(`${BASE} + sex + wave + (1 | id)`),
  lmmCase("pain_vrs ~ (within(ex_index) + between(ex_index)) * sex + factor(wave) + (1 + wave | id)"),
  lmmCase("pain_vrs ~ lag(ex_index) + factor(education) + factor(wave) + (1 | id)"),
  lmmCase(`${BASE} + sex + wave + (1 + wave | id)`, { se: "cr0" }),
  lmmCase(`${BASE} * sex + factor(wave) + (1 | id)`, { se: "cr1", residual: { type: "ar1" } }),
  lmmCase("pain_vrs ~ lag(ex_index) + factor(education)", {
    se: "cr1",
    residual: { type: "unstructured" },
  }),
  geeCase("independence"),
  geeCase("exchangeable"),
  geeCase("exchangeable", "model"),
  geeCase("ar1"),
  geeCase("unstructured"),
  riclpmCase("with equal lags", {}, { lags: "equal", tests: false }),
  riclpmCase("of women and men", { group: "sex" }, { lags: "equal", residuals: "equal", tests: false }),
  riclpmCase("with covariates", { covariates: ["age", "education"] }, { lags: "equal", tests: false }),
  growthCase(),
];

/** The types of the columns of the simulated cohort, for a table of it. */
export const COHORT_TYPES =
  "id integer, wave smallint, months real, sex text, age integer, education text, smoking text, base_exercise integer, ex_freq integer, ex_int integer, ex_dur integer, ex_index double precision, pain_vrs integer, pain_nrs integer";

/** The simulated cohort as it is, and its people who miss nothing, as texts of CSV. */
export function cohortTexts(csv: string): { readonly ragged: string; readonly complete: string } {
  const [header = "", ...rows] = csv.trimEnd().split("\n");
  const at = (name: string) => header.split(",").indexOf(name);
  const cell = (row: string, name: string) => row.split(",")[at(name)] ?? "";
  const seen = new Map<string, number>();
  for (const row of rows) {
    const whole = ["ex_index", "pain_vrs"].every((name) => !["", "NA"].includes(cell(row, name)));
    if (whole) seen.set(cell(row, "id"), (seen.get(cell(row, "id")) ?? 0) + 1);
  }
  const complete = rows.filter((row) => seen.get(cell(row, "id")) === 5);
  return { ragged: [header, ...rows].join("\n"), complete: [header, ...complete].join("\n") };
}
