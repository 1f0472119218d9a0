import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cubeRelation } from "../cube/cube-relation.ts";
import { readFooter } from "../cube/footer.ts";
import { readNotes } from "../cube/notes.ts";
import { SourceError } from "../errors.ts";
import { readCsvHeader } from "../formats/csv-header.ts";
import { type FileFormat, inspectFile } from "../formats/inspect-file.ts";
import type { Relation } from "../relation.ts";
import { csvRelation } from "./csv-relation.ts";
import { Database, type DatabaseOptions } from "./database.ts";
import { duckdbRelation } from "./duckdb-relation.ts";
import { parquetRelation } from "./parquet-relation.ts";

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
  if (kind === "parquet") {
    const footer = await readFooter(file);
    const notes = footer && readNotes(footer, file);
    if (!footer || !notes) return parquetRelation(database, files, path);
    if (files.length === 1) return cubeRelation(footer, file, notes);
    throw new SourceError(
      "source.cube",
      `Expected one cube; found ${files.length} files like ${path}, the first of which is one. Make one cube of all the data.`,
    );
  }
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

/** A file as a relation in a database of its own, which whoever opens it closes. */
export interface OpenedRelation extends FilePlace {
  readonly database: Database;
  readonly relation: Relation;
}

/**
 * Opens a file as `openFile` does.
 *
 * @throws SourceError when the file is missing, empty, broken or not a data file.
 */
export async function openRelation(path: string, options: DatabaseOptions): Promise<OpenedRelation> {
  const place = await placeOf(path);
  const format = await inspectFile(place.files[0] ?? path);
  const database = new Database(options);
  try {
    return { database, ...place, relation: await relationOf(database, path, { ...place, ...format }) };
  } catch (error) {
    database.close();
    throw error;
  }
}
