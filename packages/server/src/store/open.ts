import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { Kysely, PostgresDialect, type SqliteDatabase, SqliteDialect } from "kysely";
import pg from "pg";
import { StoreError } from "../errors.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./schema.ts";

/** An open store: the same tables and the same queries on either engine. */
export interface Store {
  readonly engine: "sqlite" | "postgres";
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

/** Where a store is: a folder for SQLite, or the address of a PostgreSQL database. */
export interface StoreLocation {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws StoreError `store.unreachable` when the database cannot be opened; the message never holds a password.
 */
export async function openStore(location: StoreLocation, now: number): Promise<Store> {
  const store = location.databaseUrl ? openPostgres(location.databaseUrl) : openSqlite(location.dataDir);
  try {
    await migrate(store.db, store.engine, now);
  } catch (error) {
    await store.close();
    throw new StoreError("store.unreachable", describeFailure(location, error));
  }
  return store;
}

function openSqlite(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = openSqliteFile(join(dataDir, "longwave.sqlite"));
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepingReasons(database) }) });
  return { engine: "sqlite", db, close: () => db.destroy() };
}

/**
 * An SQLite file in write-ahead mode with a synced log: a commit that has returned survives a power cut.
 * A new one is readable by its owner only, whatever the folder allows; SQLite gives its log the same mode.
 */
export function openSqliteFile(path: string): SQLite.Database {
  closeSync(openSync(path, "a", 0o600));
  const database = new SQLite(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  // What is deleted or overwritten is filled with zeros: an erasure erases.
  database.pragma("secure_delete = ON");
  database.pragma("busy_timeout = 5000");
  return database;
}

/**
 * A full disk makes SQLite end the transaction by itself; rolling back what has ended would fail and hide the reason.
 */
function keepingReasons(database: SQLite.Database): SqliteDatabase {
  const idle = "select 1";
  return {
    close: () => void database.close(),
    prepare: (text) => database.prepare(text === "rollback" && !database.inTransaction ? idle : text),
  };
}

function openPostgres(databaseUrl: string): Store {
  const pool = openPool(databaseUrl);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { engine: "postgres", db, close: () => db.destroy() };
}

const INT8 = 20;

/** A pool that reads whole numbers of 64 bits as numbers; all of ours are far below 2 to the 53rd. */
export function openPool(databaseUrl: string): pg.Pool {
  const types = {
    getTypeParser: (oid: number, format?: "text" | "binary") =>
      oid === INT8 ? Number : pg.types.getTypeParser(oid, format),
  } as pg.CustomTypesConfig;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, types });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

function describeFailure(location: StoreLocation, error: unknown): string {
  const where = location.databaseUrl ? withoutPassword(location.databaseUrl) : location.dataDir;
  const why = error instanceof Error ? error.message : String(error);
  return `expected a database at ${where}; found: ${why}. Check that it runs and may be written to, then start again.`;
}

/** A database address fit to be shown: a password may hold any character, and may also stand behind the question mark. */
export function withoutPassword(databaseUrl: string): string {
  return databaseUrl.replace(/\/\/([^:@/]*):.*@/, "//$1:…@").replace(/\?.*$/, "");
}
