import { readFile } from "node:fs/promises";
import { encodeJson } from "@longwave/stats";
import type { z } from "zod";
import { SourceError } from "../errors.ts";
import { isSigned, type SumsSignature } from "./signature.ts";

/** A file that sites and those who pool exchange, as it was read. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
}

/**
 * A JSON file, whatever is in it.
 *
 * @throws SourceError `source.no-file`, `source.sums-file`
 */
export async function readJson(path: string): Promise<ReadFile> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new SourceError(
      "source.no-file",
      `Expected a file of sums at ${path}; there is none that can be read. Check the path.`,
    );
  });
  try {
    return { path, text, value: JSON.parse(text) };
  } catch {
    throw notSums(path, "text that is not JSON");
  }
}

/**
 * What a file holds, once it has the shape.
 *
 * @throws SourceError `source.sums-file`
 */
export function shaped<Shape>({ path, value }: ReadFile, shape: z.ZodType<Shape>): Shape {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw notSums(path, `${first?.path.join(".") || "the whole"}: ${first?.message ?? "another shape"}`);
}

/**
 * Refuses a file that is not as it was signed: the signature is of the text without it, keys in the same order.
 *
 * @throws SourceError `source.sums-signature`
 */
export function checkSignature({ path, value }: ReadFile): void {
  if (typeof value !== "object" || value === null || !("signature" in value)) return;
  const { signature, ...content } = value;
  if (isSigned(encodeJson(content), signature as SumsSignature)) return;
  throw new SourceError(
    "source.sums-signature",
    `Expected ${path} as it was signed; found that it was changed, or signed with another key. Ask the site for the file again.`,
  );
}

/** The refusal of a file that is not one of ours. */
export function notSums(path: string, found: string): SourceError {
  return new SourceError(
    "source.sums-file",
    `Expected a file that "longwave sums" wrote at ${path}; found ${found}. Ask the site for the file again, or make it with this version.`,
  );
}
