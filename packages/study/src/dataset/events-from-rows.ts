import { StudyError, type StudyProblem } from "../errors.ts";
import type { Protocol } from "../protocol/types.ts";
import { eventItems } from "../protocol/variables.ts";
import type { CellValue } from "../scoring/grid.ts";
import { eventColumnNames } from "./event-table.ts";
import { type ReadColumn, readFileColumns } from "./file-columns.ts";
import type { ColumnMapping, DataColumn, DataTable } from "./types.ts";

export interface EventRowsInput {
  readonly protocol: Protocol;
  /** A file with one row for each session and each rest. */
  readonly columns: readonly DataColumn[];
  readonly mapping: ColumnMapping | undefined;
  /** The people of the rows by wave. */
  readonly people: readonly string[];
}

/**
 * The event table of a file: `id`, `event` (which instrument), and the items by their names in the protocol. Without
 * `occurrence` a person's rows are counted in the order of the file.
 *
 * @throws StudyError `dataset.missing-column`, `dataset.unknown-code`, `dataset.uneven-columns`,
 *   `dataset.unknown-person` when the file is of other people altogether
 */
export function eventsFromRows(input: EventRowsInput): DataTable {
  const { protocol, columns, mapping, people } = input;
  const { read, problems } = readFileColumns(protocol, columns, mapping, "event");
  const all = [...problems, ...missingColumns(read, columns), ...strangersOnly(read, people)];
  if (all.length > 0) throw new StudyError(all);
  const nrows = columns[0]?.values.length ?? 0;
  const table = eventColumnNames(protocol).map((name) => {
    if (name === "occurrence" && !read.has(name)) return counted(read.get("id"));
    return tableColumn(protocol, name, { column: read.get(name), nrows });
  });
  return { name: "event", nrows, columns: table };
}

function missingColumns(
  read: ReadonlyMap<string, ReadColumn>,
  columns: readonly DataColumn[],
): readonly StudyProblem[] {
  const inFile = columns.map(({ name }) => name).join(", ");
  return ["id", "event"].flatMap((name) =>
    read.get(name)?.values.every((value) => value !== undefined) === true
      ? []
      : [
          {
            code: "dataset.missing-column" as const,
            path: [name],
            expected: `a column “${name}” with a value in every row of the sessions and rests`,
            found: read.has(name) ? "rows without one" : inFile,
            remedy: "Say of every row whose it is, and whether it is a session or a rest.",
          },
        ],
  );
}

/** People may log sessions and answer no wave; a file in which nobody is known is another file. */
function strangersOnly(
  read: ReadonlyMap<string, ReadColumn>,
  people: readonly string[],
): readonly StudyProblem[] {
  const known = new Set<CellValue>(people);
  const ids = read.get("id")?.values ?? [];
  if (ids.length === 0 || ids.some((id) => known.has(id))) return [];
  return [
    {
      code: "dataset.unknown-person",
      path: ["id"],
      expected: `people of the rows by wave, such as ${people.slice(0, 3).join(", ")}`,
      found: `none of them; the first is “${String(ids[0])}”`,
      remedy: "Give the sessions and rests of the same people, with the same codes.",
    },
  ];
}

function counted(ids: ReadColumn | undefined): DataColumn {
  const seen = new Map<CellValue, number>();
  const values = (ids?.values ?? []).map((id) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return String(count);
  });
  return { name: "occurrence", kind: "text", values };
}

function tableColumn(
  protocol: Protocol,
  name: string,
  { column, nrows }: { readonly column: ReadColumn | undefined; readonly nrows: number },
): DataColumn {
  const values = Array.from({ length: nrows }, (_, row) => plain(column?.values[row]));
  const isText = name === "id" || name === "event" || values.some((value) => typeof value === "string");
  const kind = isText ? ("text" as const) : ("number" as const);
  if (!eventItems(protocol).has(name) && values.every((value) => value !== null))
    return { name, kind, values };
  const reason = column === undefined ? "not_in_file" : "not_answered";
  return { name, kind, values, missing: values.map((value) => (value === null ? reason : null)) };
}

function plain(value: CellValue): number | string | null {
  if (value === undefined) return null;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "object" ? value.join(" ") : value;
}
