/** Every code a SourceError can carry; each is explained in docs/problems-source.md. */
export const SOURCE_ERROR_CODES = [
  "source.no-file",
  "source.folder",
  "source.not-readable",
  "source.empty-file",
  "source.header-only",
  "source.not-text",
  "source.spreadsheet",
  "source.encoding",
  "source.duplicate-columns",
  "source.ragged-line",
  "source.open-quote",
  "source.csv",
  "source.gzip",
  "source.parquet",
  "source.duckdb",
  "source.unknown-column",
  "source.column-kind",
  "source.wide",
  "source.cube",
  "source.not-finite",
  "source.database-address",
  "source.database-unreachable",
  "source.no-table",
  "source.no-rights",
  "source.no-order",
  "source.no-shards",
  "source.shard-unreachable",
  "source.other-sums",
  "source.one-round",
  "source.query-cancelled",
  "source.query-failed",
  "source.sums-file",
  "source.sums-signature",
  "source.sums-round",
] as const;

export type SourceErrorCode = (typeof SOURCE_ERROR_CODES)[number];

/** Data that cannot be read: the message says what was expected, what was found and what to do. */
export class SourceError extends Error {
  readonly code: SourceErrorCode;

  constructor(code: SourceErrorCode, message: string) {
    super(message);
    this.name = "SourceError";
    this.code = code;
  }
}

/** The refusal of an infinite number; rows count from 0. */
export function notFinite(name: string, row: number): SourceError {
  return new SourceError(
    "source.not-finite",
    `Expected finite numbers in column "${name}"; row ${row + 1} is infinite. Leave the cell empty if the value is unknown.`,
  );
}
