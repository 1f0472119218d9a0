import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import SQLite from "better-sqlite3";
import { StoreError } from "../errors.ts";
import { leave } from "../people/leave.ts";
import { openStore, type Store } from "../store/open.ts";
import { recordEvent } from "../store/queries/audit.ts";
import type { DepartureTable } from "../store/schema.ts";
import { noStore } from "./backup.ts";
import { mustBeWhole } from "./copy.ts";
import { removeLeftOvers, temporaryBeside } from "./left-overs.ts";
import { mustHaveKeys } from "./lost-keys.ts";
import { type BackupManifest, readManifest } from "./manifest.ts";
import { type RestoredKeys, restoreKeys } from "./master-key.ts";
import { type Shrinking, shrinkingStudies, studySizes } from "./sizes.ts";
import { runTool } from "./tool.ts";
import { withoutTrace } from "./without-trace.ts";

/** What to restore, into which folder, in place of which. */
export interface RestoreOrder {
  readonly backup: string;
  /** A new or empty folder. */
  readonly dataDir: string;
  /** The folder whose place it takes: who left since, and what was sent since, is taken over from it. */
  readonly replaces?: string;
  /** The file of keys that was made with the backup or later. */
  readonly keys?: string;
  /** Where the master key is, and is to be; beside each folder when left out. */
  readonly masterKeyFile?: string;
  readonly at: number;
  /** Whether to go on although studies would have fewer people or answers than in the folder replaced. */
  agrees(shrinking: readonly Shrinking[]): Promise<boolean>;
}

/** What a restore came to. */
export interface Restored {
  readonly manifest: BackupManifest;
  /** Departures since the backup that were carried out again. */
  readonly departures: number;
  /** People whose key has been destroyed since, which tells that they were erased. */
  readonly erasedSince: number;
  /** Messages that may have been sent since, and are not sent again. */
  readonly uncertain: number;
  readonly hasKeys: boolean;
}

/**
 * Puts a backup into a folder: checked, brought up to date, without anyone who has left since, and with nothing in it
 * that would be sent twice. The folder is there whole at the end or not at all; nothing when it was not agreed to.
 *
 * @throws StoreError `backup.damaged`, `backup.folder-in-use`, `backup.no-store`, `backup.no-tool`, `backup.failed`,
 * `backup.no-keys`, `backup.keys-older`, `vault.key-file-wrong`
 */
export async function restoreStore(order: RestoreOrder): Promise<Restored | undefined> {
  const { backup, dataDir, replaces } = order;
  mustBeEmpty(dataDir);
  if (replaces !== undefined && !existsSync(join(replaces, "longwave.sqlite"))) throw noStore(replaces);
  mkdirSync(dirname(dataDir), { recursive: true });
  removeLeftOvers(dataDir);
  const folder = mkdtempSync(temporaryBeside(dataDir));
  return withoutTrace(folder, async () => {
    await runTool("tar", ["-xzf", backup, "-C", folder]);
    const manifest = await readManifest(folder, backup);
    const listed = new Set(manifest.files.map(({ name }) => name));
    for (const name of readdirSync(folder))
      if (!listed.has(name)) rmSync(join(folder, name), { recursive: true });
    for (const name of listed) mustBeWhole(join(folder, name));
    if (replaces !== undefined) {
      const shrinking = shrinkingStudies(studySizes(join(replaces, "longwave.sqlite")), manifest.studies);
      if (shrinking.length > 0 && !(await order.agrees(shrinking))) return undefined;
    }
    const keys = await restoreKeys(folder, order);
    const done = await bringUpToDate(folder, order, { manifest, keys });
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o600);
    keys.settle();
    if (existsSync(dataDir)) rmdirSync(dataDir);
    renameSync(folder, dataDir);
    return { manifest, ...done, hasKeys: existsSync(join(dataDir, "participant-link.key")) };
  });
}

function mustBeEmpty(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  throw new StoreError(
    "backup.folder-in-use",
    `expected a new or empty folder; ${dataDir} holds files. Move it aside, and name it with --replaces, so that whoever left since stays so.`,
  );
}

