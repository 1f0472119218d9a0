import { totalmem } from "node:os";
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from "@duckdb/node-api";
import { sqlName, sqlPath } from "../sql.ts";
import type { SqlEngine, TakeNumbers } from "../sql-engine.ts";
import { type About, cancelled, type Watcher, watched } from "../watch.ts";
import { spillFolder } from "./spill-folder.ts";

/** Rows of a chunk: DuckDB's own vector size. */
const CHUNK = 2048;

/** What DuckDB may hold in memory; groups that need more are written to a folder of its own meanwhile. */
const MEMORY_MB = Math.min(1500, Math.floor(totalmem() / 2_000_000));

/** How a database is opened. */
export interface DatabaseOptions {
  /** 1 by default: sums taken by several threads differ in their last bits from run to run. */
  readonly threads?: number;
  /** Is told of what takes time, and can end it. */
  readonly watcher?: Watcher | undefined;
}

/** The numbers of a vector as they lie in memory: a call for each would take longer than all that is done with them. */
function itemsOf(vector: unknown): Float64Array | Int32Array {
  const items = typeof vector === "object" && vector !== null && "items" in vector ? vector.items : undefined;
  if (items instanceof Float64Array || items instanceof Int32Array) return items;
  throw new Error(
    "Expected a vector of doubles or integers from DuckDB; found another kind. Its package has changed.",
  );
}

/** A DuckDB that runs. */
interface Running {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly removeSpill: () => void;
}

/** Starts a DuckDB that reads local files only and returns rows in the order of the file. */
async function start(threads: number): Promise<Running> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const spill = spillFolder();
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    memory_limit: `${MEMORY_MB}MB`,
    temp_directory: spill.path,
    preserve_insertion_order: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  // Without a bar DuckDB does not count; without printing, the bar is ours.
  await connection.run("set enable_progress_bar = true; set enable_progress_bar_print = false");
  return { instance, connection, removeSpill: spill.remove };
}

/**
 * One in-memory DuckDB: it owns native memory, so whoever opens it closes it. It starts with the first statement, since
 * its 70 MB of native code take longer to load than most fits from a cube.
 */
export class Database implements SqlEngine {
  readonly dialect = "duckdb";
  readonly #threads: number;
  readonly #watcher: Watcher | undefined;
  #starting: Promise<Running> | undefined;
  #running: Running | undefined;
  #open = true;
  #stopped = false;

  constructor({ threads = 1, watcher }: DatabaseOptions = {}) {
    this.#threads = threads;
    this.#watcher = watcher;
  }

  async #connection(): Promise<DuckDBConnection> {
    this.#starting ??= start(this.#threads).then((running) => {
      this.#running = running;
      return running;
    });
    const { connection } = await this.#starting;
    if (this.#open) return connection;
    this.#end(); // it was closed while it started
    throw cancelled("the file");
  }

  /** The rows of a small result, in order. */
  rows(sql: string, about: About = { doing: "reading" }): Promise<readonly (readonly unknown[])[]> {
    return this.watch(about, async () => (await (await this.#connection()).run(sql)).getRows());
  }

  /** The columns of a large result of doubles and integers, chunk by chunk. */
  numbers(sql: string, about: About, take: TakeNumbers): Promise<void> {
    return this.watch(about, async () => {
      for await (const chunk of this.chunks(sql)) {
        const columns = Array.from({ length: chunk.columnCount }, (_, c) =>
          itemsOf(chunk.getColumnVector(c)),
        );
        if (!take(columns, chunk.rowCount)) return;
      }
    });
  }

  /** The rows of a large result, some at a time. */
  each(sql: string, about: About, take: (rows: readonly (readonly unknown[])[]) => void): Promise<void> {
    return this.watch(about, async () => {
      for await (const chunk of this.chunks(sql)) take(chunk.getRows());
    });
  }

  /** A result chunk by chunk, so that a large file is never held twice; the end comes early once this was stopped. */
  async *chunks(sql: string): AsyncGenerator<DuckDBDataChunk> {
    const result = await (await this.#connection()).stream(sql);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0 || this.#stopped) return;
      yield chunk;
    }
  }

  /**
   * Does work that asks this database, in sight of whoever waits.
   *
   * @param share  how far the work is; by default what DuckDB says of the statement it runs.
   * @throws SourceError `source.query-cancelled`
   */
  async watch<T>(
    about: About,
    work: () => Promise<T>,
    share = (): number | undefined => this.#share(),
  ): Promise<T> {
    if (this.#stopped) throw cancelled("the file");
    const answer = await watched(this.#watcher, { ...about, share, stop: () => this.#stop() }, work).catch(
      (cause: unknown) => {
        throw this.#stopped ? cancelled("the file") : cause;
      },
    );
    // DuckDB may finish what it was told to stop: an answer that nobody waits for any more is none.
    if (this.#stopped) throw cancelled("the file");
    return answer;
  }

  #share(): number | undefined {
    const percentage = this.#running?.connection.progress.percentage ?? -1;
    return percentage < 0 ? undefined : Math.min(1, percentage / 100);
  }

  #stop(): void {
    this.#stopped = true;
    if (this.#open) this.#running?.connection.interrupt();
  }

  /** Adds a table of numbers and words; `null` is missing. */
  async addTable(
    name: string,
    columns: readonly {
      readonly name: string;
      readonly kind: "number" | "text";
      readonly values: readonly (number | string | null)[];
    }[],
  ): Promise<void> {
    const { DOUBLE, DuckDBDataChunk, VARCHAR } = await import("@duckdb/node-api");
    const isText = columns.map(({ kind }) => kind === "text");
    const declared = columns.map(
      (column, place) => `${sqlName(column.name)} ${isText[place] ? "varchar" : "double"}`,
    );
    const connection = await this.#connection();
    await connection.run(`create table ${sqlName(name)} (${declared.join(", ")})`);
    const appender = await connection.createAppender(name);
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
    for await (const chunk of this.chunks(`select coalesce(line, '') from ${from}`)) {
      const vector = chunk.getColumnVector(0);
      for (let row = 0; row < vector.itemCount; row++) yield String(vector.getItem(row));
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#end();
  }

  #end(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.connection.closeSync();
    running?.instance.closeSync();
    running?.removeSpill();
  }
}
