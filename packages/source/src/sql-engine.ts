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
  /**
   * The columns of a large result, some rows at a time and in order: doubles and whole numbers without missing values.
   * Absent where rows would have to travel. Ends early where `take` gives false.
   */
  numbers?(sql: string, about: About, take: TakeNumbers): Promise<void>;
  /** The rows of a large result, some at a time, so that it is never held whole. */
  each(sql: string, about: About, take: (rows: readonly (readonly unknown[])[]) => void): Promise<void>;
}

/** Takes some rows as columns, which are not to be kept; false ends the reading. */
export type TakeNumbers = (columns: readonly (Float64Array | Int32Array)[], count: number) => boolean;
