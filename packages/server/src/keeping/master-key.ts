import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../errors.ts";
import { masterKeyBeside } from "../store/open.ts";
import { bringKeys } from "./keys-file.ts";
import type { RestoreOrder } from "./restore.ts";
import { isSealed } from "./sizes.ts";

/** The keys of a restored folder, and where its master key is for now. */
export interface RestoredKeys {
  readonly isSealed: boolean;
  /** When the keys of people were current, ms UTC; nothing when they are. */
  readonly madeAt: number | undefined;
  /** Where the master key is while the folder is made. */
  readonly path: string;
  /** Puts the master key where the restored store will look for it. */
  settle(): void;
}

/**
 * Brings the keys that a restored database needs, and finds the master key: the one that came with them, or else the one
 * that stands where the restored store will look for it.
 *
 * @throws StoreError `backup.no-keys`, `vault.key-file-wrong`, and as {@link bringKeys}
 */
export async function restoreKeys(folder: string, order: RestoreOrder): Promise<RestoredKeys> {
  const { keys, replaces, dataDir, masterKeyFile } = order;
  const target = masterKeyFile ?? masterKeyBeside(dataDir);
  const replaced = replaces && {
    dataDir: replaces,
    masterKeyFile: masterKeyFile ?? masterKeyBeside(replaces),
  };
  const brought = await bringKeys(folder, { keys, replaced: replaced || undefined });
  const sealed = isSealed(join(folder, "longwave.sqlite"));
  const master = brought.masterKey ?? (existsSync(target) ? readFileSync(target) : undefined);
  const found = { isSealed: sealed, madeAt: brought.madeAt };
  const isThere = existsSync(target);
  if (master === undefined && sealed) throw noKeys();
  if (master !== undefined && isThere && !readFileSync(target).equals(master)) throw otherMaster(target);
  if (master === undefined || isThere) return { ...found, path: target, settle: () => undefined };
  const path = join(folder, ".master");
  const write = (to: string): void => writeFileSync(to, master, { mode: 0o600, flag: "wx", flush: true });
  write(path);
  const settle = (): void => {
    write(target);
    rmSync(path);
  };
  return { ...found, path, settle };
}

/** The refusal of a backup without its keys. */
export function noKeys(): StoreError {
  return new StoreError(
    "backup.no-keys",
    "expected the keys of people and the master key; found none. Without them no name, address or answer of this backup can be read: name the file of keys with --keys, or the master key with --master-key.",
  );
}

function otherMaster(target: string): StoreError {
  return new StoreError(
    "vault.key-file-wrong",
    `expected no master key of another store at ${target}; found one. Restore to a folder of another name, or name where the master key is to be with --master-key.`,
  );
}
