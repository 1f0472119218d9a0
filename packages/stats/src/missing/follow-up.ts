import { StatsError } from "../errors.ts";
import { groupRows } from "../frame/groups.ts";
import { requireNumbers } from "../frame/variables.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, Table } from "../table/table.ts";

export interface FollowUpOptions {
  /** The column that names the person; numbers or text, in any order of rows. */
  readonly id: string;
  /** The column with the number of the wave. */
  readonly time: string;
  /** A wave counts as seen when this column is observed in it. */
  readonly outcome: string;
  /** The planned waves; by default every value of the time column. */
  readonly waves?: readonly number[];
}

/** When one person was seen. */
export interface PersonWaves {
  readonly label: string;
  /** The row of each planned wave in which the outcome was observed; -1 where it was not. */
  readonly rows: Int32Array;
  /** The places among the planned waves of the first and the last wave seen. */
  readonly first: number;
  readonly last: number;
}

/** All people who were seen at least once. */
export interface FollowUp {
  readonly waves: readonly number[];
  readonly people: readonly PersonWaves[];
  /** People with rows but without any observed outcome. */
  readonly neverSeen: number;
  /** The person (place in `people`) of each row of the table, or -1. */
  readonly personOfRow: Int32Array;
  /** The planned wave (place in `waves`) of each row, or -1 where the time is missing. */
  readonly waveOfRow: Int32Array;
}

function labelOf(column: Column, row: number): string {
  return column.kind === "numeric" ? String(column.values[row]) : column.levels[column.codes[row]];
}

function plannedWaves(
  time: Float64Array,
  missing: Uint8Array,
  planned: readonly number[] | undefined,
): number[] {
  const found = [...new Set(time.filter((_, row) => missing[row] === 0))].sort((a, b) => a - b);
  const waves = planned === undefined ? found : [...new Set(planned)].sort((a, b) => a - b);
  const unknown = found.find((wave) => !waves.includes(wave));
  if (waves.length >= 2 && unknown === undefined) return waves;
  throw new StatsError(
    "dropout.waves",
    `Expected at least two planned waves that hold every time in the data; found ${unknown === undefined ? `only ${waves.join(", ") || "none"}` : `a row at ${unknown} beside the planned ${waves.join(", ")}`}. Name all planned waves.`,
  );
}

function checkOnce(rows: Int32Array, wave: number, name: string, time: number): void {
  if (rows[wave] < 0) return;
  throw new StatsError(
    "data.duplicate-time",
    `Expected one row for each person and time; found two rows of one person at ${name} = ${time}. Keep one of them, or correct the time.`,
  );
}

/**
 * Who was seen when: dropout is after the last wave seen, a wave missed before that is intermittent.
 *
 * @throws StatsError `data.unknown-column`, `data.text-needs-numbers`, `data.duplicate-time`, `dropout.waves`
 */
export function followUp(table: Table, { id, time, outcome, waves }: FollowUpOptions): FollowUp {
  const idColumn = columnOf(table, id);
  const grouping = groupRows(idColumn);
  const times = requireNumbers(columnOf(table, time), time, "as the time");
  const seen = columnOf(table, outcome);
  const planned = plannedWaves(times.values, times.missing, waves);
  const placeOf = new Map(planned.map((wave, place) => [wave, place]));
  const rowsOf = Array.from({ length: grouping.count }, () => new Int32Array(planned.length).fill(-1));
  const waveOfRow = times.values.map((value) => placeOf.get(value) ?? -1);
  const labels: string[] = [];
  for (let row = 0; row < table.nrows; row++) {
    const person = grouping.codes[row];
    if (person < 0) continue;
    labels[person] ??= labelOf(idColumn, row);
    if (waveOfRow[row] < 0 || seen.missing[row] === 1) continue;
    checkOnce(rowsOf[person], waveOfRow[row], time, times.values[row]);
    rowsOf[person][waveOfRow[row]] = row;
  }
  return {
    waves: planned,
    ...onlySeen(rowsOf, labels, grouping.codes),
    waveOfRow: Int32Array.from(waveOfRow),
  };
}

function onlySeen(rowsOf: readonly Int32Array[], labels: readonly string[], codes: Int32Array) {
  const placeOf = new Int32Array(rowsOf.length).fill(-1);
  const people: PersonWaves[] = [];
  rowsOf.forEach((rows, person) => {
    const first = rows.findIndex((row) => row >= 0);
    if (first < 0) return;
    placeOf[person] = people.length;
    people.push({ label: labels[person], rows, first, last: rows.findLastIndex((row) => row >= 0) });
  });
  const personOfRow = codes.map((code) => (code < 0 ? -1 : placeOf[code]));
  return { people, neverSeen: rowsOf.length - people.length, personOfRow };
}

/** The means of the outcome at each wave, of people with the same last wave: the curves that end together. */
export interface LastWaveMeans {
  readonly lastWave: number;
  readonly people: number;
  readonly means: readonly {
    readonly wave: number;
    /** Waves before the last one seen: 0 at the last. */
    readonly before: number;
    readonly n: number;
    readonly mean: number;
    /** Null for one person. */
    readonly stdError: number | null;
  }[];
}

function meanOf(values: readonly number[]): { n: number; mean: number; stdError: number | null } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, stdError: n < 2 ? null : Math.sqrt(squares / (n - 1) / n) };
}

/**
 * The outcome's mean at each wave by the last wave seen. Curves that differ before they end say that those who
 * leave were different while they were seen; they cannot say what happened after.
 */
export function meansByLastWave(table: Table, outcome: string, { waves, people }: FollowUp): LastWaveMeans[] {
  const { values } = requireNumbers(columnOf(table, outcome), outcome, "as the outcome");
  return waves.flatMap((lastWave, last) => {
    const group = people.filter((person) => person.last === last);
    if (group.length === 0) return [];
    const means = waves.slice(0, last + 1).flatMap((wave, place) => {
      const found = group.flatMap(({ rows }) => (rows[place] >= 0 ? [values[rows[place]]] : []));
      return found.length === 0 ? [] : [{ wave, before: last - place, ...meanOf(found) }];
    });
    return [{ lastWave, people: group.length, means }];
  });
}
