import { z } from "zod";
import type { AnalysisPlan, PlanModel, PlannedAnalysis, PlanTest } from "./plan-types.ts";
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
  ...rowRules,
}).transform((value, context): PlanModel => {
  const { formula, base, add, fallback, ...rest } = value;
  if (formula !== undefined && base === undefined && add === undefined) {
    return { ...rest, formula, ...(fallback === undefined ? {} : { fallback }) };
  }
  if (formula === undefined && base !== undefined && add !== undefined && fallback === undefined) {
    return { ...rest, base, add };
  }
  context.addIssue("either formula (with fallback), or base with add");
  return z.NEVER;
});

const model: z.ZodType<PlanModel> = z.discriminatedUnion("family", [
  lmm,
  record({
    family: z.literal("ri_clpm"),
    x: words,
    y: words,
    lags: z.enum(["equal", "free"]),
    covariates: names,
  }),
  record({ family: z.literal("same_as"), model: words }),
  record({ family: z.literal("other"), what: words }),
]);

const per = z.enum(["within_sd", "unit"]);
const weights = z.record(z.string(), z.number());

const test: z.ZodType<PlanTest> = z.discriminatedUnion("kind", [
  record({ kind: z.literal("term"), term: words, per }),
  record({
    kind: z.literal("difference"),
    term: words,
    slopes: record({ women: weights, men: weights }),
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

const planned: z.ZodType<PlannedAnalysis> = record({
  id: words,
  what: localText,
  model,
  label: localText.exactOptional(),
});

const hypothesis = record({
  id: words,
  label: localText,
  term: localText.exactOptional(),
  claim: localText,
  expectedSign: z.union([z.literal(-1), z.literal(1)]),
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
  hypotheses: z.array(hypothesis).min(1),
  exploratory: z.array(planned),
  sensitivity: z.array(planned),
  comparisons: z.array(planned),
  multiplicity: record({ method: z.literal("holm"), over: names }),
});
