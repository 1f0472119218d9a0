/** A file that was imported from the console, or is being so. */
export interface ImportRunTable {
  readonly id: string;
  readonly study: string;
  /** SHA-256 of the file's bytes. */
  readonly file_hash: string;
  readonly started_at: number;
  readonly started_by: string;
  /** When its server last said that it goes on. */
  readonly beat_at: number;
  readonly ended_at: number | null;
  /** Answers written, and answers to write; both 0 until the file has been read again. */
  readonly done: number;
  readonly total: number;
  /** Why it stopped, as JSON of a problem; null when it did not. */
  readonly problem: string | null;
}

/** The tables of imports. */
export interface ImportTables {
  readonly import_run: ImportRunTable;
}
