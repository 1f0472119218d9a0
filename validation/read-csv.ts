import { type Column, createTable, factorColumn, numericColumn, type Table } from "@longwave/stats";
import Papa from "papaparse";

function columnOf(cells: readonly string[]): Column {
  const values = cells.map((cell) => (cell === "" || cell === "NA" ? null : cell));
  const numeric = values.every((value) => value === null || Number.isFinite(Number(value)));
  return numeric
    ? numericColumn(values.map((value) => (value === null ? null : Number(value))))
    : factorColumn(values);
}

/** A CSV with a header as a table: empty and NA cells are missing, columns with any other text are factors. */
export function readCsv(text: string): Table {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const names = meta.fields ?? [];
  const columns = names.map((name): [string, Column] => [name, columnOf(data.map((row) => row[name] ?? ""))]);
  return createTable(Object.fromEntries(columns));
}
