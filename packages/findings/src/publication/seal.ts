import { encodeJson } from "@longwave/stats";
import { canonicalJson, sha256 } from "@longwave/study";
import type { Publication, PublicationDraft } from "./types.ts";

export interface SealOptions {
  /** Version of Longwave. */
  readonly version: string;
  /** Hash of the publication this one corrects. */
  readonly replaces?: string;
  /** What the correction changes, one sentence each. */
  readonly changes?: readonly string[];
}

/**
 * Names a publication by its own content: the hash is SHA-256 of the canonical JSON of everything else in
 * the bundle. Numbers that are not finite become null first, so the sealed bundle survives JSON unchanged.
 */
export function seal(draft: PublicationDraft, options: SealOptions): Publication {
  const { format, ...rest } = draft;
  const correction = {
    ...(options.replaces === undefined ? {} : { replaces: options.replaces }),
    ...(options.changes === undefined ? {} : { changes: options.changes }),
  };
  const content: unknown = JSON.parse(encodeJson({ version: options.version, ...correction, ...rest }));
  const named = { format, hash: hashOf({ format, ...(content as object) }), ...(content as object) };
  return named as Publication;
}

/** Whether a bundle still has the content its hash names. */
export function verifySeal(publication: Publication): boolean {
  return publication.hash === nameOfContent(publication);
}

/** The name that the content of a bundle has, whatever it is called. */
export function nameOfContent(publication: Publication): string {
  const { hash, ...content } = publication;
  return hashOf(content);
}

function hashOf(content: object): string {
  return sha256(canonicalJson(content));
}
