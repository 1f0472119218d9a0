import type { Client } from "pg";
import { SourceError } from "../errors.ts";
import type { SqlEngine } from "../sql-engine.ts";
import type { TableAddress } from "./address.ts";

/** One read-only connection that sees the database as it was when it was opened. */
export interface PostgresSession extends SqlEngine {
  readonly dialect: "postgres";
  close(): Promise<void>;
}

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
export async function openSession(address: TableAddress): Promise<PostgresSession> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: address.connection, application_name: "longwave" });
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
  return sessionOf(client, address);
}

function sessionOf(client: Client, address: TableAddress): PostgresSession {
  return {
    dialect: "postgres",
    async rows(sql) {
      try {
        return (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows;
      } catch (cause) {
        throw queryFailed(address, cause);
      }
    },
    async close() {
      await client.end().catch(() => undefined);
    },
  };
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
  if (codeOf(cause) === "57014") {
    return new SourceError(
      "source.query-cancelled",
      `Expected the query on ${address.shown} to run to its end; it was cancelled. Nothing was changed; run it again when the database has time.`,
    );
  }
  return new SourceError(
    "source.query-failed",
    `Expected ${address.shown} to answer; found: ${reasonOf(cause)}. Nothing was changed; see the server's log, or ask for fewer columns.`,
  );
}
