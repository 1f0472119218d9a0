/** A database that answers small questions: whatever tells its SQL from another's is here. */
export interface SqlEngine {
  readonly dialect: "duckdb" | "postgres";
  /** The rows of a small result, in order; counts may come as bigint or text. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
}
