/** A PostgreSQL of our own: its address, and how to stop it. */
export interface RunningPostgres {
  readonly url: string;
  stop(): Promise<void>;
}
export function startPostgres(options?: { readonly say?: (line: string) => void }): Promise<RunningPostgres>;
/** Runs statements, and gives the rows of the last one. */
export declare function runSql(
  url: string,
  statements: string,
): Promise<readonly Readonly<Record<string, unknown>>[]>;