async function bringUpToDate(
  folder: string,
  { replaces, at, backup }: RestoreOrder,
  { manifest, keys }: { readonly manifest: BackupManifest; readonly keys: RestoredKeys },
): Promise<Pick<Restored, "departures" | "erasedSince" | "uncertain">> {
  const old = replaces === undefined ? undefined : join(replaces, "longwave.sqlite");
  const store = await openStore({ dataDir: folder, masterKeyFile: keys.path }, at);
  try {
    const lost = keys.isSealed ? await mustHaveKeys(store, manifest, keys.madeAt) : [];
    const uncertain = await keepFromSendingTwice(store, manifest.madeAt);
    if (old !== undefined) takeOverMessages(join(folder, "longwave.sqlite"), old);
    const departures = old === undefined ? 0 : await leaveAgain(store, departuresIn(old));
    const erased = lost.map((person) => ({ ...person, id: "", kind: "erase", at, actor: "command-line" }));
    const erasedSince = await leaveAgain(
      store,
      erased.map((each) => ({ ...each, reason: null })),
    );
    const detail = { madeAt: manifest.madeAt, departures, erasedSince, uncertain };
    await recordEvent(store.db, { at, actor: "command-line", action: "store.restored", detail });
    return { departures, erasedSince, uncertain };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      "backup.failed",
      `expected ${backup} to be brought up to date; found: ${why}. The folder was left as it was.`,
    );
  } finally {
    await store.close();
  }
}

/** What waited at the time of the backup may have been sent since: it is shown, and never sent by itself. */
async function keepFromSendingTwice({ db }: Store, madeAt: number): Promise<number> {
  const rows = await db
    .updateTable("outbox")
    .set({
      state: "uncertain",
      last_error: `It waited when the backup of ${new Date(madeAt).toISOString()} was made, and may have been sent since.`,
    })
    .where("state", "in", ["queued", "sending"])
    .returning("id")
    .execute();
  return rows.length;
}

/** What the replaced folder knows of messages is newer: what was decided or sent since is not decided again. */
function takeOverMessages(path: string, old: string): void {
  const database = new SQLite(path, { fileMustExist: true });
  try {
    database.prepare("attach ? as old").run(old);
    const columnsOf = (schema: string): readonly string[] =>
      database
        .prepare<[], { readonly name: string }>(`select name from pragma_table_info('outbox', '${schema}')`)
        .all()
        .map(({ name }) => name);
    const theirs = new Set(columnsOf("old"));
    const shared = columnsOf("main")
      .filter((name) => theirs.has(name))
      .map((name) => `"${name}"`)
      .join(", ");
    database.exec(`insert or replace into main.outbox (${shared}) select ${shared} from old.outbox o
      where o.person is null or exists (select 1 from main.person p where p.study = o.study and p.id = o.person)`);
  } finally {
    database.close();
  }
}

function departuresIn(path: string): readonly DepartureTable[] {
  const database = new SQLite(path, { fileMustExist: true });
  try {
    return database.prepare<[], DepartureTable>("select * from departure order by at, id").all();
  } finally {
    database.close();
  }
}

/** Carries out every departure that the backup does not know of, at its own time. */
async function leaveAgain(store: Store, departures: readonly DepartureTable[]): Promise<number> {
  const known = new Set((await store.db.selectFrom("departure").selectAll().execute()).map(keyOf));
  const people = new Set(
    (await store.db.selectFrom("person").select(["study", "id"]).execute()).map(
      ({ study, id }) => `${study} ${id}`,
    ),
  );
  const missing = departures.filter(
    (each) => !known.has(keyOf(each)) && people.has(`${each.study} ${each.person}`),
  );
  for (const { study, person, kind, at, actor, reason } of missing) {
    const way = kind as Parameters<typeof leave>[1]["way"];
    const context = {
      store,
      now: () => at,
      log: () => undefined,
      mail: { transport: { forget: async () => {} } },
    };
    await leave(context, { study, person, way, actor, ...(reason === null ? {} : { reason }) });
  }
  return missing.length;
}

function keyOf({ study, person, kind }: DepartureTable): string {
  return `${study} ${person} ${kind}`;
}
