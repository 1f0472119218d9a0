import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import SQLite from "better-sqlite3";
import { StoreError } from "../errors.ts";
import { type BackupManifest, MANIFEST, writeManifest } from "./manifest.ts";
import { studySizes } from "./sizes.ts";
import { runTool } from "./tool.ts";
import { withoutTrace } from "./without-trace.ts";

/** What to back up, and where to. */
export interface BackupOrder {
  /** The data folder. */
  readonly dataDir: string;
  /** The file to be written. */
  readonly out: string;
  /** A second file, for the keys; without it they are left out. */
  readonly keys?: string;
  readonly at: number;
  /** Version of Longwave. */
  readonly software: string;
}

/**
 * One file that holds every database of a data folder as it was at one moment, while the server goes on; a copy is
 * checked before it counts. Keys go into a file of their own: who has both has everything.
 *
 * @throws StoreError `backup.no-store`, `backup.damaged`, `backup.no-tool`, `backup.failed`
 */
export async function backupStore(order: BackupOrder): Promise<BackupManifest> {
  const { dataDir, out, keys, at, software } = order;
  const names = existsSync(dataDir) ? readdirSync(dataDir) : [];
  const databases = names.filter((name) => name.endsWith(".sqlite"));
  if (databases.length === 0) throw noStore(dataDir);
  const folder = mkdtempSync(join(dirname(out), ".longwave-backup-"));
  return withoutTrace(folder, async () => {
    for (const name of databases) copyDatabase(join(dataDir, name), join(folder, name));
    const studies = databases.includes("longwave.sqlite") ? studySizes(join(folder, "longwave.sqlite")) : [];
    const manifest = await writeManifest(folder, databases, { madeAt: at, software, studies });
    await pack(folder, [MANIFEST, ...databases], out);
    const secrets = names.filter((name) => name.endsWith(".key"));
    if (keys !== undefined && secrets.length > 0) await pack(dataDir, secrets, keys);
    return manifest;
  });
}

/**
 * `VACUUM INTO` reads in one transaction beside whoever writes and leaves out what was deleted; the copying interface
 * of SQLite begins anew whenever another process has written, which on a busy server is always.
 */
function copyDatabase(from: string, to: string): void {
  const database = new SQLite(from, { fileMustExist: true, timeout: 30_000 });
  try {
    database.prepare("vacuum into ?").run(to);
  } finally {
    database.close();
  }
  mustBeWhole(to);
}

/**
 * Checks a database file.
 *
 * @throws StoreError `backup.damaged`
 */
export function mustBeWhole(path: string): void {
  const database = new SQLite(path, { readonly: true, fileMustExist: true });
  try {
    const found = database.pragma("integrity_check(1)", { simple: true });
    if (found !== "ok") {
      throw new StoreError(
        "backup.damaged",
        `expected a whole database in ${basename(path)}; found: ${String(found)}. Keep the last good backup, and run longwave doctor.`,
      );
    }
  } finally {
    database.close();
  }
}

function pack(folder: string, names: readonly string[], out: string): Promise<void> {
  return writeWhole(out, (draft) => runTool("tar", ["-czf", draft, "-C", folder, ...names]));
}

/** Written whole or not at all, and readable by its owner only. */
async function writeWhole(out: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(out), `.${basename(out)}.${process.pid}.tmp`);
  await withoutTrace(draft, async () => {
    await write(draft);
    chmodSync(draft, 0o600);
    renameSync(draft, out);
  });
}

/**
 * A PostgreSQL database in the custom format of `pg_dump`, which `pg_restore` reads.
 *
 * @throws StoreError `backup.no-tool`, `backup.failed`
 */
export async function backupPostgres(databaseUrl: string, out: string): Promise<void> {
  const url = new URL(databaseUrl);
  // A password among the arguments could be read by everyone on the machine.
  const env =
    url.password === "" ? process.env : { ...process.env, PGPASSWORD: decodeURIComponent(url.password) };
  url.password = "";
  await writeWhole(out, (draft) =>
    runTool("pg_dump", ["--format=custom", "--no-owner", `--file=${draft}`, url.href], env),
  );
}

/** The refusal of a folder that holds no store. */
export function noStore(dataDir: string): StoreError {
  return new StoreError(
    "backup.no-store",
    `expected the data folder of a server; ${dataDir} holds no database. Name the folder given to "longwave serve --data".`,
  );
}
