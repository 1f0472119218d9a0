import type { DataColumn, DataTable } from "../dataset/types.ts";
import { type CsvCell, csvText } from "./csv.ts";

/** What is written beside a column that can be missing: a column of reasons, or nothing. */
export interface TableCsvOptions {
  readonly reasons: "beside" | "left-out";
}

/** The name of the column that says why values of `column` are missing. */
export function reasonColumnName(column: string): string {
  return `${column}__missing`;
}

/**
 * A data table as CSV: one line a row, missing values empty, columns in the table's order.
 *
 * With reasons beside (the default), a column that can be missing is followed by `NAME__missing`, which says why a
 * value is not there and is empty where there is one. The same table always gives the same bytes.
 */
export function dataTableCsv(
  table: Pick<DataTable, "nrows" | "columns">,
  options: TableCsvOptions = { reasons: "beside" },
): string {
  const columns = table.columns.flatMap((column) => withReasons(column, options));
  return csvText(
    columns.map(({ name }) => name),
    rowsOf(columns, table.nrows),
  );
}

/** A table for reading by eye and machine at once: names and cells of each column. */
interface CsvColumn {
  readonly name: string;
  readonly cells: readonly CsvCell[];
}

function withReasons(column: DataColumn, { reasons }: TableCsvOptions): readonly CsvColumn[] {
  const values = { name: column.name, cells: column.values };
  if (reasons === "left-out" || column.missing === undefined) return [values];
  return [values, { name: reasonColumnName(column.name), cells: column.missing }];
}

function* rowsOf(columns: readonly CsvColumn[], nrows: number): Generator<readonly CsvCell[]> {
  for (let row = 0; row < nrows; row += 1) yield columns.map(({ cells }) => cells[row] ?? null);
}
