import type { AnswerRecord, CodebookEntry, DataColumn, Dataset, PersonRecord } from "../dataset/types.ts";
import type { Protocol } from "../protocol/types.ts";

/**
 * How the cells of a column are to be read: a number, one of the codes of the codebook, several of them with a space
 * between, words, a moment (ms UTC), or a day (days since 1970-01-01).
 */
export type ExportType = "number" | "code" | "codes" | "text" | "time" | "day";

type ExportTableName = "person" | "person_wave" | "event" | "message";

/** One column of an export: its cells, and what they are. */
export interface ExportColumn extends DataColumn {
  readonly type: ExportType;
  readonly entry: Omit<CodebookEntry, "table" | "name" | "inDataset">;
}

/** One table of an export. */
export interface ExportTable {
  readonly name: ExportTableName;
  readonly nrows: number;
  readonly columns: readonly ExportColumn[];
}

/** A form that the person said is done, ms UTC. */
export interface FinishedForm {
  readonly person: string;
  readonly wave: string;
  readonly at: number;
}

/** When the last answer of a form reached the server, ms UTC. */
export interface ReceivedForm {
  readonly person: string;
  readonly wave: string;
  readonly at: number;
}

/** A message that was decided for a person; `wave` where it is about one. */
export interface MessageRecord {
  readonly person: string;
  readonly template: string;
  readonly wave?: string;
  readonly state: string;
  readonly decidedAt: number;
  readonly sentAt?: number;
}

/** What an export is made from: a dataset, and what the study knows about times beside it. */
export interface ExportInput {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly people: readonly PersonRecord[];
  readonly answers: readonly AnswerRecord[];
  readonly finished: readonly FinishedForm[];
  readonly received: readonly ReceivedForm[];
  readonly messages: readonly MessageRecord[];
  /** Whether each person takes part or has left, and how; who is not in it takes part. */
  readonly standings: ReadonlyMap<string, string>;
}
