import { StatsError } from "../../errors.ts";
import { type Grouping, groupRows } from "../../frame/groups.ts";
import { requireNumbers } from "../../frame/variables.ts";
import { takeRows } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { Column, NumericColumn, Table } from "../../table/table.ts";
import type { RowCounts } from "../fit.ts";

/** Repeated measures, one row for each person and one column for each wave; NaN is a missing answer. */
export interface Panel {
  readonly people: number;
  /** When each wave was: the values of the time column, or 1, 2, 3, ... in wide data. */
  readonly waves: readonly number[];
  /** One for each series asked for, then one for each wave. */
  readonly series: readonly (readonly Float64Array[])[];
  /** What is one value for each person, by column name. */
  readonly person: Readonly<Record<string, Column>>;
  /** What the data call a person: the id, or the number of the row in wide data. */
  readonly label: (person: number) => string;
  readonly rows: RowCounts;
}

/** What to read: each series is one column of long data, or one column for each wave. */
export interface PanelRequest {
  readonly series: readonly (string | readonly string[])[];
  readonly id?: string | undefined;
  readonly time?: string | undefined;
  /** Columns with one value for each person. */
  readonly person: readonly string[];
}

const EXAMPLES = 3;

/**
 * Reads a panel from long data (one row for each person and wave) or wide data (one row for each person).
 *
 * @throws StatsError `riclpm.columns`, `riclpm.duplicate-wave`, `riclpm.person-varies`, `data.*`
 */
export function readPanel(request: PanelRequest, table: Table): Panel {
  const wide = request.series.every((columns) => typeof columns !== "string");
  const long = request.series.every((columns) => typeof columns === "string");
  if (wide) return readWide(request, table);
  if (long) return readLong(request, table);
  throw new StatsError(
    "riclpm.columns",
    "Expected x and y both as one column of long data, or both as one column for each wave; found one of each. Write them the same way.",
  );
}

function numbers(table: Table, name: string): NumericColumn {
  return requireNumbers(columnOf(table, name), name, "as a repeated measure");
}

function readWide(request: PanelRequest, table: Table): Panel {
  const names = request.series.map((columns) => [columns].flat());
  const waves = names[0].length;
  for (const columns of names) {
    if (columns.length === waves) continue;
    throw new StatsError(
      "riclpm.columns",
      `Expected as many waves of every series; found ${names.map((list) => `${list.length} (${list.join(", ")})`).join(" and ")}. Name one column for each wave.`,
    );
  }
  const person = Object.fromEntries(request.person.map((name) => [name, columnOf(table, name)]));
  const id = request.id === undefined ? null : columnOf(table, request.id);
  if (id !== null) checkOneRowEach(id, request.id ?? "");
  return {
    people: table.nrows,
    waves: Array.from({ length: waves }, (_, t) => t + 1),
    series: names.map((columns) => columns.map((name) => Float64Array.from(numbers(table, name).values))),
    person,
    label: (row) => (id === null || id.missing[row] === 1 ? String(row + 1) : valueText(id, row)),
    rows: { read: table.nrows, used: table.nrows, droppedMissing: 0 },
  };
}

function checkOneRowEach(id: Column, name: string): void {
  const { codes } = groupRows(id);
  const first = new Map<number, number>();
  for (const [row, code] of codes.entries()) {
    const before = code < 0 ? undefined : first.get(code);
    if (before !== undefined) {
      throw new StatsError(
        "riclpm.duplicate-wave",
        `Expected one row for each person in wide data; found ${name} = ${valueText(id, row)} in rows ${before + 1} and ${row + 1}. Keep one of them, or name one column of long data for each series.`,
      );
    }
    first.set(code, row);
  }
}

function required(name: string | undefined, what: "id" | "time"): string {
  if (name !== undefined) return name;
  const code = what === "id" ? "data.id-needed" : "data.time-needed";
  const use = what === "id" ? "the person a row is about" : "the number of the wave";
  throw new StatsError(
    code,
    `Expected a column with ${use}; found none. Name it (--${what} COLUMN), or give one column for each wave (x: x1,x2,x3).`,
  );
}

/** The rows of long data by person and wave: `at[person * waves + wave]` is the row, -1 where there is none. */
interface Cells {
  readonly at: Int32Array;
  readonly waves: readonly number[];
  readonly people: Grouping;
  readonly used: number;
}

function readLong(request: PanelRequest, table: Table): Panel {
  const idName = required(request.id, "id");
  const timeName = required(request.time, "time");
  const time = requireNumbers(columnOf(table, timeName), timeName, "as the number of the wave");
  const id = columnOf(table, idName);
  const cells = placeRows(id, time, { idName, timeName });
  const series = request.series.map((name) => spread(numbers(table, String(name)).values, cells));
  const person: Record<string, Column> = {};
  for (const name of request.person)
    person[name] = onePerPerson(columnOf(table, name), cells, { name, idName });
  return {
    people: cells.people.count,
    waves: cells.waves,
    series,
    person,
    label: (index) => valueText(id, firstRow(cells, index)),
    rows: { read: table.nrows, used: cells.used, droppedMissing: table.nrows - cells.used },
  };
}

