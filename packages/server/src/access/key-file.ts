import { randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { StoreError } from "../errors.ts";

/**
 * The secret kept in a file, made at the first start with 256 random bits and readable by its owner only. Whoever has
 * it can make or open what it secures: keep it out of the backups of the database.
 *
 * @throws StoreError `store.key-invalid` when the file holds something else.
 */
export function readOrMakeKey(path: string): Buffer {
  makeKeyFile(path);
  const text = readFileSync(path, "utf8").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, "hex");
  throw new StoreError(
    "store.key-invalid",
    `expected 64 hexadecimal characters in ${path}; found ${text.length} other ones. Put the right key file back; a new one would end every link in use, or open nothing that was sealed.`,
  );
}

/**
 * A link fails when its name is taken, so of two processes that start together only one makes the key, and the file
 * is there whole or not at all, whatever happens in the middle.
 */
function makeKeyFile(path: string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, "wx", 0o600);
  writeSync(file, `${randomBytes(32).toString("hex")}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(draft, path);
    syncFolder(dirname(path));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Puts a key file in the place of another, at once and for good. */
export function replaceKeyFile(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** A name given in a folder survives a power cut only once the folder is on the disk as well. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
