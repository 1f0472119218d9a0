import type { DataColumn, Dataset } from "@longwave/study";
import { csvText } from "../publication/csv.ts";

/** The person-wave table of a dataset as CSV in the protocol's own codes: one row a person and wave, empty where missing. */
export function simulatedRowsCsv(dataset: Dataset): string {
  const { columns, nrows } = dataset.personWave;
  const rows = Array.from({ length: nrows }, (_, row) =>
    columns.map((column: DataColumn) => column.values[row] ?? null),
  );
  return csvText(
    columns.map((column) => column.name),
    rows,
  );
}
