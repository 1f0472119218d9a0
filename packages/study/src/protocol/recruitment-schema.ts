import { z } from "zod";
import type { Recruitment } from "./recruitment-types.ts";
import { code, day, localText, name, record, words } from "./schema-parts.ts";

const asked = z.enum(["required", "optional", "not_asked"]);
const question = { id: name, text: localText, help: localText.exactOptional() };

const eligibilityQuestion = z.discriminatedUnion("kind", [
  record({ kind: z.literal("yes_no"), ...question }),
  record({ kind: z.literal("year_of_birth"), ...question }),
  record({
    kind: z.literal("choice"),
    ...question,
    options: z.array(record({ value: code, text: localText })).min(2),
  }),
]);

/** Schema of the part of a study text on finding people. */
export const recruitmentSchema: z.ZodType<Recruitment> = record({
  contacts: z.array(record({ day, template: name })),
  closesDay: day,
  open: record({
    about: z.array(localText).min(1),
    name: asked,
    email: asked,
    places: z.int().positive().exactOptional(),
    mostPerDay: z.int().positive().exactOptional(),
    questions: z.array(eligibilityQuestion),
    rules: z.array(record({ id: name, eligibleWhen: words, reason: localText })),
  }).exactOptional(),
});
