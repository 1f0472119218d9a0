import type { Publication } from "@longwave/findings";
import { parseProtocol } from "@longwave/study";
import { CliError } from "./errors.ts";
import type { Study } from "./input.ts";
import type { Io } from "./io.ts";
import { readTextFile } from "./read-text.ts";

/**
 * The sealed bundle in a file.
 *
 * @throws CliError `cli.not-a-bundle`, and those of reading a file
 */
export async function loadBundle(io: Io, path: string): Promise<Publication> {
  const text = await readTextFile(io, path, "a sealed bundle (publication.json)");
  const found = bundleProblem(text);
  if (found === undefined) return JSON.parse(text) as Publication;
  throw new CliError(
    "cli.not-a-bundle",
    `Expected a sealed bundle of the format longwave.publication/1; ${path} ${found}. Give the publication.json of a report or of a publication page.`,
  );
}

/** What a bundle needs so that its plan can be run again; the rest is compared as it is. */
function bundleProblem(text: string): string | undefined {
  let value: Partial<Publication> | null;
  try {
    value = JSON.parse(text) as Partial<Publication> | null;
  } catch {
    return "is not JSON";
  }
  if (value?.format !== "longwave.publication/1") return "has another format";
  const missing = (["hash", "seed", "language", "study", "dataset", "plan"] as const).filter(
    (name) => value[name] === undefined,
  );
  return missing.length === 0 ? undefined : `has no ${missing.join(", ")}`;
}

/**
 * The study text that a bundle holds.
 *
 * @throws CliError `cli.no-study-text`
 */
export function bundleStudy(publication: Publication): Study {
  if (publication.protocol !== undefined)
    return { protocol: parseProtocol(publication.protocol), plan: undefined };
  throw new CliError(
    "cli.no-study-text",
    "Expected a bundle that holds its study text; found an early one without it. Give the study text itself; verify takes it with --protocol STUDY.yaml.",
  );
}
