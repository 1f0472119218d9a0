import { z } from "zod";
import { code, localText, name, record, words } from "./schema-parts.ts";
import type { DerivedVariable, Instrument, ItemText } from "./types.ts";

const level = z.enum(["nominal", "ordinal", "number"]);

const option = record({ value: code, text: localText, weight: z.number().exactOptional() });

const base = {
  id: name,
  text: localText,
  marked: localText.exactOptional(),
  help: localText.exactOptional(),
  why: localText.exactOptional(),
  askIf: words.exactOptional(),
  level,
  loinc: words.exactOptional(),
};

const item: z.ZodType<ItemText> = z.discriminatedUnion("kind", [
  record({ ...base, kind: z.literal("single_choice"), options: z.array(option).min(2) }),
  record({
    ...base,
    kind: z.literal("multi_choice"),
    options: z.array(option).min(1),
    groups: z.array(record({ label: localText, values: z.array(code).min(1) })).exactOptional(),
    noneText: localText,
  }),
  record({
    ...base,
    kind: z.literal("scale"),
    min: z.int(),
    max: z.int(),
    lowText: localText,
    highText: localText,
  }),
  record({
    ...base,
    kind: z.literal("integer"),
    min: z.int(),
    max: z.int(),
    unit: localText.exactOptional(),
  }),
  record({
    ...base,
    kind: z.literal("number"),
    min: z.number(),
    max: z.number(),
    decimals: z.int().min(0).max(6),
    unit: localText.exactOptional(),
  }),
  record({ ...base, kind: z.literal("yes_no") }),
  record({
    ...base,
    kind: z.literal("text"),
    maxLength: z.int().min(1),
    multiline: z.boolean().exactOptional(),
  }),
]);

/** The schema of one instrument of a study text. */
export const instrumentSchema: z.ZodType<Instrument> = record({
  id: name,
  role: z.enum([
    "primary_outcome",
    "secondary_outcome",
    "primary_exposure",
    "secondary_exposure",
    "covariate",
    "safety",
    "exploratory",
  ]),
  status: z.enum(["own", "verbatim_free", "modified_free", "given"]),
  source: words.exactOptional(),
  declaration: localText.exactOptional(),
  recall: z.enum(["now", "1d", "7d", "14d", "1y"]).exactOptional(),
  loinc: words.exactOptional(),
  norwegian: record({
    status: z.enum(["working", "unverified", "confirmed", "none"]),
    note: words.exactOptional(),
    confirmedBy: words.exactOptional(),
  }),
  askIf: words.exactOptional(),
  once: z.boolean().exactOptional(),
  trigger: z.enum(["session", "rest"]).exactOptional(),
  parts: z
    .array(
      record({
        id: name,
        items: z.array(name).min(1),
        fromMinutes: z.int().min(0),
        untilMinutes: z.int().min(1),
        remindMinutes: z.int().min(1).exactOptional(),
      }),
    )
    .min(1)
    .exactOptional(),
  promptsPerWeek: z.int().min(1).max(7).exactOptional(),
  note: words.exactOptional(),
  items: z.array(item).min(1),
});

/** The schema of one derived variable of a study text. */
export const derivedSchema: z.ZodType<DerivedVariable> = record({
  name,
  label: localText,
  level,
  unit: localText.exactOptional(),
  expr: words,
  zeroWhen: words.exactOptional(),
  missingWhen: words.exactOptional(),
  labels: z.array(record({ value: z.number(), text: localText })).exactOptional(),
  note: words.exactOptional(),
});
