import type { Client } from "pg";
import { SourceError } from "../errors.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { type About, cancelled, type Watcher, watched } from "../watch.ts";
import type { TableAddress } from "./address.ts";

/** One read-only connection that sees the database as it was when it was opened. */
export interface PostgresSession extends SqlEngine {
  readonly dialect: "postgres";
  close(): Promise<void>;
}

/** How long a database may take to answer that it stops a query. */
const CANCEL_MS = 2000;

// Reads only, one state of the data throughout, the same order of adding every time, and no work for nobody.
const SETTINGS = [
  // Texts are quoted by doubling the quotation mark, which holds only then.
  "set standard_conforming_strings = on",
  "set statement_timeout = 0",
  "set max_parallel_workers_per_gather = 0",
  "set synchronize_seqscans = off",
  "set extra_float_digits = 1",
  "begin transaction isolation level repeatable read read only",
];

/**
 * Opens a connection; the password comes from the address, PGPASSWORD or the password file.
 *
 * @throws SourceError `source.database-unreachable`; the message never holds a password.
 */
export async function openSession(address: TableAddress, watcher?: Watcher): Promise<PostgresSession> {
  const { default: pg } = await import("pg");
  const connect = (): Client =>
    new pg.Client({ connectionString: address.connection, application_name: "longwave" });
  const client = connect();
  // A connection that breaks is reported by the query that then fails.
  client.on("error", () => undefined);
  try {
    await client.connect();
    // Without this a long query goes on after whoever asked has left; servers before 14 do not know it.
    await client.query("set client_connection_check_interval = 1000").catch(() => undefined);
    for (const setting of SETTINGS) await client.query(setting);
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw unreachable(address, cause);
  }
  return sessionOf({ client, connect, address, watcher });
}

const ROWS_AT_ONCE = 20_000;

interface Session {
  readonly client: Client;
  /** A second connection to the same database, not yet opened. */
  readonly connect: () => Client;
  readonly address: TableAddress;
  readonly watcher: Watcher | undefined;
}

async function sessionOf({ client, connect, address, watcher }: Session): Promise<PostgresSession> {
  const process = (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid;
  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    void cancelQuery(connect(), process ?? 0).catch(() => client.end());
  };
  const watch = async <T>(
    about: About,
    work: () => Promise<T>,
    share: () => number | undefined,
  ): Promise<T> => {
    if (stopped) throw cancelled(address.shown);
    return watched(watcher, { ...about, share, stop }, work);
  };
  const rows: PostgresSession["rows"] = (sql, about = { doing: "asking the database" }) =>
    watch(
      about,
      async () => {
        try {
          return (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows;
        } catch (cause) {
          throw stopped ? cancelled(address.shown) : queryFailed(address, cause);
        }
      },
      () => undefined,
    );
  return {
    dialect: "postgres",
    rows,
    async each(sql, about, take) {
      let taken = 0;
      const share = () => (about.size?.unit === "rows" ? taken / about.size.amount : undefined);
      const goThrough = async () => {
        await rows(`declare longwave_rows no scroll cursor for ${sql}`);
        for (;;) {
          const some = await rows(`fetch ${ROWS_AT_ONCE} from longwave_rows`);
          if (some.length > 0) take(some);
          taken += some.length;
          if (some.length < ROWS_AT_ONCE) break;
        }
        await rows("close longwave_rows");
      };
      await watch(about, goThrough, share);
    },
    async close() {
      await client.end().catch(() => undefined);
    },
  };
}

/** Ends what another connection of the same user asks; a query on foreign servers ends there too. */
async function cancelQuery(other: Client, process: number): Promise<void> {
  other.on("error", () => undefined);
  await other.connect();
  try {
    await other.query(`set statement_timeout = ${CANCEL_MS}`);
    await other.query("select pg_cancel_backend($1)", [process]);
  } finally {
    await other.end();
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join("; ");
  const reason = cause instanceof Error ? cause.message : String(cause);
  return reason.split("\n")[0]?.replace(/\/\/[^@\s]*@/g, "//") ?? "";
}

function codeOf(cause: unknown): string {
  return typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
}

function unreachable(address: TableAddress, cause: unknown): SourceError {
  return new SourceError(
    "source.database-unreachable",
    `Expected a PostgreSQL that answers, for ${address.shown}; found: ${reasonOf(cause)}. Check host, port, database and user; a password comes from PGPASSWORD or ~/.pgpass.`,
  );
}

function queryFailed(address: TableAddress, cause: unknown): SourceError {
  if (codeOf(cause) === "42501") {
    return new SourceError(
      "source.no-rights",
      `Expected the right to read ${address.shown}; found: ${reasonOf(cause)}. Ask for: grant select on the table to this user.`,
    );
  }
  if (codeOf(cause) === "08001") {
    return new SourceError(
      "source.shard-unreachable",
      `Expected every shard to answer, for ${address.shown}; found: ${reasonOf(cause)}. Nothing was computed from the others; start that server, or check its address and password, and run it again.`,
    );
  }
  if (codeOf(cause) === "57014") return cancelled(address.shown);
  return new SourceError(
    "source.query-failed",
    `Expected ${address.shown} to answer; found: ${reasonOf(cause)}. Nothing was changed; see the server's log, or ask for fewer columns.`,
  );
}
