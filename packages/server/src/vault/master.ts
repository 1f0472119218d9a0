import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readOrMakeKey, replaceKeyFile } from "../access/key-file.ts";
import { StoreError } from "../errors.ts";
import { openText, sealText } from "./cipher.ts";
import { type KeyStore, type PersonKeyTable, PROOF } from "./keys.ts";

/** The key that wraps the key of every person, and the one that makes fingerprints of addresses. */
export interface Master {
  readonly wrapping: Buffer;
  readonly index: Buffer;
  /** What stands in the key store and only this master key opens. */
  readonly proof: string;
  /** Whether the file was made just now. */
  readonly isNew: boolean;
}

const PROOF_TEXT = "longwave master key";
/** The row of the key of fingerprints: it outlives a change of the master key, as they do. */
const INDEX = { study: "", person: "address index" } as const;

/**
 * The master key of a store, from its file; made when neither the file nor any wrapped key is there yet.
 *
 * @throws StoreError `vault.key-file-missing`, `vault.key-file-wrong`, `store.key-invalid`.
 */
export async function readMaster(keys: KeyStore, path: string): Promise<Master> {
  const isNew = !existsSync(path);
  const isKnown = await isUsed(keys);
  if (isNew && isKnown) throw missing(path);
  const wrapping = wrappingKey(makeOrRead(path));
  if (!isKnown) await keys.add([{ ...PROOF, wrapped: sealText(wrapping, PROOF_TEXT) }]);
  // Read again: of two servers that start together with two files, the second to write finds the other's.
  const proof = await wrappedIn(keys, PROOF);
  if (proof === undefined) throw wrong(path);
  const opening = opens(wrapping, proof) ? wrapping : finishChange(path, proof);
  if (opening === undefined) throw wrong(path);
  return { wrapping: opening, index: await readOrMakeIndex(keys, opening, proof), proof, isNew };
}

/** Where a new master key waits until every key is wrapped by it. */
const nextTo = (path: string): string => `${path}.new`;

/**
 * Puts a new master key in the place of the one in this file. Every key is wrapped anew in one transaction, and the file
 * follows it; who is stopped in between finds both files, and goes on with the one that opens the store.
 *
 * @returns how many keys of people it wraps.
 * @throws StoreError `vault.key-file-wrong`
 */
export async function changeMaster(keys: KeyStore, path: string, old: Master): Promise<number> {
  const wrapping = wrappingKey(makeOrRead(nextTo(path)));
  const isProof = ({ study, person }: PersonKeyTable) => study === PROOF.study && person === PROOF.person;
  const rows = await keys.rewrap(old.proof, (row) =>
    isProof(row)
      ? sealText(wrapping, PROOF_TEXT)
      : wrapKey(wrapping, row, unwrapKey(old.wrapping, row, row.wrapped)),
  );
  replaceKeyFile(nextTo(path), path);
  return rows - 2; // the proof and the key of fingerprints
}

/** The wrapping key after a change that was stopped before the file took its place; nothing when there was none. */
function finishChange(path: string, proof: string): Buffer | undefined {
  const next = nextTo(path);
  if (!existsSync(next)) return undefined;
  const wrapping = wrappingKey(makeOrRead(next));
  if (!opens(wrapping, proof)) return undefined;
  replaceKeyFile(next, path);
  return wrapping;
}

/** Whether keys have been wrapped by a master key. */
export async function isUsed(keys: KeyStore): Promise<boolean> {
  return (await wrappedIn(keys, PROOF)) !== undefined;
}

function wrappingKey(file: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", file, "", "longwave person keys", 32));
}

async function readOrMakeIndex(keys: KeyStore, wrapping: Buffer, proof: string): Promise<Buffer> {
  if ((await wrappedIn(keys, INDEX)) === undefined)
    await keys.add([{ ...INDEX, wrapped: wrapKey(wrapping, INDEX, randomBytes(32)) }], proof);
  const wrapped = await wrappedIn(keys, INDEX);
  if (wrapped === undefined) throw new Error("the key of fingerprints was taken out as it was read");
  return unwrapKey(wrapping, INDEX, wrapped);
}

async function wrappedIn(
  keys: KeyStore,
  { study, person }: { readonly study: string; readonly person: string },
): Promise<string | undefined> {
  return (await keys.wrapped(study, [person])).get(person);
}

/** A key wrapped by the master key for the row it stands in. */
export function wrapKey(
  wrapping: Buffer,
  { study, person }: { readonly study: string; readonly person: string },
  key: Buffer,
): string {
  return sealText(wrapping, key.toString("base64url"), ["key", study, person]);
}

/** The key that was wrapped for this row; throws when it was wrapped for another, or by another master key. */
export function unwrapKey(
  wrapping: Buffer,
  { study, person }: { readonly study: string; readonly person: string },
  wrapped: string,
): Buffer {
  return Buffer.from(openText(wrapping, wrapped, ["key", study, person]), "base64url");
}

function makeOrRead(path: string): Buffer {
  try {
    return readOrMakeKey(path);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      "vault.key-file-missing",
      `expected to be able to read or make the master key file ${path}; found: ${why}. Name a file that may be written to, outside the data folder, with --master-key or LONGWAVE_MASTER_KEY.`,
    );
  }
}

function opens(key: Buffer, sealed: string): boolean {
  try {
    return openText(key, sealed) === PROOF_TEXT;
  } catch {
    return false;
  }
}

function missing(path: string): StoreError {
  return new StoreError(
    "vault.key-file-missing",
    `expected the master key file of this store at ${path}; found none. Without it no name, address or answer can be read: put it back, or name where it is with --master-key or LONGWAVE_MASTER_KEY. A new one would open nothing, so none was made.`,
  );
}

function wrong(path: string): StoreError {
  return new StoreError(
    "vault.key-file-wrong",
    `expected the master key of this store in ${path}; found the key of another one. Put the right file back, or name where it is with --master-key or LONGWAVE_MASTER_KEY.`,
  );
}
