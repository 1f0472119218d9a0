import { randomBytes } from "node:crypto";
import { emailIndex } from "./cipher.ts";
import type { KeyStore } from "./keys.ts";
import { changeMaster, isUsed, type Master, readMaster, unwrapKey, wrapKey } from "./master.ts";

/** The keys of people: with a person's key what is personal is sealed and opened; without it nothing opens it. */
export interface Vault {
  /** Reads the master key, so that a file that is missing or wrong is known at once; where it is, and whether it is new. */
  unlock(): Promise<{ readonly path: string; readonly isNew: boolean }>;
  /** Whether a master key has been in use here, so that another one would open nothing. */
  isUsed(): Promise<boolean>;
  /** The keys of these people, by person; who has none is left out. */
  keysOf(study: string, people: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** The keys of these people; who has none gets one, which is on the disk when this returns. */
  makeKeys(study: string, people: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Destroys the keys of these people; false when their bytes may still be in a file, and it has to be tried again. */
  destroy(study: string, people: readonly string[]): Promise<boolean>;
  /** Puts a new master key in the place of the old one; keys of people stay as they are. Where it is, and of how many. */
  changeMasterKey(): Promise<{ readonly path: string; readonly keys: number }>;
  /** Makes fingerprints of the addresses of a study: equal for equal ones, and telling nothing without the master key. */
  emailIndexer(study: string): Promise<(email: string) => string>;
  close(): Promise<void>;
}

/** How many keys are kept in memory; a key takes about 300 bytes. */
const MOST_KEPT = 20_000;

/** Opens a vault; the master key is read when it is first needed. */
export function openVault(keys: KeyStore, masterKeyFile: string): Vault {
  let reading: Promise<Master> | undefined;
  const master = (): Promise<Master> => {
    reading ??= readMaster(keys, masterKeyFile);
    return reading;
  };
  const kept = createCache();

  const keysOf: Vault["keysOf"] = async (study, people) => {
    const found = new Map<string, Buffer>();
    const wanted = [...new Set(people)].filter((person) => {
      const key = kept.get(nameOf(study, person));
      if (key) found.set(person, key);
      return key === undefined;
    });
    if (wanted.length === 0) return found;
    const { wrapping } = await master();
    for (const [person, wrapped] of await keys.wrapped(study, wanted)) {
      const name = nameOf(study, person);
      const key = unwrapKey(wrapping, { study, person }, wrapped);
      kept.set(name, key);
      found.set(person, key);
    }
    return found;
  };
  return {
    unlock: async () => ({ path: masterKeyFile, isNew: (await master()).isNew }),
    isUsed: () => isUsed(keys),
    keysOf,
    async makeKeys(study, people) {
      const { wrapping, proof } = await master();
      const known = await keysOf(study, people);
      const rows = people
        .filter((person) => !known.has(person))
        .map((person) => ({
          study,
          person,
          wrapped: wrapKey(wrapping, { study, person }, randomBytes(32)),
        }));
      if (rows.length === 0) return known;
      await keys.add(rows, proof);
      // Read again: another server may have been first, and its key stands.
      return keysOf(study, people);
    },
    destroy(study, people) {
      for (const person of people) kept.delete(nameOf(study, person));
      return keys.remove(study, people);
    },
    async emailIndexer(study) {
      const { index } = await master();
      return (email) => emailIndex(index, `${study}/${email.trim()}`);
    },
    async changeMasterKey() {
      const changed = await changeMaster(keys, masterKeyFile, await master());
      reading = undefined;
      return { path: masterKeyFile, keys: changed };
    },
    close: () => keys.close(),
  };
}

const nameOf = (study: string, person: string): string => JSON.stringify([study, person]);

type Cache = Pick<Map<string, Buffer>, "get" | "set" | "delete">;

/** Keys by name; the one put in first goes first. */
function createCache(): Cache {
  const kept = new Map<string, Buffer>();
  return {
    get: (name) => kept.get(name),
    delete: (name) => kept.delete(name),
    set(name, key) {
      kept.set(name, key);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return kept;
    },
  };
}
