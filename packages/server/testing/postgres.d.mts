/** A PostgreSQL of our own: its address, and how to stop it. */
export interface RunningPostgres {
  readonly url: string;
  stop(): Promise<void>;
}
export function startPostgres(options?: { readonly say?: (line: string) => void }): Promise<RunningPostgres>;
export declare function runSql(url: string, statements: string): Promise<void>;
