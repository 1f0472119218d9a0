import { type Column, createTable, factorColumn, type Table } from "@longwave/stats";
import type { Spread } from "./spread.ts";

/** Where each long row comes from: the row of the person, and the place of the wave. */
interface LongRows {
  readonly person: Int32Array;
  readonly place: Uint8Array;
}

/** Whether each person has a row at each wave, by persons. */
function isPresent(table: Table, { series, mask }: Spread): (person: number, place: number) => boolean {
  const bits = mask === null ? undefined : table.columns[mask];
  if (bits?.kind === "numeric")
    return (person, place) => Math.floor((bits.values[person] ?? 0) / 2 ** place) % 2 === 1;
  const all = Object.values(series).map((own) =>
    own.map((name) => (name === null ? undefined : table.columns[name])?.missing),
  );
  return (person, place) => all.some((own) => own[place]?.[person] === 0);
}

function longRows(table: Table, spread: Spread): LongRows {
  const present = isPresent(table, spread);
  const person: number[] = [];
  const place: number[] = [];
  for (let who = 0; who < table.nrows; who++) {
    for (let wave = 0; wave < spread.waves.length; wave++) {
      if (!present(who, wave)) continue;
      person.push(who);
      place.push(wave);
    }
  }
  return { person: Int32Array.from(person), place: Uint8Array.from(place) };
}

/** One long column out of those of its waves; where there is none, nothing was observed. */
function seriesColumn(columns: readonly (Column | undefined)[], { person, place }: LongRows): Column {
  const nrows = person.length;
  const missing = new Uint8Array(nrows).fill(1);
  if (columns.some((column) => column?.kind === "factor")) {
    const texts = columns.flatMap((column) => (column?.kind === "factor" ? column.levels : []));
    const { levels } = factorColumn(texts);
    const rank = new Map(levels.map((level, at) => [level, at]));
    const codes = new Int32Array(nrows);
    const newCode = columns.map((column) =>
      column?.kind === "factor" ? column.levels.map((level) => rank.get(level) ?? 0) : [],
    );
    for (let row = 0; row < nrows; row++) {
      const [who, at] = [person[row] ?? 0, place[row] ?? 0];
      const column = columns[at];
      if (column?.kind !== "factor" || column.missing[who] !== 0) continue;
      codes[row] = newCode[at]?.[column.codes[who] ?? 0] ?? 0;
      missing[row] = 0;
    }
    return { kind: "factor", codes, levels, missing };
  }
  const values = new Float64Array(nrows).fill(Number.NaN);
  for (let row = 0; row < nrows; row++) {
    const who = person[row] ?? 0;
    const column = columns[place[row] ?? 0];
    if (column?.kind !== "numeric" || column.missing[who] !== 0) continue;
    values[row] = column.values[who] ?? Number.NaN;
    missing[row] = 0;
  }
  return { kind: "numeric", values, missing };
}

/** The columns of the table that its long rows need, for the long columns asked for. */
export function storedNames({ id, time, series, mask }: Spread, names: readonly string[]): string[] {
  const rows = mask === null ? Object.values(series).flat() : [mask];
  const own = names.flatMap((name) => series[name] ?? (name === time ? [] : [name]));
  return [...new Set([...rows, ...own])].filter(
    (name) => name !== null && (name !== id || own.includes(id)),
  ) as string[];
}

/**
 * A table with one row for each person as one with a row for each person and wave, by person and then by wave.
 *
 * @param names  the long columns wanted; the id need not be a column of the table, then people are numbered.
 */
export function turnLong(table: Table, spread: Spread, names: readonly string[]): Table {
  const rows = longRows(table, spread);
  const columnOf = (name: string): Column => {
    const own = spread.series[name];
    if (own !== undefined)
      return seriesColumn(
        own.map((column) => (column === null ? undefined : table.columns[column])),
        rows,
      );
    const none = new Uint8Array(rows.person.length);
    if (name === spread.time)
      return {
        kind: "numeric",
        values: Float64Array.from(rows.place, (place) => spread.waves[place] ?? Number.NaN),
        missing: none,
      };
    const column = table.columns[name];
    if (column === undefined)
      return { kind: "numeric", values: Float64Array.from(rows.person, (who) => who + 1), missing: none };
    return seriesColumn(
      spread.waves.map(() => column),
      rows,
    );
  };
  return createTable(Object.fromEntries(names.map((name) => [name, columnOf(name)])));
}
