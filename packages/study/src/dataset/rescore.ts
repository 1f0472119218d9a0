import type { Protocol } from "../protocol/types.ts";
import { waveItems } from "../protocol/variables.ts";
import { type CellValue, columnOf, type Grid } from "../scoring/grid.ts";
import { scoreInto } from "../scoring/score.ts";
import type { DataColumn, DataTable, MissingReason } from "./types.ts";

/**
 * A person-wave table with the derived variables `names` computed anew from its other columns.
 *
 * For a table whose answers have been changed (made coarser, hidden): what is computed from them must follow.
 */
export function rescored(protocol: Protocol, table: DataTable, names: ReadonlySet<string>): DataTable {
  const { grid, cells } = gridOf(protocol, table, names);
  scoreInto(grid, protocol);
  const columns = table.columns.map((column) =>
    names.has(column.name) ? columnFrom(grid, column.name, cells) : column,
  );
  return { ...table, columns };
}

/** The table laid out as a grid, without the columns to compute. */
function gridOf(
  protocol: Protocol,
  table: DataTable,
  names: ReadonlySet<string>,
): { readonly grid: Grid; readonly cells: readonly number[] } {
  const column = (name: string) => table.columns.find((entry) => entry.name === name)?.values ?? [];
  const ids = column("id").map(String);
  const people = [...new Set(ids)];
  const place = new Map(people.map((id, p) => [id, p]));
  const waves = protocol.waves.map((wave) => wave.id);
  const numbers = column("wave");
  const cells = ids.map((id, row) => (place.get(id) ?? 0) * waves.length + Number(numbers[row]) - 1);
  const done = new Array<boolean>(people.length * waves.length).fill(false);
  for (const cell of cells) done[cell] = true;
  const grid: Grid = { people, waves, done, values: new Map(), reasons: new Map() };
  const lists = new Set(
    [...waveItems(protocol).values()]
      .filter(({ item }) => item.kind === "multi_choice")
      .map(({ item }) => item.id),
  );
  for (const entry of table.columns) {
    if (names.has(entry.name) || entry.name === "id") continue;
    const { values } = columnOf(grid, entry.name);
    cells.forEach((cell, row) => {
      values[cell] = cellOf(entry.values[row] ?? null, lists.has(entry.name));
    });
  }
  return { grid, cells };
}

/** The reverse of how a table stores a value: places ticked stand in it as codes with a space between. */
function cellOf(value: number | string | null, isList: boolean): CellValue {
  if (value === null) return undefined;
  if (!isList) return value;
  return value === "none" ? [] : String(value).split(" ");
}

function columnFrom(grid: Grid, name: string, cells: readonly number[]): DataColumn {
  const { values, reasons } = columnOf(grid, name);
  const cellsOf = cells.map((cell) => values[cell]);
  const missing = cells.map((cell, row): MissingReason | null =>
    cellsOf[row] === undefined ? (reasons[cell] ?? "derived_unknown") : null,
  );
  return {
    name,
    kind: "number",
    values: cellsOf.map((value) => (value === undefined ? null : Number(value))),
    ...(missing.every((reason) => reason === null) ? {} : { missing }),
  };
}
