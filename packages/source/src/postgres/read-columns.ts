import { type Column, createTable, factorColumn, numericColumn, type Table } from "@longwave/stats";
import { notFinite } from "../errors.ts";
import type { Relation, RelationColumn } from "../relation.ts";
import type { PostgresSession } from "./session.ts";

const ROWS_AT_ONCE = 20_000;

/** The given columns of a table, rows in the order in which the database gives them. */
export async function readTableColumns(
  session: PostgresSession,
  relation: Relation,
  columns: readonly RelationColumn[],
): Promise<Table> {
  if (columns.length === 0) return { nrows: relation.nrows, columns: {} };
  const expressions = columns.map(({ sql }) => sql).join(", ");
  await session.rows(
    `declare longwave_rows no scroll cursor for select ${expressions} from ${relation.from}`,
  );
  const values: unknown[][] = columns.map(() => []);
  const about = { doing: "reading the rows", size: { amount: relation.nrows, unit: "rows" } } as const;
  const read = () => (values[0]?.length ?? 0) / relation.nrows;
  await session.watch(about, () => fetchInto(values, session), read);
  await session.rows("close longwave_rows");
  return createTable(
    Object.fromEntries(columns.map((column, c) => [column.name, columnOf(column, values[c] ?? [])])),
  );
}

async function fetchInto(values: readonly unknown[][], session: PostgresSession): Promise<void> {
  for (;;) {
    const rows = await session.rows(`fetch ${ROWS_AT_ONCE} from longwave_rows`);
    for (const row of rows) for (let c = 0; c < values.length; c++) values[c]?.push(row[c]);
    if (rows.length < ROWS_AT_ONCE) return;
  }
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
