import {
  type Column,
  createTable,
  factorColumn,
  filterTable,
  numericColumn,
  type Table,
} from "@longwave/stats";
import type { DataColumn, Dataset } from "@longwave/study";
import { requestedColumns } from "./request.ts";
import type { ColumnDescription, Source } from "./source.ts";

/**
 * The person-wave table of a dataset as a source: one row for each person and wave answered. A column is made once,
 * however many models ask for it.
 */
export function datasetSource(dataset: Dataset): Source {
  const { columns, nrows } = dataset.personWave;
  const name = `the person-wave table of ${dataset.protocol.id}`;
  const described: readonly ColumnDescription[] = columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    missing: column.values.filter((value) => value === null).length,
  }));
  const made = new Map<DataColumn, Column>();
  const modelColumn = (column: DataColumn): Column => {
    const known = made.get(column) ?? columnOf(column);
    made.set(column, known);
    return known;
  };
  return {
    name,
    describe: async () => ({ nrows, columns: described }),
    async fitData(request) {
      const wanted = new Set(requestedColumns(name, described, request).map((column) => column.name));
      const chosen = columns.filter((column) => wanted.has(column.name));
      const table = createTable(
        Object.fromEntries(chosen.map((column) => [column.name, modelColumn(column)])),
      );
      return { kind: "rows", table: request.where === undefined ? table : filterTable(table, request.where) };
    },
    close: async () => {},
  };
}

/** The whole person-wave table of a dataset as models take it. */
export function datasetTable({ personWave }: Dataset): Table {
  return createTable(Object.fromEntries(personWave.columns.map((column) => [column.name, columnOf(column)])));
}

function columnOf(column: DataColumn): Column {
  if (column.kind === "text") return factorColumn(column.values as readonly (string | null)[]);
  return numericColumn(column.values as readonly (number | null)[]);
}
