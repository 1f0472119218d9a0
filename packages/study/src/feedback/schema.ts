import { z } from "zod";
import { localText, name, names, record, words } from "../protocol/schema-parts.ts";
import type { FeedbackText } from "./types.ts";

const unit = record({ half: localText, one: localText, many: localText });
const positive = z.number().positive();

const noise = z.discriminatedUnion("kind", [
  record({
    kind: z.literal("reliability"),
    reliability: z.number().gt(0).lt(1),
    stdDev: positive,
    source: words,
  }),
  record({ kind: z.literal("typical_error"), typicalError: positive, source: words }),
]);

const measure = record({
  item: name,
  label: localText,
  unit,
  same: localText,
  lower: localText,
  higher: localText,
  noise,
});

const sessions = record({
  event: name,
  before: name,
  after: name,
  rest: record({ event: name, before: name, after: name }),
  unit,
  group: record({
    mean: z.number(),
    stdError: positive,
    between: positive,
    residual: positive,
    people: z.int().positive(),
    source: words,
  }).exactOptional(),
});

const review = z.discriminatedUnion("status", [
  record({ status: z.literal("working"), note: words.exactOptional() }),
  record({ status: z.literal("reviewed"), reviewedBy: words, reviewedOn: z.iso.date(), hash: words }),
]);

/** The schema of the rules of personal feedback. */
export const feedbackSchema: z.ZodType<FeedbackText> = record({
  version: z.int().positive(),
  review,
  minimums: record({
    answers: z.int(),
    band: z.int(),
    sessions: z.int(),
    rests: z.int(),
    reliability: z.number().lt(1),
  }),
  measures: z.array(measure).min(1),
  similarBy: names,
  sessions: sessions.exactOptional(),
  sentences: z.record(z.string(), localText).exactOptional(),
});
