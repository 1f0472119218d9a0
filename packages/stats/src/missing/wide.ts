import { StatsError } from "../errors.ts";
import { requireNumbers } from "../frame/variables.ts";
import type { RowCounts } from "../models/fit.ts";
import { createTable, takeRows } from "../table/columns.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, NumericColumn, Table } from "../table/table.ts";
import { firstRows, type PeopleOfRows, peopleOfRows } from "./wide-people.ts";

export interface WideOptions {
  /** The column that names the person. */
  readonly id: string;
  /** The column with the wave number. */
  readonly time: string;
  /** Columns that change from wave to wave; each becomes one column for each wave. */
  readonly varying: readonly string[];
  /** Columns that are the same in all rows of a person. */
  readonly person?: readonly string[];
}

/** A column of the wide table that holds one variable at one wave. */
export interface WaveColumn {
  readonly name: string;
  readonly variable: string;
  readonly wave: number;
}

/** One row for each person: the person's own columns, then each varying column once for each wave. */
export interface WidePanel {
  readonly id: string;
  readonly time: string;
  readonly varying: readonly string[];
  readonly person: readonly string[];
  /** In increasing order. */
  readonly waves: readonly number[];
  readonly waveColumns: readonly WaveColumn[];
  /** `table.nrows` people in order of id, so that nothing depends on the order of the long rows. */
  readonly table: Table;
  /** people x waves by rows: 1 where the long data had a row. */
  readonly present: Uint8Array;
  readonly rows: RowCounts;
}

/** More waves than this are not waves; the wide table would be nearly empty. */
const MOST_WAVES = 100;

/** Each column of the wide table needs its own name. */
function checkNames(
  { id, time, varying, person = [] }: WideOptions,
  waveColumns: readonly WaveColumn[],
): void {
  const names = [id, time, ...person, ...varying, ...waveColumns.map(({ name }) => name)];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined && varying.length > 0) return;
  throw new StatsError(
    "wide.names",
    `Expected an id, a time, varying columns and a person's columns, each named once; found ${twice === undefined ? "no varying column" : `"${twice}" twice`}. Name each column in one place, or rename it.`,
  );
}

function distinctWaves(time: NumericColumn, name: string): number[] {
  const found = new Set<number>();
  for (let row = 0; row < time.values.length; row++) if (time.missing[row] === 0) found.add(time.values[row]);
  if (found.size > MOST_WAVES) {
    throw new StatsError(
      "wide.too-many-waves",
      `Expected "${name}" to hold at most ${MOST_WAVES} different wave numbers; found ${found.size}. Give the wave number as the time.`,
    );
  }
  return [...found].sort((a, b) => a - b);
}

/** For each person and wave the row of the long table, or -1. */
function placeRows(
  people: PeopleOfRows,
  time: NumericColumn,
  waves: readonly number[],
  options: WideOptions,
): Int32Array {
  const waveOf = new Map(waves.map((wave, index) => [wave, index]));
  const places = new Int32Array(people.count * waves.length).fill(-1);
  const duplicates: string[] = [];
  for (let row = 0; row < people.codes.length; row++) {
    const wave = time.missing[row] === 1 ? undefined : waveOf.get(time.values[row]);
    if (people.codes[row] < 0 || wave === undefined) continue;
    const place = people.codes[row] * waves.length + wave;
    if (places[place] >= 0) duplicates.push(`${people.label(row)} at ${time.values[row]}`);
    places[place] = row;
  }
  if (duplicates.length === 0) return places;
  throw new StatsError(
    "wide.duplicate-rows",
    `Expected one row for each "${options.id}" and "${options.time}"; found ${duplicates.length} more, such as ${duplicates.slice(0, 3).join(", ")}. Remove or combine them.`,
  );
}

/** The column at the given rows; missing where the row is -1. */
function takeOrMissing(column: Column, rows: Int32Array): Column {
  const taken = takeRows(
    column,
    rows.map((row) => Math.max(row, 0)),
  );
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] >= 0 && taken.missing[i] === 0) continue;
    taken.missing[i] = 1;
    if (taken.kind === "numeric") taken.values[i] = Number.NaN;
    else taken.codes[i] = 0;
  }
  return taken;
}

