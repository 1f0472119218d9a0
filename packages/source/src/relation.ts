import type { ColumnDescription } from "./source.ts";

/** A column of a file: `sql` gives its values, as DOUBLE for numbers and dates and as VARCHAR for text. */
export interface RelationColumn extends ColumnDescription {
  readonly sql: string;
  /** True for whole numbers and the like, among which there is no NaN. */
  readonly isExact?: boolean;
}

/** A file as SQL: what stands after FROM, and what each column is. */
export interface Relation {
  /** What messages call it. */
  readonly name: string;
  readonly from: string;
  readonly nrows: number;
  readonly columns: readonly RelationColumn[];
}

/** The largest whole number up to which every one has a double of its own: 2^53 - 1. */
export const LARGEST_EXACT: number = Number.MAX_SAFE_INTEGER;

/** Days since 1970-01-01, with the time of day as a fraction: dates count as numbers in every model. */
export function daysSql(expression: string): string {
  return `epoch_us(cast(${expression} as timestamp)) / 86400000000.0`;
}

/** A column's values as SQL, null where there is none: NaN counts as missing. */
export function observedSql({ kind, sql, isExact }: Omit<RelationColumn, "name">): string {
  return kind === "text" || isExact === true ? sql : `nullif(${sql}, cast('NaN' as double precision))`;
}

/** What a source says of its columns. */
export function describedColumns({ columns }: Relation): ColumnDescription[] {
  return columns.map(({ sql: _, isExact: __, ...column }) => column);
}
