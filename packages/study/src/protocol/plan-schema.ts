import { z } from "zod";
import type { AnalysisPlan, Hypothesis, PlanModel, PlannedAnalysis, PlanTest } from "./plan-types.ts";
import { localText, names, record, words } from "./schema-parts.ts";

const role = record({
  name: words,
  label: localText,
  unit: localText,
  range: z.tuple([z.number(), z.number()]).exactOptional(),
});

const rowRules = { waves: names.exactOptional(), rows: words.exactOptional() };

/** The two ways to write an lmm; zod would answer a union with "no member fits", which helps nobody. */
const lmm = record({
  family: z.literal("lmm"),
  formula: words.exactOptional(),
  fallback: names.exactOptional(),
  base: words.exactOptional(),
  add: names.exactOptional(),
  residual: z
    .string()
    .regex(/^(ar1|car1)\([A-Za-z_][A-Za-z0-9_]*\)$/, {
      error: "ar1(COLUMN) or car1(COLUMN), such as car1(t_years)",
    })
    .exactOptional(),
  ...rowRules,
}).transform((value, context): PlanModel => {
  const { formula, base, add, fallback, ...rest } = value;
  const changes = add !== undefined || rest.residual !== undefined;
  if (formula !== undefined && base === undefined && add === undefined) {
    return { ...rest, formula, ...(fallback === undefined ? {} : { fallback }) };
  }
  if (formula === undefined && base !== undefined && changes && fallback === undefined) {
    return { ...rest, base, add: add ?? [] };
  }
  context.addIssue("either formula (with fallback), or base with add or residual");
  return z.NEVER;
});

/** A grid of shifts must hold 0, which is what was imputed. */
const deltas = z.array(z.number()).refine((grid) => grid.includes(0) && ascending(grid), {
  error: "increasing numbers with 0 among them, such as [-0.5, 0, 0.5]",
});

function ascending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? number));
}

/** Families that stand beside the planned answers. */
const alternatives = [
  record({ family: z.literal("clmm"), formula: words, term: words, ...rowRules }),
  record({
    family: z.literal("delta_imputation"),
    formula: words,
    term: words,
    imputations: z.int().min(2),
    outcomeDeltas: deltas,
    exposureDeltas: deltas,
    ...rowRules,
  }),
  record({
    family: z.literal("pattern_mixture"),
    formula: words,
    term: words,
    earlyUntil: words.exactOptional(),
    ...rowRules,
  }),
  record({
    family: z.literal("weights"),
    formula: words.regex(/^[^|]*$/, {
      error: "a formula without a random part: the weighted model is marginal",
    }),
    term: words,
    covariates: names,
    truncate: z.tuple([z.number().min(0), z.number().max(100)]).exactOptional(),
    ...rowRules,
  }),
  record({ family: z.literal("e_value"), of: words }),
  record({ family: z.literal("slope_profile"), of: words, term: words }),
  record({
    family: z.literal("data_rules"),
    of: words,
    straightLined: z.boolean().exactOptional(),
    fastestSeconds: z.number().positive().exactOptional(),
  }),
] as const;

const lagged = { x: words, y: words, covariates: names, rows: words.exactOptional() };
const lags = z.enum(["equal", "free"]);

const model: z.ZodType<PlanModel> = z.discriminatedUnion("family", [
  lmm,
  record({
    family: z.literal("ri_clpm"),
    ...lagged,
    lags,
    fallback: z.array(z.enum(["equal_residuals", "equal_means"])).exactOptional(),
    growth: z.literal("linear").exactOptional(),
    reliability: z.array(z.number().gt(0).max(1)).min(1).exactOptional(),
    groups: words.exactOptional(),
  }),
  record({ family: z.literal("clpm"), ...lagged, lags }),
  record({ family: z.literal("fe_lag"), ...lagged }),
  record({ family: z.literal("same_as"), model: words }),
  ...alternatives,
  record({
    family: z.literal("session_contrast"),
    type: words,
    before: words,
    after: words,
    nextDay: words.exactOptional(),
    covariates: names,
    rest: record({
      before: words,
      after: words,
      minutes: z
        .tuple([z.number().min(0), z.number().positive()])
        .refine(([least, most]) => least < most, { error: "fewest and most minutes, such as [30, 90]" })
        .exactOptional(),
    }),
    worseBy: z.number().positive(),
    bounds: words,
  }),
  record({ family: z.literal("other"), what: words }),
]);

const per = z.enum(["within_sd", "between_sd", "unit"]);
const weights = z.record(z.string(), z.number());

const test: z.ZodType<PlanTest> = z.discriminatedUnion("kind", [
  record({ kind: z.literal("term"), term: words, per }),
  record({
    kind: z.literal("difference"),
    term: words,
    slopes: z.union([record({ women: weights, men: weights }), record({ first: weights, second: weights })]),
    per,
  }),
  record({
    kind: z.literal("joint"),
    terms: words,
    contrast: words,
    second: record({ add: names }).exactOptional(),
  }),
  record({ kind: z.literal("path"), path: z.enum(["x->y", "y->x"]) }),
  record({ kind: z.literal("intersection"), of: names }),
]);

/** The schema of one analysis that stands beside the answers. */
export const plannedSchema: z.ZodType<PlannedAnalysis> = record({
  id: words,
  what: localText,
  model,
  label: localText.exactOptional(),
});

/** The schema of one hypothesis of a plan. */
export const hypothesisSchema: z.ZodType<Hypothesis> = record({
  id: words,
  label: localText,
  term: localText.exactOptional(),
  claim: localText,
  expectedSign: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  model,
  test,
  bounds: words,
  family: z.literal("confirmatory"),
});

/** The schema of the analysis plan of a study text. */
export const planSchema: z.ZodType<AnalysisPlan> = record({
  bounds: z.record(
    z.string(),
    record({ negligible: z.number().positive(), noticeable: z.number().positive(), unit: localText }),
  ),
  variables: record({
    outcome: role,
    exposure: role,
    person: z.literal("id"),
    wave: z.literal("wave"),
    moderator: role.exactOptional(),
  }),
  rows: words.exactOptional(),
  hypotheses: z.array(hypothesisSchema).min(1),
  exploratory: z.array(plannedSchema),
  sensitivity: z.array(plannedSchema),
  comparisons: z.array(plannedSchema),
  multiplicity: record({ method: z.literal("holm"), over: names }),
});
