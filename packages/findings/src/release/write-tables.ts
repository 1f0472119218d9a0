import type { DataColumn, Dataset, DataTable } from "@longwave/study";
import type { Ladder, Rung } from "./people/ladder.ts";
import { firstDays } from "./values/calendar.ts";
import { columnFrom, columnOf, idsOf } from "./values/table.ts";
import type { ReleaseVariables } from "./variables.ts";

type Tables = Pick<Dataset, "person" | "personWave" | "event">;

/** What the released tables are written from. */
export interface WrittenFrom {
  /** Rows of the people released, in their order, with their own ids and calendars. */
  readonly values: Tables;
  readonly people: readonly string[];
  readonly shifts: ReadonlyMap<string, number>;
  readonly variables: ReleaseVariables;
  readonly ladders: readonly Ladder[];
  readonly told: readonly Rung[];
  readonly rare: ReadonlySet<string>;
}

/** The tables of a release: new numbers for ids, moved calendars, quasi-identifiers as told, the rest as it stands. */
export function releasedTables(from: WrittenFrom): Tables {
  const numbers = newNumbers(from.people);
  return {
    person: personTable(from, numbers),
    personWave: personWaveTable(from, numbers),
    event: eventTable(from, numbers),
  };
}

/** A running number in the drawn order. */
function newNumbers(people: readonly string[]): ReadonlyMap<string, string> {
  const width = Math.max(4, String(people.length).length);
  return new Map(people.map((id, place) => [id, `P${String(place + 1).padStart(width, "0")}`]));
}

function personTable(from: WrittenFrom, numbers: ReadonlyMap<string, string>): DataTable {
  const { values, people, shifts, variables } = from;
  const rows = new Map<string, number>();
  idsOf(values.personWave).forEach((id, row) => {
    if (!rows.has(id)) rows.set(id, row);
  });
  const firstRow = people.map((id) => rows.get(id) ?? -1);
  const at = (column: DataColumn): DataColumn =>
    columnFrom(
      column.name,
      firstRow.map((row) => column.values[row] ?? null),
      firstRow.map((row) => column.missing?.[row] ?? null),
    );
  const columns = [
    { name: "id", kind: "text" as const, values: people.map((id) => numbers.get(id) ?? null) },
    ...quasiColumns(from),
    moved(at(columnOf(values.personWave, "enrolled_day")), people, shifts),
    columnOf(values.person, "waves_answered"),
    ...variables.person.map((name) => at(columnOf(values.personWave, name))),
  ];
  return { name: "person", nrows: people.length, columns: columns.filter(isThere) };
}

/** What is told of each quasi-identifier; one that tells nothing has no column. */
function quasiColumns({ ladders, told }: WrittenFrom): readonly DataColumn[] {
  return ladders.flatMap(({ name }, variable) => {
    const rung = told[variable];
    if (rung === undefined || rung.categories.length === 1) return [];
    const cells = [...rung.codes].map((code) => rung.categories[code]);
    return [
      columnFrom(
        name,
        cells.map((cell) => cell?.value ?? null),
        cells.map((cell) => cell?.missing ?? null),
      ),
    ];
  });
}

function personWaveTable(from: WrittenFrom, numbers: ReadonlyMap<string, string>): DataTable {
  const { values, shifts, variables } = from;
  const table = values.personWave;
  const ids = idsOf(table);
  const columns = [
    { name: "id", kind: "text" as const, values: ids.map((id) => numbers.get(id) ?? null) },
    columnOf(table, "wave"),
    columnOf(table, "late"),
    moved(columnOf(table, "answered_day"), ids, shifts),
    ...variables.wave.map((name) => columnOf(table, name)),
  ];
  return { ...table, columns: columns.filter(isThere) };
}

/** A file need not hold every column; one that nobody has a value of and that was not in the file is left out. */
function isThere({ values, missing }: DataColumn): boolean {
  if (values.length === 0) return false;
  return values.some((value, row) => value !== null || (missing?.[row] ?? "not_in_file") !== "not_in_file");
}

function moved(column: DataColumn, ids: readonly string[], shifts: ReadonlyMap<string, number>): DataColumn {
  const values = column.values.map((day, row) =>
    typeof day === "number" ? day + (shifts.get(ids[row] ?? "") ?? 0) : day,
  );
  return { ...column, values };
}

const MS_A_DAY = 86_400_000;

/** Sessions and rest prompts: numbered within a person and kind, with the week since enrolment and no time. */
function eventTable({ values, rare }: WrittenFrom, numbers: ReadonlyMap<string, string>): DataTable {
  const table = values.event;
  const ids = idsOf(table);
  const kinds = columnOf(table, "event").values;
  const at = columnOf(table, "answered_at").values;
  const first = firstDays(values.personWave);
  const counts = new Map<string, number>();
  const occurrence = ids.map((id, row) => {
    const key = `${kinds[row]} ${id}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  });
  const weeks = ids.map((id, row) => {
    const start = first.get(id);
    const time = at[row];
    if (start === undefined || typeof time !== "number") return null;
    return Math.floor((Math.floor(time / MS_A_DAY) - start) / 7);
  });
  const own = new Set(["id", "event", "occurrence", "answered_at"]);
  const columns: readonly DataColumn[] = [
    { name: "id", kind: "text", values: ids.map((id) => numbers.get(id) ?? null) },
    { name: "event", kind: "text", values: kinds },
    { name: "occurrence", kind: "number", values: occurrence },
    columnFrom(
      "week",
      weeks,
      weeks.map((week) => (week === null ? "not_in_file" : null)),
    ),
    ...table.columns.filter(({ name }) => !own.has(name) && !rare.has(name)),
  ];
  return { ...table, columns };
}
