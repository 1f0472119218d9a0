import { z } from "zod";
import { feedbackSchema } from "../feedback/schema.ts";
import { isTimeZone } from "../schedule/time-zone.ts";
import { derivedSchema, instrumentSchema } from "./item-schema.ts";
import { planSchema } from "./plan-schema.ts";
import { recruitmentSchema } from "./recruitment-schema.ts";
import { releaseSchema } from "./release-schema.ts";
import { code, day, localText, name, names, record, words } from "./schema-parts.ts";
import type { Protocol } from "./types.ts";

const contacts = z.array(record({ day, template: name }));

const wave = record({
  id: name,
  label: localText,
  offsetDays: day,
  opensDays: day,
  closesDays: day,
  expectedShare: z.number().gt(0).max(1).exactOptional(),
  batteries: names,
  messages: contacts,
});

const sections = z.array(record({ title: localText, paragraphs: z.array(localText).min(1) })).min(1);

const notice = record({ title: localText, sections });

const consent = record({
  version: z.int().positive(),
  title: localText,
  sections,
  ticks: z.array(record({ id: name, label: localText, promise: localText, required: z.boolean() })).min(1),
  changes: z.array(localText).min(1).exactOptional(),
  whenDeclined: z.enum(["stay", "leave"]).exactOptional(),
  reconsentWhen: names,
  record: names,
});

const straightLining = record({
  fewestItems: z.int().min(3),
  sets: z.array(record({ items: z.array(name).min(3), honest: z.array(code) })).min(1),
});

const doubleEntry = z.discriminatedUnion("of", [
  record({ of: z.enum(["none", "all"]) }),
  record({ of: z.literal("sample"), share: z.number().gt(0).lt(1) }),
]);

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "a time of day such as 21:00" });

const timeZone = z.string().refine(isTimeZone, { error: "a time zone such as Europe/Oslo" });

/** The schema of a whole study text. Unknown fields are refused. */
export const protocolSchema: z.ZodType<Protocol> = record({
  schema: z.literal("longwave.protocol/1"),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: "small letters, digits and -, starting with a letter" }),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, { error: "three numbers such as 1.0.0" }),
  title: localText,
  question: localText,
  simulated: z.boolean().exactOptional(),
  basedOn: words.exactOptional(),
  licence: z
    .string()
    .regex(/^(https:\/\/\S+|[A-Za-z0-9][A-Za-z0-9.+-]*)$/, {
      error: "an SPDX identifier such as CC-BY-4.0, or an address that starts with https://",
    })
    .exactOptional(),
  replicationType: z.enum(["exact", "conceptual", "none"]).exactOptional(),
  languages: z.array(z.enum(["en", "nb"])).min(1),
  contact: record({
    name: words,
    email: z.email({ error: "an e-mail address such as study@example.org" }),
    phone: words.exactOptional(),
  }),
  minutesByWave: z.record(z.string(), z.number().positive()),
  aims: z.array(record({ id: words, kind: z.enum(["primary", "secondary", "exploratory"]), text: words })),
  eligibility: record({
    include: names,
    exclude: names,
    notExcluded: names,
    ageBands: z.array(z.tuple([z.number(), z.number()])),
    stratifyReportsBy: names,
  }),
  consent,
  waves: z.array(wave).min(1),
  batteries: z.record(z.string(), names),
  messages: record({
    quietFrom: clockTime,
    quietTo: clockTime,
    maxPerWave: z.int().min(0),
    maxPromptsPerDay: z.int().min(0),
    timeZone: timeZone.exactOptional(),
  }),
  instruments: z.array(instrumentSchema).min(1),
  derived: z.array(derivedSchema),
  straightLining: straightLining.exactOptional(),
  doubleEntry: doubleEntry.exactOptional(),
  plan: planSchema,
  power: record({ targetN: z.int().positive(), basis: words, rerun: words }),
  safety: record({
    helpText: localText,
    helpWhen: names,
    pause: words,
    pauseRule: record({
      items: z.array(name),
      withinDays: z.int().positive(),
      people: z.int().positive(),
      share: z.number().gt(0).lt(1).exactOptional(),
    }).exactOptional(),
    never: names,
  }),
  feedback: feedbackSchema.exactOptional(),
  locking: record({
    when: words,
    people: z.int().positive(),
    produces: names,
    after: words,
    lateAnswers: words,
    enrolmentStop: names,
    interimEffectLooks: z.int().min(0),
    analysisOrder: names,
    preregistration: words,
  }),
  recruitment: recruitmentSchema,
  privacy: notice.exactOptional(),
  terms: notice.exactOptional(),
  release: releaseSchema.exactOptional(),
  retention: record({
    keepUntil: z.iso.date({ error: "a day such as 2032-12-31" }),
  }).exactOptional(),
});
