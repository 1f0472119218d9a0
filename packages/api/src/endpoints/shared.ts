import type { ConsentForm, WaveForm } from "@longwave/study/answering";
import { z } from "zod";
import type { Problem, ProblemCode } from "../problems.ts";
import { problems } from "../problems.ts";

/** The languages of the interface and of the forms. */
export type Language = "en" | "nb";

/** Where one person stands in one wave. */
export type WaveStateName = "not_yet" | "open" | "started" | "completed" | "missed" | "withdrawn";

/** Whether a person takes part, wants no messages, has left and let the answers stay, or has been erased. */
export type Standing = "active" | "no_contact" | "withdrawn" | "erased";

/** Schema of a standing. */
export const standing: z.ZodType<Standing> = z.enum(["active", "no_contact", "withdrawn", "erased"]);

/** Schema of a language code. */
export const language: z.ZodEnum<{ en: "en"; nb: "nb" }> = z.enum(["en", "nb"]);

/** Schema of a time: whole ms since 1970 UTC. */
export const time: z.ZodInt = z.int().min(0);

/** Whether a text can be kept: PostgreSQL keeps none with the character NUL. */
export const isKept = (text: string): boolean => !text.includes("\0");

/** Schema of the id of something in the store. */
export const id: z.ZodString = z.string().regex(/^[\w-]{1,120}$/);

/** Schema of the name of a site. */
export const siteName: z.ZodString = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u);

/** Schema of the state of a wave. */
export const waveStateName: z.ZodType<WaveStateName> = z.enum([
  "not_yet",
  "open",
  "started",
  "completed",
  "missed",
  "withdrawn",
]);

/** Schema of a consent form as study compiles it. */
export const consentForm: z.ZodType<ConsentForm> = z.object({
  version: z.number(),
  hash: z.string(),
  language,
  title: z.string(),
  changes: z.array(z.string()).exactOptional(),
  sections: z.array(z.object({ title: z.string(), paragraphs: z.array(z.string()) })),
  ticks: z.array(z.object({ id: z.string(), label: z.string(), promise: z.string(), required: z.boolean() })),
});

const isForm = (value: unknown): boolean => typeof value === "object" && value !== null && "items" in value;

/** Schema of a compiled form; study made it, so only its presence is checked here. */
export const waveForm: z.ZodType<WaveForm> = z.custom<WaveForm>(isForm);

/** Schema of a problem. */
export const problemSchema: z.ZodType<Problem> = z.object({
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  title: z.string(),
  expected: z.string(),
  found: z.string(),
  remedy: z.string(),
  status: z.int(),
});
