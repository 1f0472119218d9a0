import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../../testing/postgres.mjs";
import { masterKeyBeside, openStore, type Store, type StoreLocation } from "../store/open.ts";

/** The two engines every test of the store runs on. */
export const engines = ["sqlite", "postgres"] as const;
export type Engine = (typeof engines)[number];

/** A place for an empty store, and how to take it away again. */
export interface TestPlace {
  readonly location: StoreLocation;
  open(now?: number): Promise<Store>;
  remove(): Promise<void>;
}

let started: ReturnType<typeof startPostgres> | undefined;

/** The PostgreSQL of the whole run when there is one, else one of this file, stopped with the process. */
async function postgresUrl(): Promise<string> {
  const shared = process.env.LONGWAVE_TEST_DATABASE_URL;
  if (shared) return shared;
  started ??= startPostgres({ say: () => undefined });
  return (await started).url;
}

/** Stops the PostgreSQL that this file started, if it did. */
export async function stopPostgres(): Promise<void> {
  const running = await started;
  started = undefined;
  await running?.stop();
}

/** An empty store on the engine: a folder of its own, or a database of its own. */
export async function makePlace(engine: Engine): Promise<TestPlace> {
  const dataDir = mkdtempSync(join(tmpdir(), "longwave-store-"));
  const database = engine === "postgres" ? await makeDatabase() : undefined;
  const location = { dataDir, ...(database ? { databaseUrl: database.url } : {}) };
  return {
    location,
    open: (now = 0) => openStore(location, now),
    async remove() {
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(masterKeyBeside(dataDir), { force: true });
    },
  };
}

async function makeDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const base = await postgresUrl();
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await ask(base, `create database ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(base, `drop database ${name} with (force)`) };
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
