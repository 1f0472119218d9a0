import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Problem } from "../problems.ts";
import { problemSchema, time } from "./shared.ts";

/** What a file may hold at most. Bytes are counted while they arrive, rows and columns before anything else is read. */
export const importLimits = { bytes: 16_000_000, rows: 200_000, columns: 2000 } as const;

/** A panel as CSV text, and the mapping of its columns as YAML text. */
export interface ImportFile {
  readonly csv: string;
  readonly mapping?: string;
}

/** A file that was looked at, to be imported. */
export interface ImportRequest extends ImportFile {
  /** The token of the look: it names this file, this mapping and the text of the study. */
  readonly token: string;
  /** Answers that differ from those in the study correct them; also a file that was imported before. */
  readonly again?: boolean;
}

/** A column of a file, with the first few values in it. */
export interface FoundColumn {
  readonly name: string;
  readonly kind: "number" | "text";
  readonly examples: readonly string[];
}

/** Something that stands in the way, with the first rows that have it. */
export interface ImportProblem {
  readonly code: string;
  readonly where: string;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
  readonly rows: readonly number[];
}

/** What would be written of one person and wave. */
export interface ImportRow {
  readonly person: string;
  readonly isNew: boolean;
  readonly wave: string;
  readonly answers: number;
  readonly skipped: number;
  readonly late: boolean;
  readonly same: number;
  readonly different: number;
}

/** What a file holds beside what the study has. */
export interface ImportCounts {
  readonly newPeople: number;
  readonly knownPeople: number;
  readonly waves: readonly { readonly wave: string; readonly forms: number }[];
  readonly answers: number;
  readonly skipped: number;
  readonly late: number;
  readonly same: number;
  readonly different: number;
  readonly leftAlone: readonly string[];
}

/** A look at a file: nothing is written. `counts` and `token` are there when it can be imported. */
export interface ImportLook {
  readonly rows: number;
  readonly columns: readonly FoundColumn[];
  /** The questions that a column may answer, by the names the mapping uses. */
  readonly questions: readonly { readonly name: string; readonly words: string }[];
  readonly problems: readonly ImportProblem[];
  readonly counts?: ImportCounts;
  /** The first rows that would be written; those with answers that differ come first. */
  readonly preview: readonly ImportRow[];
  /** Whether this file was imported into this study before. */
  readonly before: boolean;
  readonly token?: string;
}

/** An import under way or ended. `stopped`: its server is gone; what was written by then stays. */
export interface ImportRun {
  readonly id: string;
  readonly fileHash: string;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly state: "running" | "done" | "failed" | "stopped";
  readonly done: number;
  readonly total: number;
  readonly problem?: Problem;
}

const file = {
  csv: z.string().min(1),
  mapping: z.string().max(200_000).exactOptional(),
};
const counts: z.ZodType<ImportCounts> = z.object({
  newPeople: z.int(),
  knownPeople: z.int(),
  waves: z.array(z.object({ wave: z.string(), forms: z.int() })),
  answers: z.int(),
  skipped: z.int(),
  late: z.int(),
  same: z.int(),
  different: z.int(),
  leftAlone: z.array(z.string()),
});
const look: z.ZodType<ImportLook> = z.object({
  rows: z.int(),
  columns: z.array(
    z.object({ name: z.string(), kind: z.enum(["number", "text"]), examples: z.array(z.string()) }),
  ),
  questions: z.array(z.object({ name: z.string(), words: z.string() })),
  problems: z.array(
    z.object({
      code: z.string(),
      where: z.string(),
      expected: z.string(),
      found: z.string(),
      remedy: z.string(),
      rows: z.array(z.int()),
    }),
  ),
  counts: counts.exactOptional(),
  preview: z.array(
    z.object({
      person: z.string(),
      isNew: z.boolean(),
      wave: z.string(),
      answers: z.int(),
      skipped: z.int(),
      late: z.boolean(),
      same: z.int(),
      different: z.int(),
    }),
  ),
  before: z.boolean(),
  token: z.string().exactOptional(),
});
const importRun: z.ZodType<ImportRun> = z.object({
  id: z.string(),
  fileHash: z.string(),
  startedAt: time,
  startedBy: z.string(),
  state: z.enum(["running", "done", "failed", "stopped"]),
  done: z.int(),
  total: z.int(),
  problem: problemSchema.exactOptional(),
});

/** The rows of the contract for imports. */
export interface ImportEndpoints {
  readonly lookAtImport: Endpoint<"/api/studies/:study/imports/look", ImportFile, unknown, ImportLook>;
  readonly startImport: Endpoint<"/api/studies/:study/imports", ImportRequest, unknown, ImportRun>;
  readonly imports: Endpoint<"/api/studies/:study/imports", unknown, unknown, readonly ImportRun[]>;
}

const refusals = [
  "staff.not-signed-in",
  "staff.not-allowed",
  "staff.second-factor-needed",
  "study.not-found",
] as const;

/** Endpoints of imports. */
export const importEndpoints: ImportEndpoints = {
  lookAtImport: {
    who: "staff",
    needs: "people.import",
    method: "POST",
    path: "/api/studies/:study/imports/look",
    summary:
      "Read a panel file beside the study: what it holds, what would be written, what stands in the way.",
    body: z.object(file),
    largest: importLimits.bytes,
    answer: { kind: "json", status: 200, schema: look },
    problems: [...refusals, "import.unreadable", "import.too-large", "import.site", "import.not-open"],
  },
  startImport: {
    who: "staff",
    needs: "people.import",
    method: "POST",
    path: "/api/studies/:study/imports",
    summary:
      "Import a panel file that was looked at; it goes on beside the server, in parts of whole people.",
    body: z.object({ ...file, token: z.string().max(100), again: z.boolean().exactOptional() }),
    largest: importLimits.bytes,
    answer: { kind: "json", status: 201, schema: importRun },
    problems: [...refusals, "import.not-looked-at", "import.under-way", "import.site", "import.not-open"],
  },
  imports: {
    who: "staff",
    needs: "people.import",
    method: "GET",
    path: "/api/studies/:study/imports",
    summary: "The latest imports into a study and how far each has come, the newest first.",
    answer: { kind: "json", status: 200, schema: z.array(importRun) },
    problems: [...refusals, "import.stopped"],
  },
};
