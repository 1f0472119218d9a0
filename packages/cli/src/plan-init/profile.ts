import type { DataColumn } from "@longwave/study";

/** What one column of a file looks like, from all its rows. */
export interface ColumnProfile {
  readonly name: string;
  readonly kind: "number" | "text" | "date";
  readonly missing: number;
  /** Its different values, numbers in order and words as they come, at most `MOST_LISTED` of them. */
  readonly values: readonly (number | string)[];
  readonly distinct: number;
  /** Of numbers; NaN without any. */
  readonly min: number;
  readonly max: number;
}

/** More different values than this are no list of codes. */
export const MOST_LISTED = 60;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}/;

/** Looks at one column. */
export function profileColumn({ name, kind, values }: DataColumn): ColumnProfile {
  const known = values.filter((value) => value !== null);
  const different = [...new Set(known)];
  const numbers = different.filter((value) => typeof value === "number").sort((a, b) => a - b);
  const dates = known.length > 0 && known.every((value) => typeof value === "string" && ISO_DATE.test(value));
  return {
    name,
    kind: dates ? "date" : kind,
    missing: values.length - known.length,
    values: (kind === "number" ? numbers : different).slice(0, MOST_LISTED),
    distinct: different.length,
    min: numbers[0] ?? Number.NaN,
    max: numbers.at(-1) ?? Number.NaN,
  };
}

/** Whether every person has one value of a column at most; a column without values is not of people. */
export function isConstant(ids: DataColumn["values"], column: DataColumn): boolean {
  const first = new Map<unknown, unknown>();
  return column.values.every((value, row) => {
    const id = ids[row];
    if (value === null || id === null) return true;
    if (!first.has(id)) first.set(id, value);
    return first.get(id) === value;
  });
}

/** Rows that have the same person and time as an earlier one. */
export function repeatedRows(ids: DataColumn["values"], times: DataColumn["values"]): number {
  const seen = new Set<string>();
  let repeated = 0;
  ids.forEach((id, row) => {
    const key = JSON.stringify([id, times[row]]);
    if (seen.has(key)) repeated += 1;
    else seen.add(key);
  });
  return repeated;
}
