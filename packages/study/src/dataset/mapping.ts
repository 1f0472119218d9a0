import { z } from "zod";
import { StudyError, type StudyProblem } from "../errors.ts";
import { describeIssue, type Issue } from "../protocol/issues.ts";
import { names, record, words } from "../protocol/schema-parts.ts";
import type { ColumnMapping } from "./types.ts";

const mappingSchema: z.ZodType<ColumnMapping> = record({
  schema: z.literal("longwave.mapping/1").exactOptional(),
  note: words.exactOptional(),
  columns: z.record(
    z.string(),
    record({
      column: words,
      values: z.record(z.string(), z.union([z.number(), z.string()])).exactOptional(),
      multiply: z.number().exactOptional(),
      add: z.number().exactOptional(),
    }),
  ),
  wide: z.record(z.string(), z.array(words).min(1)).exactOptional(),
  people: record({
    name: words.exactOptional(),
    email: words.exactOptional(),
    timeZone: words.exactOptional(),
    language: words.exactOptional(),
    consentedOn: words.exactOptional(),
    answeredOn: words.exactOptional(),
  }).exactOptional(),
  ignore: names.exactOptional(),
});

/**
 * A checked mapping. `ex: ex_index` is short for `ex: { column: ex_index }`.
 *
 * @throws StudyError that lists every mistake of shape.
 */
export function parseMapping(value: unknown): ColumnMapping {
  const result = mappingSchema.safeParse(spelledOut(value));
  if (result.success) return result.data;
  throw new StudyError(
    result.error.issues.flatMap((issue) => describeIssue(issue as Issue, value)).map(asMappingProblem),
  );
}

function asMappingProblem(problem: StudyProblem): StudyProblem {
  return {
    ...problem,
    code: problem.code === "protocol.unknown-field" ? "mapping.unknown-field" : "mapping.not-readable",
  };
}

function spelledOut(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("columns" in value)) return value;
  const { columns } = value;
  if (typeof columns !== "object" || columns === null) return value;
  const entries = Object.entries(columns).map(([name, entry]) => [
    name,
    typeof entry === "string" ? { column: entry } : entry,
  ]);
  return { ...value, columns: Object.fromEntries(entries) };
}
