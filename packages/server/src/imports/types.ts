import type { ImportRow } from "@longwave/api";
import type { ImportReading, Protocol } from "@longwave/study";
import type { Kysely } from "kysely";
import type { NoStudy } from "../exports/open-study.ts";
import type { Tables } from "../store/schema.ts";

/** A file to be taken into a study; nothing is written unless `write` is true. */
export interface ImportOrder {
  readonly study: string;
  readonly at: number;
  readonly actor: string;
  /** SHA-256 of the file's bytes. */
  readonly fileHash: string;
  readonly write: boolean;
  /** Also a file that was imported before; answers that differ then correct those that are there. */
  readonly again: boolean;
  /** The file by the text of the study. */
  readonly read: (protocol: Protocol) => ImportReading;
  /** Told as answers are written. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Left out: all of it in one transaction, or nothing. */
  readonly parts?: ImportParts;
}

/**
 * How a file is written in parts of whole people, so that the answers of others get in between. What is written stays
 * when the import stops on the way; the same file imported again goes on.
 */
interface ImportParts {
  /** At least one person's answers, then as many people as fit. */
  readonly answers: number;
  /** Inside the transaction of each part, with the answers dealt with so far. */
  readonly note: (trx: Kysely<Tables>, done: number, total: number) => Promise<void>;
  /** After each part, for others to write. */
  readonly pause: () => Promise<void>;
}

/** What a file holds beside what the study has. */
export interface ImportReport {
  readonly newPeople: number;
  readonly knownPeople: number;
  /** Forms by wave. */
  readonly waves: readonly { readonly wave: string; readonly forms: number }[];
  readonly answers: number;
  readonly skipped: number;
  readonly late: number;
  /** Answers that are in the study already, the same. */
  readonly same: number;
  /** Answers that differ from those in the study. */
  readonly different: number;
  readonly leftAlone: readonly string[];
  /** The first persons and waves, those with answers that differ before the others. */
  readonly preview: readonly ImportRow[];
  /** Whether this file was imported before, for an order that says `again`. */
  readonly before: boolean;
}

/** That people of the file have left the study. */
export interface Left {
  readonly kind: "left";
  readonly people: readonly string[];
}

/** What came of it. Only `done` has written anything. */
export type ImportOutcome =
  | NoStudy
  | { readonly kind: "not-open"; readonly phase: string }
  | { readonly kind: "problems"; readonly problems: ImportReading["problems"] }
  | { readonly kind: "imported-before" }
  | Left
  | { readonly kind: "differs" | "checked" | "done"; readonly report: ImportReport };
