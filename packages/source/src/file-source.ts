import { filterTable } from "@longwave/stats";
import type { DataColumn } from "@longwave/study";
import { Database, type DatabaseOptions } from "./duckdb/database.ts";
import { openRelation } from "./duckdb/open-relation.ts";
import { typedRelation } from "./duckdb/parquet-relation.ts";
import { readColumns } from "./duckdb/read-columns.ts";
import { SourceError } from "./errors.ts";
import { alikeTexts } from "./panel/duplicates.ts";
import { panelSummer } from "./panel/panel-sums.ts";
import { chosenRelation } from "./panel/where-sql.ts";
import { wideSummer } from "./panel/wide-sums.ts";
import { describedColumns, type Relation, type RelationColumn } from "./relation.ts";
import { requestedColumns } from "./request.ts";
import type { Source } from "./source.ts";
import { checkPeople } from "./spread/people.ts";
import { isSpread, type SpreadRelation } from "./spread/spread.ts";
import { spreadSource } from "./spread/spread-source.ts";
import { spreadRelation, type WideWords } from "./spread/wide-words.ts";

/** How a file is opened. */
export interface FileOptions extends DatabaseOptions {
  /** For a table with one row for each person: its series and waves. */
  readonly wide?: WideWords;
}

/**
 * A CSV (also gzip or zstd), Parquet or DuckDB file as a source, or many Parquet files; rows keep their order.
 *
 * In CSV an empty cell and NA are missing. Dates count as days since 1970-01-01.
 *
 * @param path  one file; `folder/*.parquet` for all of them in the order of their names; `study.duckdb?table=NAME` for
 *   a table of a DuckDB file, which may be left out where there is one.
 * @throws SourceError when the file is missing, empty, broken or not a data file.
 */
export async function openFile(path: string, options: FileOptions = {}): Promise<Source> {
  const { database, relation } = await openRelation(path, options);
  const reader = {
    engine: database,
    read: (columns: readonly RelationColumn[]) => readColumns(database, relation, columns),
    close: async () => database.close(),
  };
  try {
    const { wide } = options;
    if (isSpread(relation)) return await spreadSource(asCube(relation, wide), reader);
    if (wide === undefined) return fileSource(path, database, relation);
    await checkPeople(database, relation, wide.id);
    return await spreadSource(spreadRelation(relation, wide), reader);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Columns of numbers and words with their name, null where there is no value. */
export interface HeldTable {
  readonly name: string;
  readonly columns: readonly DataColumn[];
}

/**
 * A table that is in memory already as a source that can add up, as a file can; nothing of it is written anywhere as long
 * as DuckDB has room.
 */
export async function openTable(table: HeldTable, options: DatabaseOptions = {}): Promise<Source> {
  const database = new Database(options);
  try {
    await database.addTable("held", table.columns);
    const relation = await typedRelation(database, { name: table.name, from: "held" }, (cause) => {
      throw cause;
    });
    return fileSource(table.name, database, relation);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A cube says itself what its columns are. */
function asCube(relation: SpreadRelation, wide: WideWords | undefined): SpreadRelation {
  if (wide === undefined) return relation;
  throw new SourceError(
    "source.wide",
    `Expected a table without names for its columns, with --wide; found the cube ${relation.name}, which has them. Leave --wide out.`,
  );
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
