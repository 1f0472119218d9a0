import { createHash } from "node:crypto";
import { type ParquetColumn, parquetFiles } from "@longwave/source";
import {
  buildDataset,
  collectedProtocol,
  type ExportEdition,
  type ExportTable,
  exportFiles,
  exportTables,
  isLocked,
  reasonColumnName,
} from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Kysely } from "kysely";
import { textVersions } from "../protocol/text-versions.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { standingsOf } from "../store/queries/departures.ts";
import { finishedForms, messageRecords, receivedForms } from "../store/queries/form-times.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

/** The data of a study as files, and what they are. */
export interface StudyExport {
  /** Name of the folder, and of the zip without its ending. */
  readonly folder: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly upToSeq: number;
  /** SHA-256 of the dataset in it. */
  readonly hash: string;
  readonly rows: Readonly<Record<ExportTable["name"], number>>;
}

/** Which study to export, and with what its files are signed. */
export interface ExportOrder {
  readonly study: string;
  readonly at: number;
  /** Version of Longwave. */
  readonly software: string;
}

/**
 * The data of a study at one answer, as files: read in one transaction, so that no table knows more than another,
 * while the server goes on taking answers.
 */
export async function makeExport(db: Kysely<Tables>, order: ExportOrder): Promise<StudyExport> {
  const { study, edition, tables } = await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute((trx) => snapshot(trx, order));
  const texts = exportFiles(tables, edition);
  const parquet = await parquetFiles(tables.map((table) => parquetTable(table, texts)));
  const binary = tables.map(
    ({ name }, place) => [`${name}.parquet`, parquet[place] ?? new Uint8Array()] as const,
  );
  const files: Record<string, string | Uint8Array> = { ...texts, ...Object.fromEntries(binary) };
  const { upToSeq, hash } = edition.dataset;
  const rows = Object.fromEntries(tables.map(({ name, nrows }) => [name, nrows])) as StudyExport["rows"];
  return {
    folder: `${study.id}-data-${upToSeq}`,
    files: { ...files, "CHECKSUMS.txt": checksums(files) },
    upToSeq,
    hash,
    rows,
  };
}

interface Snapshot {
  readonly study: StudyRow;
  readonly edition: ExportEdition;
  readonly tables: readonly ExportTable[];
}

async function snapshot(trx: Kysely<Tables>, { study: id, at, software }: ExportOrder): Promise<Snapshot> {
  const study = await studyById(trx, id);
  if (!study) throw new Error(`study ${id} is not there`);
  const protocol = readProtocol(study.protocolText, `${study.protocolId}.yaml`);
  const upToSeq = study.lastSeq;
  const people = await personRecords(trx, id);
  const answers = await answersUpTo(trx, id, upToSeq);
  const versions = await textVersions(trx, study);
  const dataset = buildDataset({ protocol, versions, people, answers, upToSeq });
  const tables = exportTables({
    protocol: collectedProtocol(protocol, versions),
    dataset,
    people,
    answers,
    finished: await finishedForms(trx, id),
    received: await receivedForms(trx, id, upToSeq),
    messages: await messageRecords(trx, id),
    standings: await standingsOf(trx, id),
  });
  const edition = {
    protocol,
    dataset,
    erasureSeq: study.erasureSeq,
    isLocked: isLocked(study.phase),
    isSimulated: study.simulated,
    madeAt: at,
    software,
  };
  return { study, edition, tables };
}

/** The columns of a table with their reasons beside them, and the codebook within the file. */
function parquetTable({ columns }: ExportTable, texts: Readonly<Record<string, string>>) {
  return {
    columns: columns.flatMap((column): readonly ParquetColumn[] => {
      const { name, type, kind, values, missing } = column;
      const shape = type === "time" || type === "day" ? type : kind;
      const reasons = { name: reasonColumnName(name), type: "text" as const, values: missing ?? [] };
      return missing === undefined
        ? [{ name, type: shape, values }]
        : [{ name, type: shape, values }, reasons];
    }),
    notes: { codebook: texts["codebook.csv"] ?? "", codes: texts["codes.csv"] ?? "" },
  };
}

function checksums(files: Readonly<Record<string, string | Uint8Array>>): string {
  return Object.keys(files)
    .sort()
    .map(
      (name) =>
        `${createHash("sha256")
          .update(files[name] ?? "")
          .digest("hex")}  ${name}\n`,
    )
    .join("");
}
