import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../errors.ts";

/**
 * The secret kept in a file of the data folder, made at the first start with 256 random bits and readable by its
 * owner only. Whoever has it can make every link it secures: keep it out of the backups of the database.
 *
 * @throws StoreError `store.key-invalid` when the file holds something else.
 */
export function readOrMakeKey(dataDir: string, name: string): Buffer {
  const path = join(dataDir, name);
  makeKeyFile(path);
  const text = readFileSync(path, "utf8").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, "hex");
  throw new StoreError(
    "store.key-invalid",
    `expected 64 hexadecimal characters in ${path}; found ${text.length} other ones. Put the right key file back; a new one would end every link in use.`,
  );
}

/** "wx" fails when the file is there, so of two processes that start together only one makes the key. */
function makeKeyFile(path: string): void {
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return;
    throw error;
  }
  writeSync(file, `${randomBytes(32).toString("hex")}\n`);
  fsyncSync(file);
  closeSync(file);
}
