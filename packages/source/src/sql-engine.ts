import type { About } from "./watch.ts";

/** A database that answers small questions: whatever tells its SQL from another's is here. */
export interface SqlEngine {
  readonly dialect: "duckdb" | "postgres";
  /**
   * The rows of a small result, in order; counts may come as bigint or text.
   *
   * @param about  what is asked, for whoever waits.
   */
  rows(sql: string, about?: About): Promise<readonly (readonly unknown[])[]>;
}
