import { DuckDBInstance } from "@duckdb/node-api";

/** Runs SQL on a DuckDB file, or on none (`:memory:`) to write another kind of file. */
export async function runDuckdb(file: string, statement: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}
