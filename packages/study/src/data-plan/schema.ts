import { z } from "zod";
import { hypothesisSchema, plannedSchema } from "../protocol/plan-schema.ts";
import { localText, record, words } from "../protocol/schema-parts.ts";
import type { LocalText } from "../protocol/types.ts";
import { daysOf } from "./duration.ts";
import { type DataPlan, type PlanCode, type PlanTime, planAnswers, planChecks } from "./types.ts";

/** Words as one text, or by language. */
const text: z.ZodType<LocalText> = z.preprocess(
  (value) => (typeof value === "string" ? { en: value } : value),
  localText,
);

const cell = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const duration = words.transform((value, context): number => {
  const found = daysOf(value);
  if (found !== undefined) return found;
  context.addIssue("a length of time, such as 7 days, 3 months or 1 year");
  return z.NEVER;
});

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, {
  error: "the lowest and the highest value of the scale, such as [0, 10]",
});

const number = {
  column: words,
  label: text,
  unit: text,
  range,
  values: z.record(z.string(), z.number()).exactOptional(),
};

/** Codes as a list, or with their names: `[1, 2]` or `{ 1: before, 2: after }`. */
const codes: z.ZodType<readonly PlanCode[]> = z.preprocess(
  (value) => {
    if (Array.isArray(value)) return value.map((code) => [code, String(code)]);
    return typeof value === "object" && value !== null ? Object.entries(value) : value;
  },
  z.array(z.tuple([cell, text]).transform(([code, label]): PlanCode => ({ code, label }))).min(2),
);

const covariate = z.preprocess(
  (value) => (typeof value === "string" ? { column: value } : value),
  record({
    column: words,
    label: text.exactOptional(),
    categories: codes.exactOptional(),
    once: z.boolean().exactOptional(),
  }),
);

const groups = codes.transform((found, context): readonly [PlanCode, PlanCode] => {
  const [first, second, ...more] = found;
  if (first !== undefined && second !== undefined && more.length === 0) return [first, second];
  context.addIssue("two groups; leave out others with only: …, or adjust for them under covariates");
  return z.NEVER;
});

const time = record({
  column: words.exactOptional(),
  values: z.array(cell).min(2).exactOptional(),
  apart: duration.exactOptional(),
  days: z.array(z.number()).exactOptional(),
  every: duration.exactOptional(),
  waves: z.int().min(2).max(60).exactOptional(),
  several: z.enum(["mean", "first"]).exactOptional(),
  wide: z.record(z.string(), z.array(words).min(2)).exactOptional(),
}).transform((value, context): PlanTime => {
  const { column, values, every, waves, several, wide } = value;
  if (wide !== undefined && column === undefined && every === undefined) {
    const [length = 0, ...others] = Object.values(wide).map((columns) => columns.length);
    if (others.every((other) => other === length)) {
      return { kind: "wide", columns: wide, ...spacing(value, length) };
    }
    context.addIssue("as many columns for each variable under wide");
    return z.NEVER;
  }
  if (column !== undefined && values !== undefined && every === undefined && wide === undefined) {
    return { kind: "coded", column, values, ...spacing(value, values.length) };
  }
  if (column !== undefined && every !== undefined && waves !== undefined && wide === undefined) {
    return { kind: "counted", column, every, waves, ...(several === undefined ? {} : { several }) };
  }
  context.addIssue(
    "column with values (the waves in order), or column with every and waves, or wide with columns",
  );
  return z.NEVER;
});

function spacing(
  { apart, days }: { readonly apart?: number; readonly days?: readonly number[] },
  waves: number,
): { readonly days?: readonly number[] } {
  if (days !== undefined && days.length === waves) return { days };
  if (apart === undefined) return {};
  return { days: Array.from({ length: waves }, (_, wave) => Math.round(wave * apart)) };
}

const sizes = { negligible: z.number().positive(), noticeable: z.number().positive() };

/** The schema of a plan for someone else's data; unknown fields are refused. */
export const dataPlanSchema: z.ZodType<DataPlan> = record({
  schema: z.literal("longwave.plan/1"),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, { error: "small letters, digits and -, starting with a letter" })
    .default("my-data"),
  title: text,
  question: text,
  contact: record({
    name: words,
    email: z.email({ error: "an e-mail address such as you@example.org" }),
  }).exactOptional(),
  simulated: z.boolean().exactOptional(),
  person: words,
  time,
  only: words.exactOptional(),
  outcome: record({
    ...number,
    ...sizes,
    asksAbout: z.enum(["day", "week", "two weeks", "year"]).exactOptional(),
  }).refine(({ negligible, noticeable }) => negligible < noticeable, {
    error: "negligible smaller than noticeable",
  }),
  exposure: record(number),
  expect: z.enum(["less", "more", "either"]).default("either"),
  covariates: z.array(covariate).default([]),
  by: record({ column: words, groups }).exactOptional(),
  answers: z.array(z.enum(planAnswers)).min(1).exactOptional(),
  lagLimits: record(sizes).exactOptional(),
  hypotheses: z.array(hypothesisSchema).min(1).exactOptional(),
  sensitivity: z.array(z.union([z.enum(planChecks), plannedSchema])).exactOptional(),
});
