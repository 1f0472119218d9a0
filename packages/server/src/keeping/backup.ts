import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../errors.ts";
import { KEY_SCHEMA } from "../store/migrations/0013-sealed.ts";
import { masterKeyBeside } from "../store/open.ts";
import { copyDatabase, pack, writeWhole } from "./copy.ts";
import { packKeys } from "./keys-file.ts";
import { removeLeftOvers, temporaryBeside } from "./left-overs.ts";
import { type BackupManifest, MANIFEST, writeManifest } from "./manifest.ts";
import { studySizes } from "./sizes.ts";
import { runTool } from "./tool.ts";
import { withoutTrace } from "./without-trace.ts";

/** What to back up, and where to. */
export interface BackupOrder {
  /** The data folder. */
  readonly dataDir: string;
  /** Beside the data folder when left out. */
  readonly masterKeyFile?: string;
  /** The file to be written. */
  readonly out: string;
  /** A second file, for all keys; without it they are left out, and what is personal cannot be read. */
  readonly keys?: string;
  readonly at: number;
  /** Version of Longwave. */
  readonly software: string;
}

/**
 * One file that holds every database of a data folder as it was at one moment, while the server goes on; a copy is
 * checked before it counts. Keys go into a file of their own: who has both has everything. They are copied after the
 * databases, so that everyone in these has theirs.
 *
 * @throws StoreError `backup.no-store`, `backup.damaged`, `backup.no-tool`, `backup.failed`
 */
export async function backupStore(order: BackupOrder): Promise<BackupManifest> {
  const { dataDir, out, keys, at, software } = order;
  const names = existsSync(dataDir) ? readdirSync(dataDir) : [];
  const databases = names.filter((name) => name.endsWith(".sqlite"));
  if (databases.length === 0) throw noStore(dataDir);
  removeLeftOvers(out);
  if (keys !== undefined) removeLeftOvers(keys);
  const folder = mkdtempSync(temporaryBeside(out));
  return withoutTrace(folder, async () => {
    for (const name of databases) copyDatabase(join(dataDir, name), join(folder, name));
    const studies = databases.includes("longwave.sqlite") ? studySizes(join(folder, "longwave.sqlite")) : [];
    const manifest = await writeManifest(folder, databases, { madeAt: at, software, studies });
    await pack(folder, [MANIFEST, ...databases], out);
    const { masterKeyFile = masterKeyBeside(dataDir) } = order;
    if (keys !== undefined) await packKeys(keys, { dataDir, masterKeyFile }, at);
    return manifest;
  });
}

/**
 * A PostgreSQL database in the custom format of `pg_dump`, which `pg_restore` reads; the keys of people go into a file
 * of their own, or are left out.
 *
 * @throws StoreError `backup.no-tool`, `backup.failed`
 */
export async function backupPostgres(databaseUrl: string, out: string, keys?: string): Promise<void> {
  removeLeftOvers(out);
  if (keys !== undefined) removeLeftOvers(keys);
  await dump(databaseUrl, out, `--exclude-schema=${KEY_SCHEMA}`);
  if (keys !== undefined) await dump(databaseUrl, keys, `--schema=${KEY_SCHEMA}`);
}

async function dump(databaseUrl: string, out: string, part: string): Promise<void> {
  const url = new URL(databaseUrl);
  // A password among the arguments could be read by everyone on the machine.
  const env =
    url.password === "" ? process.env : { ...process.env, PGPASSWORD: decodeURIComponent(url.password) };
  url.password = "";
  await writeWhole(out, (draft) =>
    runTool("pg_dump", ["--format=custom", "--no-owner", part, `--file=${draft}`, url.href], env),
  );
}

/** The refusal of a folder that holds no store. */
export function noStore(dataDir: string): StoreError {
  return new StoreError(
    "backup.no-store",
    `expected the data folder of a server; ${dataDir} holds no database. Name the folder given to "longwave serve --data".`,
  );
}
