import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { filterTable } from "@longwave/stats";
import { csvRelation } from "./duckdb/csv-relation.ts";
import { Database, type DatabaseOptions } from "./duckdb/database.ts";
import { duckdbRelation } from "./duckdb/duckdb-relation.ts";
import { parquetRelation } from "./duckdb/parquet-relation.ts";
import { readColumns } from "./duckdb/read-columns.ts";
import { SourceError } from "./errors.ts";
import { readCsvHeader } from "./formats/csv-header.ts";
import { type FileFormat, inspectFile } from "./formats/inspect-file.ts";
import { alikeTexts } from "./panel/duplicates.ts";
import { panelSummer } from "./panel/panel-sums.ts";
import { chosenRelation } from "./panel/where-sql.ts";
import { wideSummer } from "./panel/wide-sums.ts";
import { describedColumns, type Relation, type RelationColumn } from "./relation.ts";
import { requestedColumns } from "./request.ts";
import type { Source } from "./source.ts";

/**
 * A CSV (also gzip or zstd), Parquet or DuckDB file as a source, or many Parquet files; rows keep their order.
 *
 * In CSV an empty cell and NA are missing. Dates count as days since 1970-01-01.
 *
 * @param path  one file; `folder/*.parquet` for all of them in the order of their names; `study.duckdb?table=NAME` for
 *   a table of a DuckDB file, which may be left out where there is one.
 * @param options.watcher  is told of what takes time, and can end it.
 * @throws SourceError when the file is missing, empty, broken or not a data file.
 */
export async function openFile(path: string, options: DatabaseOptions = {}): Promise<Source> {
  const place = await placeOf(path);
  const format = await inspectFile(place.files[0] ?? path);
  const database = await Database.open(options);
  try {
    return fileSource(path, database, await relationOf(database, path, { ...place, ...format }));
  } catch (error) {
    database.close();
    throw error;
  }
}

interface FilePlace {
  readonly files: readonly string[];
  /** The table of a DuckDB file; undefined where none was named. */
  readonly table: string | undefined;
}

/** The files that an argument names: itself where there is one of that very name. */
async function placeOf(path: string): Promise<FilePlace> {
  const exists = await stat(path).catch(() => undefined);
  const [, file = "", table] = /^(.+)\?table=(.+)$/s.exec(path) ?? [];
  if (exists === undefined && table !== undefined) return { files: [file], table };
  if (exists === undefined && /[*?]/.test(path)) return { files: await filesLike(path), table: undefined };
  return { files: [path], table: undefined };
}

/** The files of a folder whose names are like a pattern, by name; only the last part may be one. */
async function filesLike(pattern: string): Promise<string[]> {
  const parts = basename(pattern).split(/([*?])/);
  const escaped = parts.map((part) =>
    part === "*" ? ".*" : part === "?" ? "." : part.replace(/[\\^$.|+()[\]{}]/g, "\\$&"),
  );
  const like = new RegExp(`^${escaped.join("")}$`, "s");
  const names = await readdir(dirname(pattern)).catch(() => []);
  const found = names.filter((name) => like.test(name)).sort((a, b) => (a < b ? -1 : 1));
  if (found.length > 0) return found.map((name) => join(dirname(pattern), name));
  throw new SourceError(
    "source.no-file",
    `Expected files like ${pattern}; there are none. Check the spelling and the folder you are in.`,
  );
}

async function relationOf(
  database: Database,
  path: string,
  { files, table, kind, compression }: FilePlace & FileFormat,
): Promise<Relation> {
  const [file = path] = files;
  if (kind === "parquet") return parquetRelation(database, files, path);
  if (kind === "duckdb") return duckdbRelation(database, file, table);
  if (files.length > 1) {
    throw new SourceError(
      "source.parquet",
      `Expected Parquet files where several are named; found CSV: ${file}. Join them to one file, or write them as Parquet.`,
    );
  }
  const lines = compression === "zstd" ? { lines: () => database.zstdLines(file) } : {};
  const place = { path: file, gzip: compression === "gzip", ...lines };
  return csvRelation(database, place, await readCsvHeader(place));
}

function fileSource(path: string, database: Database, relation: Relation): Source {
  return {
    name: path,
    describe: async () => ({
      nrows: relation.nrows,
      columns: describedColumns(relation),
    }),
    async fitData(request) {
      const columns = requestedColumns(path, relation.columns, request) as readonly RelationColumn[];
      const { where, once } = request;
      if (once !== undefined) {
        const chosen = chosenRelation(relation, request, database.dialect);
        return { kind: "rows", table: await readColumns(database, await counted(database, chosen), columns) };
      }
      const table = await readColumns(database, relation, columns);
      return { kind: "rows", table: where === undefined ? table : filterTable(table, where) };
    },
    panel: panelSummer(database, relation),
    wide: wideSummer(database, relation),
    alike: (column) => alikeTexts(database, relation, column),
    close: async () => database.close(),
  };
}

/** A relation that keeps some rows, with how many. */
async function counted(database: Database, relation: Relation): Promise<Relation> {
  const [[nrows] = []] = await database.rows(`select count(*) from ${relation.from}`);
  return { ...relation, nrows: Number(nrows) };
}