interface Names {
  readonly idName: string;
  readonly timeName: string;
}

function placeRows(id: Column, time: NumericColumn, names: Names): Cells {
  const people = groupRows(id);
  const usable = (row: number) => people.codes[row] >= 0 && time.missing[row] === 0;
  const waves = distinctTimes(time, usable);
  const waveOf = new Map(waves.map((value, index) => [value, index]));
  const at = new Int32Array(people.count * waves.length).fill(-1);
  const twice: number[] = [];
  let used = 0;
  for (let row = 0; row < time.values.length; row++) {
    if (!usable(row)) continue;
    const cell = people.codes[row] * waves.length + (waveOf.get(time.values[row]) ?? 0);
    if (at[cell] >= 0) twice.push(row);
    at[cell] = row;
    used++;
  }
  if (twice.length > 0) throw duplicates(twice, { id, time, names });
  return { at, waves, people, used };
}

function distinctTimes(time: NumericColumn, usable: (row: number) => boolean): number[] {
  const found = new Set<number>();
  for (let row = 0; row < time.values.length; row++) if (usable(row)) found.add(time.values[row]);
  return [...found].sort((a, b) => a - b);
}

function valueText(column: Column, row: number): string {
  return column.kind === "numeric" ? String(column.values[row]) : column.levels[column.codes[row]];
}

function duplicates(
  rows: readonly number[],
  data: { readonly id: Column; readonly time: NumericColumn; readonly names: Names },
): StatsError {
  const { idName, timeName } = data.names;
  const examples = rows
    .slice(0, EXAMPLES)
    .map(
      (row) =>
        `${idName} = ${valueText(data.id, row)} at ${timeName} = ${data.time.values[row]} (row ${row + 1})`,
    );
  const more = rows.length > EXAMPLES ? `, and ${rows.length - EXAMPLES} more` : "";
  return new StatsError(
    "riclpm.duplicate-wave",
    `Expected one row for each person and wave; found a second one for ${examples.join(", ")}${more}. Keep one of them (--on-duplicate first), or correct ${idName} or ${timeName}.`,
  );
}

function spread(values: Float64Array, { at, waves, people }: Cells): Float64Array[] {
  return waves.map((_, wave) => {
    const seen = new Float64Array(people.count).fill(Number.NaN);
    for (let person = 0; person < seen.length; person++) {
      const row = at[person * waves.length + wave];
      if (row >= 0) seen[person] = values[row];
    }
    return seen;
  });
}

/** A row of the person: everyone in a grouping has one, but perhaps none with a wave. */
function firstRow({ at, waves, people }: Cells, person: number): number {
  for (let cell = person * waves.length; cell < (person + 1) * waves.length; cell++) {
    if (at[cell] >= 0) return at[cell];
  }
  return people.codes.indexOf(person);
}

/** The value that a column has in all rows of a person, leaving out where it is missing. */
function onePerPerson(
  column: Column,
  { at, waves, people }: Cells,
  { name, idName }: { readonly name: string; readonly idName: string },
): Column {
  const rowOf = new Int32Array(people.count);
  for (let person = 0; person < people.count; person++) {
    const cells = at.subarray(person * waves.length, (person + 1) * waves.length);
    const rows = cells.filter((row) => row >= 0 && column.missing[row] === 0);
    const texts = [...new Set(Array.from(rows, (row) => valueText(column, row)))];
    if (texts.length > 1) throw varies(name, { idName, texts, row: rows[0] });
    rowOf[person] = rows.length > 0 ? rows[0] : (cells.find((row) => row >= 0) ?? -1);
  }
  // Someone whose rows all lack a wave has no cell; nothing is known about them.
  return takeKnown(column, rowOf);
}

function takeKnown(column: Column, rows: Int32Array): Column {
  const taken = takeRows(
    column,
    rows.map((row) => Math.max(0, row)),
  );
  for (let i = 0; i < rows.length; i++) if (rows[i] < 0) taken.missing[i] = 1;
  return taken;
}

function varies(
  name: string,
  found: { readonly idName: string; readonly texts: readonly string[]; readonly row: number },
): StatsError {
  return new StatsError(
    "riclpm.person-varies",
    `Expected one value of "${name}" for each ${found.idName}; found ${found.texts.slice(0, EXAMPLES).join(" and ")} for one of them (first in row ${found.row + 1}). Give a column that does not change, such as its value at the first wave.`,
  );
}
