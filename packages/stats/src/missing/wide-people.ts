import { StatsError } from "../errors.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, Table } from "../table/table.ts";

/** The person of each long row, numbered in order of id; -1 where the person or the time is missing. */
export interface PeopleOfRows {
  readonly codes: Int32Array;
  readonly count: number;
  /** For each person a row that names them. */
  readonly first: Int32Array;
  /** The id of a row, as text. */
  label(row: number): string;
}

/** Numbers the people by the size of their id, or in the order of its levels. */
export function peopleOfRows(id: Column, timeMissing: Uint8Array): PeopleOfRows {
  const keyOf = id.kind === "numeric" ? id.values : id.codes;
  const firstRow = new Map<number, number>();
  for (let row = 0; row < keyOf.length; row++) {
    if (id.missing[row] === 1 || timeMissing[row] === 1) continue;
    if (!firstRow.has(keyOf[row])) firstRow.set(keyOf[row], row);
  }
  const keys = [...firstRow.keys()].sort((a, b) => a - b);
  const codeOf = new Map(keys.map((key, code) => [key, code]));
  const codes = Int32Array.from(keyOf, (key, row) =>
    id.missing[row] === 1 || timeMissing[row] === 1 ? -1 : (codeOf.get(key) ?? -1),
  );
  return {
    codes,
    count: keys.length,
    first: Int32Array.from(keys, (key) => firstRow.get(key) ?? 0),
    label: (row) => (id.kind === "numeric" ? String(id.values[row]) : id.levels[id.codes[row]]),
  };
}

/**
 * For each person a row in which the column is observed, or -1.
 *
 * @throws StatsError `wide.person-varies` when two rows of a person differ.
 */
export function firstRows(table: Table, name: string, people: PeopleOfRows): Int32Array {
  const column = columnOf(table, name);
  const values = column.kind === "numeric" ? column.values : column.codes;
  const rows = new Int32Array(people.count).fill(-1);
  const differing = new Set<string>();
  for (let row = 0; row < people.codes.length; row++) {
    const person = people.codes[row];
    if (person < 0 || column.missing[row] === 1) continue;
    if (rows[person] < 0) rows[person] = row;
    else if (values[rows[person]] !== values[row]) differing.add(people.label(row));
  }
  if (differing.size === 0) return rows;
  throw new StatsError(
    "wide.person-varies",
    `Expected "${name}" to be the same in all rows of a person; found different values in ${differing.size} people, such as ${[...differing].slice(0, 3).join(", ")}. Name it among the varying columns, or correct it.`,
  );
}
