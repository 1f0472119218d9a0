import type { ColumnFacts, PanelPlan } from "@longwave/stats/from-sums";
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
