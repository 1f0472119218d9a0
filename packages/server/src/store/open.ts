import { closeSync, mkdirSync, openSync } from "node:fs";
import { join, resolve } from "node:path";
import SQLite from "better-sqlite3";
import { Kysely, PostgresDialect, type SqliteDatabase, SqliteDialect } from "kysely";
import pg from "pg";
import { StoreError } from "../errors.ts";
import { carryVault } from "../vault/carry.ts";
import { createKeyStore, type KeyStore, type KeyTables } from "../vault/keys.ts";
import { openVault, type Vault } from "../vault/vault.ts";
import { migrate } from "./migrate.ts";
import { KEY_SCHEMA } from "./migrations/0013-sealed.ts";
import type { Tables } from "./schema.ts";

/** An open store: the same tables and the same queries on either engine. */
export interface Store {
  readonly engine: "sqlite" | "postgres";
  /** Its queries seal and open with the vault. */
  readonly db: Kysely<Tables>;
  readonly vault: Vault;
  close(): Promise<void>;
}

/** Where a store is: a folder for SQLite, or the address of a PostgreSQL database. */
export interface StoreLocation {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** The file of the master key; beside the data folder and named after it when left out. */
  readonly masterKeyFile?: string;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws StoreError `store.unreachable` when the database cannot be opened; the message never holds a password.
 */
export async function openStore(location: StoreLocation, now: number): Promise<Store> {
  const masterKeyFile = location.masterKeyFile ?? masterKeyBeside(location.dataDir);
  const store = location.databaseUrl
    ? openPostgres(location.databaseUrl, masterKeyFile)
    : openSqlite(location.dataDir, masterKeyFile);
  try {
    await migrate(store.db, store.engine, now);
  } catch (error) {
    await store.close();
    throw new StoreError("store.unreachable", describeFailure(location, error));
  }
  return store;
}

/** The file of the master key of a data folder: beside the folder, so that a copy of the folder does not hold it. */
export function masterKeyBeside(dataDir: string): string {
  return `${resolve(dataDir)}.key`;
}

/** The SQLite database of the keys of people, in the data folder. */
export const KEY_DATABASE = "keys.db";

function openSqlite(dataDir: string, masterKeyFile: string): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = openSqliteFile(join(dataDir, "longwave.sqlite"));
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepingReasons(database) }) });
  return storeOf("sqlite", db, openVault(sqliteKeys(dataDir), masterKeyFile));
}

function storeOf(engine: Store["engine"], db: Kysely<Tables>, vault: Vault): Store {
  return {
    engine,
    db: carryVault(db, vault),
    vault,
    async close() {
      await db.destroy();
      await vault.close();
    },
  };
}

function sqliteKeys(dataDir: string): KeyStore {
  const database = openSqliteFile(join(dataDir, KEY_DATABASE));
  database.exec(
    "create table if not exists person_key (study text not null, person text not null, wrapped text not null, primary key (study, person))",
  );
  const db = new Kysely<KeyTables>({ dialect: new SqliteDialect({ database: keepingReasons(database) }) });
  return createKeyStore(db, "sqlite", "person_key");
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

/** Statements kept ready, and the length of the longest: those with long lists of values hardly ever come again. */
const MOST_READY = 300;
const LONGEST_READY = 2000;
/** Statements after which every table has the columns it had. */
const OF_ROWS = /^(select|insert|update|delete|begin|commit|rollback|savepoint|release)\b/;

/**
 * A full disk makes SQLite end the transaction by itself; rolling back what has ended would fail and hide the reason.
 * Statements on rows are made ready once and kept; anything else may change the tables they were made for, so all go.
 */
function keepingReasons(database: SQLite.Database): SqliteDatabase {
  const idle = "select 1";
  const ready = new Map<string, SQLite.Statement>();
  const prepare = (text: string): SQLite.Statement => {
    const isOfRows = OF_ROWS.test(text);
    const made = ready.get(text) ?? database.prepare(text);
    if (!isOfRows || ready.size >= MOST_READY) ready.clear();
    if (isOfRows && text.length <= LONGEST_READY) ready.set(text, made);
    return made;
  };
  return {
    close: () => void database.close(),
    prepare: (text) => prepare(text === "rollback" && !database.inTransaction ? idle : text),
  };
}

function openPostgres(databaseUrl: string, masterKeyFile: string): Store {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(databaseUrl) }) });
  // Connections of its own: a key is asked for within transactions, which may hold all the others.
  const pool = openPool(databaseUrl, 2);
  const keys = new Kysely<KeyTables>({ dialect: new PostgresDialect({ pool }) });
  const store = createKeyStore(keys.withSchema(KEY_SCHEMA), "postgres", `${KEY_SCHEMA}.person_key`);
  return storeOf("postgres", db, openVault(store, masterKeyFile));
}

const INT8 = 20;

/** A pool that reads whole numbers of 64 bits as numbers; all of ours are far below 2 to the 53rd. */
export function openPool(databaseUrl: string, most = 10): pg.Pool {
  const types = {
    getTypeParser: (oid: number, format?: "text" | "binary") =>
      oid === INT8 ? Number : pg.types.getTypeParser(oid, format),
  } as pg.CustomTypesConfig;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: most, types });
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
