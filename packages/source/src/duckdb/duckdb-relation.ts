import { SourceError } from "../errors.ts";
import { nearestName } from "../nearest-name.ts";
import type { Relation } from "../relation.ts";
import { sqlName, sqlText } from "../sql.ts";
import type { Database } from "./database.ts";
import { typedRelation } from "./parquet-relation.ts";

/**
 * A table or view of a DuckDB file as a relation; the file is opened for reading only.
 *
 * @param table  may be left out where the file has one.
 * @throws SourceError `source.duckdb`, `source.no-table`, `source.header-only`
 */
export async function duckdbRelation(
  database: Database,
  path: string,
  table: string | undefined,
): Promise<Relation> {
  await database.rows(`attach ${sqlText(path)} as study (read_only)`).catch((cause) => {
    throw unreadable(path, cause);
  });
  const listed = await database.rows(
    "select table_name from information_schema.tables where table_catalog = 'study' and table_schema = 'main' order by 1",
  );
  const names = listed.map(([name]) => String(name));
  const [only] = names;
  const wanted = table ?? (names.length === 1 ? only : undefined);
  if (wanted === undefined || !names.includes(wanted)) throw noTable(path, table, names);
  const name = `${wanted} in ${path}`;
  return typedRelation(database, { name, from: `study.main.${sqlName(wanted)}` }, (cause) =>
    unreadable(path, cause),
  );
}

function noTable(path: string, table: string | undefined, names: readonly string[]): SourceError {
  const nearest = table === undefined ? undefined : nearestName(table, names);
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const expected =
    table === undefined ? `the name of a table, as in ${path}?table=NAME` : `a table called "${table}"`;
  const found = names.length === 0 ? "no tables" : `the tables ${names.slice(0, 20).join(", ")}`;
  return new SourceError(
    "source.no-table",
    `Expected ${expected}; ${path} has ${found}.${hint} Name one of them.`,
  );
}

function unreadable(path: string, cause: unknown): SourceError {
  const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  return new SourceError(
    "source.duckdb",
    `Expected a DuckDB file that can be read; ${path} cannot be: ${reason}. Close the program that writes to it, or copy the file.`,
  );
}
