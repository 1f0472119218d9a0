import type { DuckDBConnection, DuckDBInstance, DuckDBResult } from "@duckdb/node-api";
import { sqlName, sqlPath } from "../sql.ts";
import type { SqlEngine } from "../sql-engine.ts";

/** Rows of a chunk: DuckDB's own vector size. */
const CHUNK = 2048;

/** One in-memory DuckDB: it owns native memory, so whoever opens it closes it. */
export class Database implements SqlEngine {
  readonly dialect = "duckdb";
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #open = true;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /**
   * Opens a database that reads local files only and returns rows in the order of the file.
   *
   * @param threads  1 by default: sums taken by several threads differ in their last bits from run to run.
   */
  static async open(threads = 1): Promise<Database> {
    const { DuckDBInstance } = await import("@duckdb/node-api"); // 70 MB of native code: only for those who open a file
    const instance = await DuckDBInstance.create(":memory:", {
      threads: String(threads),
      preserve_insertion_order: "true",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    return new Database(instance, await instance.connect());
  }

  /** The rows of a small result, in order. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.#connection.run(sql)).getRows();
  }

  /** A result to be taken chunk by chunk, so that a large file is never held twice. */
  stream(sql: string): Promise<DuckDBResult> {
    return this.#connection.stream(sql);
  }

  /** Adds a table of numbers and words; `null` is missing. */
  async addTable(
    name: string,
    columns: readonly {
      readonly name: string;
      readonly type: string;
      readonly values: readonly (number | string | null)[];
    }[],
  ): Promise<void> {
    const { DOUBLE, DuckDBDataChunk, VARCHAR } = await import("@duckdb/node-api");
    const isText = columns.map(({ type }) => type === "text");
    const declared = columns.map(
      (column, place) => `${sqlName(column.name)} ${isText[place] ? "varchar" : "double"}`,
    );
    await this.#connection.run(`create table ${sqlName(name)} (${declared.join(", ")})`);
    const appender = await this.#connection.createAppender(name);
    const types = isText.map((text) => (text ? VARCHAR : DOUBLE));
    const nrows = columns[0]?.values.length ?? 0;
    for (let start = 0; start < nrows; start += CHUNK) {
      const chunk = DuckDBDataChunk.create(types);
      chunk.setColumns(columns.map(({ values }) => values.slice(start, start + CHUNK)));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }

  /** The lines of a zstd-compressed text. */
  async *zstdLines(path: string): AsyncGenerator<string> {
    const from = `read_csv(${sqlPath(path)}, columns={'line': 'VARCHAR'}, auto_detect=false, header=false,
      delim='\u0001', quote='', escape='', null_padding=false, compression='zstd')`;
    const result = await this.stream(`select coalesce(line, '') from ${from}`);
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
      const vector = chunk.getColumnVector(0);
      for (let row = 0; row < vector.itemCount; row++) yield String(vector.getItem(row));
      chunk = await result.fetchChunk();
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}
