import { compareCodePoints } from "../canonical/json.ts";
import { StudyError, type StudyProblem } from "../errors.ts";
import type { Protocol } from "../protocol/types.ts";
import { columnOf, type Grid } from "../scoring/grid.ts";
import { scoreInto } from "../scoring/score.ts";
import { arrangedBy } from "./arranged-by.ts";
import { assembleDataset } from "./assemble.ts";
import { eventsFromRows } from "./events-from-rows.ts";
import { mapRemedy, type ReadColumn, readFileColumns } from "./file-columns.ts";
import { askedItemsOf, settleItemsInto } from "./fill-grid.ts";
import { missingNeeds } from "./needs.ts";
import { fillStraightLinedInto } from "./straight-lined.ts";
import type { ColumnMapping, DataColumn, Dataset } from "./types.ts";

/** A rectangular file: one row for each person and wave. */
export interface RowsInput {
  readonly protocol: Protocol;
  readonly columns: readonly DataColumn[];
  readonly mapping?: ColumnMapping;
  /** The columns of another file: one row for each session and each rest. */
  readonly events?: readonly DataColumn[];
}

/** The columns of a file as variables of the protocol, by name. */
export type Columns = ReadonlyMap<string, ReadColumn>;

/**
 * The same dataset from a rectangular file, items or scores by their names in the protocol or as mapped.
 *
 * A score that is in the file is taken as given; the others are computed. Codes the protocol does not know are
 * listed, never changed. Every row is a wave answered: leave out those that were not.
 * @throws StudyError `dataset.missing-column`, `dataset.unknown-code`, `dataset.duplicate-row`,
 *   `dataset.uneven-columns`, `mapping.unknown-name`
 */
export function datasetFromRows({ protocol, mapping, events, ...file }: RowsInput): Dataset {
  const columns = arrangedBy(mapping, file.columns);
  const { read, problems } = readFileColumns(protocol, columns, mapping);
  // A variable whose mapping is wrong has its own problem already.
  const named = new Set([...read.keys(), ...Object.keys(mapping?.columns ?? {})]);
  const all = [...problems, ...checkNeeds(protocol, columns, named)];
  if (all.length > 0) throw new StudyError(all);
  const layout = layOut(protocol, read);
  const grid = fillGrid(protocol, read, layout);
  const items = askedItemsOf(protocol);
  settleItemsInto(grid, items, (asked) => (read.has(asked.item.id) ? "not_answered" : "not_in_file"));
  if (!read.has("straight_lined")) fillStraightLinedInto(grid, protocol, items);
  scoreInto(grid, protocol);
  const people = grid.people.map((id) => ({ id, invitedAt: Number.NaN }));
  const event =
    events === undefined
      ? { name: "event" as const, nrows: 0, columns: [] }
      : eventsFromRows({ protocol, columns: events, mapping, people: grid.people });
  return assembleDataset({ protocol, people, grid, event, upToSeq: 0, consented: people.length });
}

function checkNeeds(
  protocol: Protocol,
  columns: readonly DataColumn[],
  given: ReadonlySet<string>,
): readonly StudyProblem[] {
  const inFile = columns.map((column) => column.name);
  return missingNeeds(protocol, given).map(({ name, instead }): StudyProblem => {
    const other = instead.length === 0 ? "" : `, or those it is computed from (${instead.join(", ")})`;
    return {
      code: "dataset.missing-column",
      path: [name],
      expected: `a column “${name}”${other}`,
      found: inFile.length === 0 ? "no columns" : inFile.join(", "),
      remedy: mapRemedy(name, inFile),
    };
  });
}

/** Where each row of the file stands in the grid: its person and wave, or -1 when it has no id or wave. */
export interface Layout {
  readonly people: readonly string[];
  readonly cells: readonly number[];
}

/**
 * Which person and wave each row is about.
 *
 * @throws StudyError `dataset.duplicate-row`
 */
export function layOut(protocol: Protocol, read: Columns): Layout {
  const ids = read.get("id")?.values ?? [];
  const waves = read.get("wave")?.values ?? [];
  const people = [...new Set(ids.flatMap((id) => (typeof id === "string" ? [id] : [])))].sort(
    compareCodePoints,
  );
  const place = new Map(people.map((id, p) => [id, p]));
  const cells = ids.map((id, row) => {
    const wave = waves[row];
    const person = typeof id === "string" ? place.get(id) : undefined;
    return person === undefined || typeof wave !== "number" ? -1 : person * protocol.waves.length + wave - 1;
  });
  checkRows(cells, ids, waves);
  return { people, cells };
}

function checkRows(cells: readonly number[], ids: readonly unknown[], waves: readonly unknown[]): void {
  const seen = new Set<number>();
  const twice = cells.flatMap((cell, row) => {
    if (cell === -1) return [`row ${row + 1} has no id or no wave`];
    if (seen.has(cell)) return [`row ${row + 1}: person ${ids[row]}, wave ${waves[row]} again`];
    seen.add(cell);
    return [];
  });
  if (twice.length === 0) return;
  throw new StudyError([
    {
      code: "dataset.duplicate-row",
      path: ["wave"],
      expected: "one row for each person and wave",
      found: twice.slice(0, 5).join("; ") + (twice.length > 5 ? `; and ${twice.length - 5} more` : ""),
      remedy: "Keep one of the rows, or say with a mapping which columns hold the person and the wave.",
    },
  ]);
}

function fillGrid(protocol: Protocol, read: Columns, { people, cells }: Layout): Grid {
  const waves = protocol.waves.map((wave) => wave.id);
  const done = new Array<boolean>(people.length * waves.length).fill(false);
  for (const cell of cells) done[cell] = true;
  const grid: Grid = { people, waves, done, values: new Map(), reasons: new Map() };
  for (const [name, column] of read) {
    if (name === "id") continue;
    const { values, reasons } = columnOf(grid, name);
    cells.forEach((cell, row) => {
      const value = column.values[row];
      values[cell] = value;
      if (value === undefined) reasons[cell] = "not_answered";
    });
  }
  fillDefaultsInto(grid, read);
  return grid;
}

/** A file seldom says when a wave closed: then no row is late. */
function fillDefaultsInto(grid: Grid, read: Columns): void {
  if (read.has("late")) return;
  const { values } = columnOf(grid, "late");
  grid.done.forEach((done, cell) => {
    if (done) values[cell] = 0;
  });
}
