import { filterTable } from "@longwave/stats";
import { csvRelation } from "./duckdb/csv-relation.ts";
import { Database } from "./duckdb/database.ts";
import { parquetRelation } from "./duckdb/parquet-relation.ts";
import { readColumns } from "./duckdb/read-columns.ts";
import { readCsvHeader } from "./formats/csv-header.ts";
import { inspectFile } from "./formats/inspect-file.ts";
import { panelSummer } from "./panel/panel-sums.ts";
import { wideSummer } from "./panel/wide-sums.ts";
import { describedColumns, type Relation, type RelationColumn } from "./relation.ts";
import { requestedColumns } from "./request.ts";
import type { Source } from "./source.ts";

/**
 * A CSV, CSV.gz or Parquet file as a source; rows keep the order of the file.
 *
 * In CSV an empty cell and NA are missing. Dates count as days since 1970-01-01.
 *
 * @param options.threads  threads of DuckDB, 1 by default.
 * @throws SourceError when the file is missing, empty, broken or not a data file.
 */
export async function openFile(path: string, options: { readonly threads?: number } = {}): Promise<Source> {
  const format = await inspectFile(path);
  const header = format.kind === "csv" ? await readCsvHeader({ path, gzip: format.gzip }) : undefined;
  const database = await Database.open(options.threads);
  try {
    const relation =
      header === undefined
        ? await parquetRelation(database, path)
        : await csvRelation(database, { path, gzip: format.gzip }, header);
    return fileSource(path, database, relation);
  } catch (error) {
    database.close();
    throw error;
  }
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
      const table = await readColumns(database, relation, columns);
      return { kind: "rows", table: request.where === undefined ? table : filterTable(table, request.where) };
    },
    panel: panelSummer(database, relation),
    wide: wideSummer(database, relation),
    close: async () => database.close(),
  };
}
