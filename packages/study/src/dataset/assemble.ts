import type { TextVersion } from "../amendments/collected.ts";
import { sha256 } from "../canonical/sha256.ts";
import { protocolHash } from "../protocol/hash.ts";
import type { Protocol } from "../protocol/types.ts";
import { columnNames } from "../protocol/variables.ts";
import type { CellValue, Grid } from "../scoring/grid.ts";
import { buildCodebook } from "./codebook.ts";
import { personLevelNames } from "./person-level.ts";
import type { DataColumn, Dataset, DatasetFlow, DataTable, PersonRecord } from "./types.ts";

/** The pieces of a dataset before they become tables. */
export interface DatasetParts {
  readonly protocol: Protocol;
  readonly people: readonly PersonRecord[];
  readonly grid: Grid;
  readonly event: DataTable;
  readonly upToSeq: number;
  readonly erasureSeq?: number;
  /** People who agreed to take part; a file of answers holds only such people. */
  readonly consented: number;
  /** The text in force, by which the dataset is named; absent: `protocol`. */
  readonly named?: Protocol;
  readonly versions?: readonly TextVersion[];
}

/** The tables, codebook, flow and hash of a filled grid. */
export function assembleDataset(parts: DatasetParts): Dataset {
  const { protocol, people, grid, event, upToSeq, erasureSeq = 0, consented } = parts;
  const personWave = personWaveTable(protocol, grid);
  const person = personTable(protocol, people, grid);
  const { named = protocol } = parts;
  const identity = { id: named.id, version: named.version, hash: protocolHash(named) };
  return {
    protocol: identity,
    upToSeq,
    ...(erasureSeq > 0 ? { erasureSeq } : {}),
    hash: hashOf(identity.hash, [person, personWave, event]),
    person,
    personWave,
    event,
    codebook: buildCodebook(protocol, parts.versions),
    flow: flowOf(people, grid, consented),
  };
}

function personWaveTable(protocol: Protocol, grid: Grid): DataTable {
  const cells = grid.done.flatMap((done, cell) => (done ? [cell] : []));
  const nWaves = grid.waves.length;
  const id: DataColumn = {
    name: "id",
    kind: "text",
    values: cells.map((cell) => grid.people[Math.floor(cell / nWaves)] ?? null),
  };
  const names = columnNames(protocol).filter((name) => name !== "id");
  return {
    name: "person_wave",
    nrows: cells.length,
    columns: [id, ...names.map((name) => gridColumn(grid, name, cells))],
  };
}

/** One row for each person: what does not change over the waves, and when they were invited and joined. */
function personTable(protocol: Protocol, people: readonly PersonRecord[], grid: Grid): DataTable {
  const nWaves = grid.waves.length;
  // A person without any answered wave has no cell; -1 reads as missing.
  const cells = people.map((_, p) => {
    const wave = grid.waves.findIndex((_, w) => grid.done[p * nWaves + w]);
    return wave === -1 ? -1 : p * nWaves + wave;
  });
  const number = (name: string, of: (person: PersonRecord, p: number) => number | undefined): DataColumn => ({
    name,
    kind: "number",
    values: people.map((person, p) => of(person, p) ?? null),
  });
  return {
    name: "person",
    nrows: people.length,
    columns: [
      { name: "id", kind: "text", values: people.map((person) => person.id) },
      number("invited_at", (person) => (Number.isFinite(person.invitedAt) ? person.invitedAt : undefined)),
      number("enrolled_at", (person) => person.enrolledAt),
      number("waves_answered", (_, p) => answeredWaves(grid, p)),
      ...personLevelNames(protocol).map((name) => gridColumn(grid, name, cells)),
    ],
  };
}

function gridColumn(grid: Grid, name: string, cells: readonly number[]): DataColumn {
  const column = grid.values.get(name);
  const reasons = grid.reasons.get(name);
  const values = cells.map((cell) => stored(column?.[cell]));
  const missing = cells.map((cell, row) => {
    if (values[row] !== null) return null;
    return cell < 0 ? "wave_not_done" : (reasons?.[cell] ?? "not_in_file");
  });
  const kind = values.some((value) => typeof value === "string") ? "text" : "number";
  const complete = missing.every((reason) => reason === null);
  return complete ? { name, kind, values } : { name, kind, values, missing };
}

/** A value as it stands in a table: yes is 1, no is 0, places ticked are their codes with a space between. */
function stored(value: CellValue): number | string | null {
  if (value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "object") return value;
  // A file cannot tell empty words from a missing value, so "none of these" is written out.
  return value.length === 0 ? "none" : value.join(" ");
}

function answeredWaves(grid: Grid, person: number): number {
  const nWaves = grid.waves.length;
  let count = 0;
  for (let wave = 0; wave < nWaves; wave += 1) if (grid.done[person * nWaves + wave]) count += 1;
  return count;
}

function flowOf(people: readonly PersonRecord[], grid: Grid, consented: number): DatasetFlow {
  const answered = people.map((_, p) => answeredWaves(grid, p));
  const atLeast = (n: number) => answered.filter((count) => count >= n).length;
  return {
    invited: people.length,
    consented,
    answeredOnce: atLeast(1),
    answeredTwice: atLeast(2),
    answeredAll: atLeast(grid.waves.length),
    waves: grid.waves.map((wave, w) => ({
      wave,
      answered: people.filter((_, p) => grid.done[p * grid.waves.length + w]).length,
    })),
  };
}

/** SHA-256 over the protocol's hash and each column's own, so that no text of the whole data is ever built. */
function hashOf(protocol: string, tables: readonly DataTable[]): string {
  const parts = tables.flatMap((table) => [
    `${table.name} ${table.nrows}`,
    ...table.columns.map((column) =>
      sha256(JSON.stringify([column.name, column.kind, column.values, column.missing ?? null])),
    ),
  ]);
  return sha256([protocol, ...parts].join("\n"));
}
