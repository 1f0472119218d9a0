import { type ReleaseSummary, releaseChanges, releaseSummary } from "./changes.ts";
import { deidentify } from "./deidentify.ts";
import type { ReleaseEdition } from "./document/readme.ts";
import { type ReleaseFiles, releaseFiles } from "./files.ts";
import type { ReleaseInput } from "./types.ts";

/** What a release is made from, which one it is, and the one before it. */
export interface MakeReleaseInput extends ReleaseInput {
  readonly edition: Omit<ReleaseEdition, "changes">;
  readonly previous?: ReleaseSummary;
  /** The style of the privacy report as a page. */
  readonly css: string;
}

/** A release: its name, its files, its privacy report as a page, and what is kept of it to compare the next one with. */
export interface Release extends ReleaseFiles {
  readonly summary: ReleaseSummary;
  readonly changes: readonly string[];
}

/**
 * A dataset as a release for other researchers.
 *
 * @throws FindingsError `findings.release-too-few`
 */
export function makeRelease(input: MakeReleaseInput): Release {
  const { protocol, dataset, previous, css } = input;
  const made = deidentify(input);
  const summary = releaseSummary(made.report, {
    version: input.edition.version,
    dataset,
    columns: made.codebook.map(({ table, name }) => `${table}.${name}`),
  });
  const changes = previous === undefined ? [] : releaseChanges(previous, summary);
  const edition = { ...input.edition, changes };
  return { ...releaseFiles({ protocol, dataset, made, edition, css }), summary, changes };
}
