import { createHash } from "node:crypto";
import type { DataColumn, ImportReading, Protocol } from "@longwave/study";
import { type ColumnMapping, readPanel, StudyError } from "@longwave/study";
import { readMapping } from "@longwave/study/text";
import type { Kysely } from "kysely";
import { noteImport } from "../store/queries/imports.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { importOn } from "./import-panel.ts";
import { readCsvText } from "./read-file.ts";
import type { ImportOutcome } from "./types.ts";

/** A file to be looked at, or to be imported when `run` names the row that says how far it has come. */
export interface FileJob {
  readonly study: string;
  readonly csv: string;
  readonly mapping: string | undefined;
  readonly at: number;
  readonly actor: string;
  readonly again: boolean;
  readonly run: string | undefined;
}

/** What came of reading a file, and of the import. */
export type FileOutcome =
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "too-large"; readonly found: string }
  | { readonly kind: "read"; readonly columns: readonly DataColumn[]; readonly outcome: ImportOutcome };

/** Answers written in one transaction: on SQLite everybody's answers wait that long, some tens of milliseconds. */
const ANSWERS_AT_ONCE = 1000;
const PAUSE_MS = 25;

/** Reads a file and looks at it beside a study, or imports it in parts. */
export async function doFileJob(db: Kysely<Tables>, job: FileJob): Promise<FileOutcome> {
  const file = await readCsvText(job.csv);
  if (file.kind !== "read") return file;
  const study = await studyById(db, job.study);
  const { columns } = file;
  if (study === undefined) return { kind: "read", columns, outcome: { kind: "no-study", studies: [] } };
  return { kind: "read", columns, outcome: await imported(db, study, { job, columns }) };
}

function imported(
  db: Kysely<Tables>,
  study: StudyRow,
  { job, columns }: { readonly job: FileJob; readonly columns: readonly DataColumn[] },
): Promise<ImportOutcome> {
  const { run } = job;
  const note = async (trx: Kysely<Tables>, done: number, total: number): Promise<void> => {
    if (run !== undefined) await noteImport(trx, run, { done, total });
  };
  return importOn(db, study, {
    ...{ study: study.id, at: job.at, actor: job.actor },
    fileHash: hashOf(job.csv),
    write: run !== undefined,
    again: job.again,
    read: (protocol) => readWith(protocol, columns, job.mapping),
    parts: { answers: ANSWERS_AT_ONCE, note, pause: () => new Promise((go) => setTimeout(go, PAUSE_MS)) },
  });
}

/** A mapping with mistakes is a problem of the file as any other. */
function readWith(
  protocol: Protocol,
  columns: readonly DataColumn[],
  text: string | undefined,
): ImportReading {
  let mapping: ColumnMapping | undefined;
  try {
    mapping = text === undefined || text.trim() === "" ? undefined : readMapping(text, "map.yaml");
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return { people: [], answers: [], waves: [], leftAlone: [], problems: error.problems };
  }
  return readPanel({ protocol, columns, ...(mapping === undefined ? {} : { mapping }) });
}

/** SHA-256 of the bytes of a text, as the command of the same name reckons it from the file. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
