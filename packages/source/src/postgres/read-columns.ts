import { type Column, createTable, factorColumn, numericColumn, type Table } from "@longwave/stats";
import { notFinite } from "../errors.ts";
import type { Relation, RelationColumn } from "../relation.ts";
import type { PostgresSession } from "./session.ts";

/** The given columns of a table, rows in the order in which the database gives them. */
export async function readTableColumns(
  session: PostgresSession,
  relation: Relation,
  columns: readonly RelationColumn[],
): Promise<Table> {
  if (columns.length === 0) return { nrows: relation.nrows, columns: {} };
  const expressions = columns.map(({ sql }) => sql).join(", ");
  const values: unknown[][] = columns.map(() => []);
  await session.each(
    `select ${expressions} from ${relation.from}`,
    { doing: "reading the rows", size: { amount: relation.nrows, unit: "rows" } },
    (rows) => {
      for (const row of rows) for (let c = 0; c < values.length; c++) values[c]?.push(row[c]);
    },
  );
  return createTable(
    Object.fromEntries(columns.map((column, c) => [column.name, columnOf(column, values[c] ?? [])])),
  );
}

function columnOf({ kind, name }: RelationColumn, values: readonly unknown[]): Column {
  if (kind === "text") return factorColumn(values.map((value) => (value === null ? null : String(value))));
  return numericColumn(
    values.map((value, row) => {
      if (value === null || Number.isNaN(value)) return null;
      const number = Number(value);
      if (!Number.isFinite(number)) throw notFinite(name, row);
      return number;
    }),
  );
}
