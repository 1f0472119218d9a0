import { z } from "zod";
import type { LocalText } from "./types.ts";

/** An object with these fields and no others; each stranger is reported with the fields that are known. */
export function record<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? known : undefined),
  });
}

/** Words: any text but the empty one. */
export const words: z.ZodString = z.string().min(1);
/** Words in the languages of the study. */
export const localText: z.ZodType<LocalText> = record({ en: words, nb: words.exactOptional() });
/** A name usable in formulas and expressions. */
export const name: z.ZodString = z.string().regex(/^[a-z][a-z0-9_]*$/, {
  error: "a name: small letters, digits and _, starting with a letter",
});
/** A list of words. */
export const names: z.ZodType<readonly string[]> = z.array(words);
/** What is stored for a choice. */
export const code: z.ZodType<number | string> = z.union([z.number(), words]);
/** A whole number of days. */
export const day: z.ZodNumber = z.int();
