import type { ColumnFacts, PanelPlan, WidePlan } from "@longwave/stats/from-sums";
import { z } from "zod";

/** A number of things. */
export const count: z.ZodType<number> = z.int().min(0);
/** A list of texts. */
export const names: z.ZodType<string[]> = z.array(z.string());

/** What is known of a column. */
export const columnFacts: z.ZodType<ColumnFacts> = z.union([
  z.strictObject({
    kind: z.literal("number"),
    shift: z.number(),
    scale: z.number().positive(),
    binary: z.boolean(),
    values: z.array(z.number()).nullable(),
  }),
  z.strictObject({ kind: z.literal("category"), levels: names }),
]);

const atom = z.strictObject({
  column: z.string(),
  role: z.enum(["constant", "varying", "lagged"]),
  code: z.union([
    z.strictObject({ kind: z.literal("number"), shift: z.number(), scale: z.number().positive() }),
    z.strictObject({ kind: z.literal("level"), level: z.string() }),
  ]),
});

/** A plan of sums of a formula. */
export const planShape: z.ZodType<PanelPlan> = z.strictObject({
  version: z.literal(1),
  formula: z.string(),
  person: z.string(),
  time: z.string(),
  columns: z.record(z.string(), columnFacts),
  varying: names,
  waves: z.array(z.number()).max(20),
  levels: z.record(z.string(), names),
  required: names,
  requiredBefore: names,
  atoms: z.array(atom).max(1000),
  cells: z.array(z.strictObject({ atoms: z.array(count), wave: count.nullable() })).max(1000),
});

const columnList = z.union([z.string(), z.array(z.string()).max(60)]);

/** A plan of sums of series. */
export const widePlanShape: z.ZodType<WidePlan> = z.strictObject({
  version: z.literal(1),
  request: z.strictObject({
    series: z.array(columnList).min(1).max(40),
    id: z.string().exactOptional(),
    time: z.string().exactOptional(),
    group: z.string().exactOptional(),
    covariates: names.exactOptional(),
  }),
  waves: z.array(z.number()).max(60),
  groups: names,
  columns: z.record(z.string(), columnFacts),
  variables: z
    .array(
      z.union([
        z.strictObject({
          kind: z.literal("answer"),
          series: count,
          wave: count,
          column: z.string(),
          shift: z.number(),
        }),
        z.strictObject({
          kind: z.literal("covariate"),
          name: z.string(),
          parts: z.array(z.strictObject({ column: z.string(), level: z.string().nullable() })).min(1),
          shift: z.number(),
        }),
      ]),
    )
    .max(200),
});
