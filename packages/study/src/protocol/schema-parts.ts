import { z } from "zod";
import type { LocalText } from "./types.ts";

/** An object with these fields and no others; each stranger is reported with the fields that are known. */
export function record<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? known : undefined),
  });
}

export const words: z.ZodString = z.string().min(1);
export const localText: z.ZodType<LocalText> = record({ en: words, nb: words.exactOptional() });
/** A name usable in formulas and expressions. */
export const name: z.ZodString = z.string().regex(/^[a-z][a-z0-9_]*$/, {
  error: "a name: small letters, digits and _, starting with a letter",
});
export const names: z.ZodType<readonly string[]> = z.array(words);
export const code: z.ZodType<number | string> = z.union([z.number(), words]);
export const day: z.ZodNumber = z.int();