function waveRows(places: Int32Array, wave: number, waveCount: number): Int32Array {
  const rows = new Int32Array(places.length / waveCount);
  for (let person = 0; person < rows.length; person++) rows[person] = places[person * waveCount + wave];
  return rows;
}

/**
 * The long table as one row for each person, as R's `reshape(direction = "wide")`.
 *
 * Rows without a person or a time are left out and counted. Wave columns are called `pain.1`.
 *
 * @throws StatsError `wide.names`, `wide.duplicate-rows`, `wide.person-varies`, `wide.too-many-waves`, `data.*`
 */
export function wideTable(table: Table, options: WideOptions): WidePanel {
  const { id, time, varying, person = [] } = options;
  const timeColumn = requireNumbers(columnOf(table, time), time, "as the time");
  const people = peopleOfRows(columnOf(table, id), timeColumn.missing);
  const waves = distinctWaves(timeColumn, time);
  const waveColumns = waves.flatMap((wave) =>
    varying.map((variable) => ({ name: `${variable}.${wave}`, variable, wave })),
  );
  checkNames(options, waveColumns);
  const places = placeRows(people, timeColumn, waves, options);
  const columns: Record<string, Column> = { [id]: takeRows(columnOf(table, id), people.first) };
  for (const name of person)
    columns[name] = takeOrMissing(columnOf(table, name), firstRows(table, name, people));
  for (const { name, variable, wave } of waveColumns) {
    const rows = waveRows(places, waves.indexOf(wave), waves.length);
    columns[name] = takeOrMissing(columnOf(table, variable), rows);
  }
  const used = places.reduce((sum, row) => sum + (row >= 0 ? 1 : 0), 0);
  return {
    id,
    time,
    varying: [...varying],
    person: [...person],
    waves,
    waveColumns,
    table: createTable(columns),
    present: Uint8Array.from(places, (row) => (row >= 0 ? 1 : 0)),
    rows: { read: table.nrows, used, droppedMissing: table.nrows - used },
  };
}

/**
 * The wide table as one row for each person and wave, people in their order and waves within them.
 *
 * @param rows  `"present"` keeps the rows that the long data had; `"all"` makes one for every person and wave.
 * @param wide  values to use instead of the panel's own, such as an imputed table.
 */
export function longTable(
  panel: WidePanel,
  rows: "all" | "present" = "present",
  wide: Table = panel.table,
): Table {
  const waveCount = panel.waves.length;
  const kept: number[] = [];
  for (let place = 0; place < panel.present.length; place++) {
    if (rows === "all" || panel.present[place] === 1) kept.push(place);
  }
  const people = Int32Array.from(kept, (place) => Math.floor(place / waveCount));
  const columns: Record<string, Column> = {
    [panel.id]: takeRows(wide.columns[panel.id], people),
    [panel.time]: {
      kind: "numeric",
      values: Float64Array.from(kept, (place) => panel.waves[place % waveCount]),
      missing: new Uint8Array(kept.length),
    },
  };
  for (const name of panel.person) columns[name] = takeRows(wide.columns[name], people);
  for (const variable of panel.varying) columns[variable] = longColumn(panel, wide, variable, kept);
  return createTable(columns);
}

function longColumn(panel: WidePanel, wide: Table, variable: string, kept: readonly number[]): Column {
  const waveCount = panel.waves.length;
  const sources = panel.waveColumns.filter((column) => column.variable === variable);
  const parts = sources.map(({ name }) => wide.columns[name]);
  const missing = Uint8Array.from(kept, (p) => parts[p % waveCount].missing[Math.floor(p / waveCount)]);
  const [first] = parts;
  if (first.kind === "factor") {
    const codes = Int32Array.from(kept, (p) => {
      const part = parts[p % waveCount];
      return part.kind === "factor" ? part.codes[Math.floor(p / waveCount)] : 0;
    });
    return { kind: "factor", codes, levels: first.levels, missing };
  }
  const values = Float64Array.from(kept, (p) => {
    const part = parts[p % waveCount];
    return part.kind === "numeric" ? part.values[Math.floor(p / waveCount)] : Number.NaN;
  });
  return { kind: "numeric", values, missing };
}
