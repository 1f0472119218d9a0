import { chmodSync, renameSync } from "node:fs";
import { basename } from "node:path";
import SQLite from "better-sqlite3";
import { StoreError } from "../errors.ts";
import { temporaryBeside } from "./left-overs.ts";
import { runTool } from "./tool.ts";
import { withoutTrace } from "./without-trace.ts";

/**
 * Copies a database while others write to it; the copy is checked.
 *
 * `VACUUM INTO` reads in one transaction beside whoever writes and leaves out what was deleted; the copying interface
 * of SQLite begins anew whenever another process has written, which on a busy server is always.
 *
 * @throws StoreError `backup.damaged`
 */
export function copyDatabase(from: string, to: string): void {
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

/** Packs files of a folder into one. */
export function pack(folder: string, names: readonly string[], out: string): Promise<void> {
  return writeWhole(out, (draft) => runTool("tar", ["-czf", draft, "-C", folder, ...names]));
}

/** Written whole or not at all, and readable by its owner only. */
export async function writeWhole(out: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${temporaryBeside(out)}draft`;
  await withoutTrace(draft, async () => {
    await write(draft);
    chmodSync(draft, 0o600);
    renameSync(draft, out);
  });
}
