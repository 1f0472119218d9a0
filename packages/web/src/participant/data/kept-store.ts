import type { KeptContent } from "../state/kept.ts";

/** What is kept on this phone for one person, and until when (ms UTC). */
export interface Kept {
  readonly holder: string;
  readonly until: number;
  /** A fingerprint of the link with which the page was opened, when it is known. */
  readonly linkMark: string | undefined;
  readonly content: KeptContent;
}

/** The place on this phone where answers wait that have not been sent. */
export interface KeptStore {
  /** Everything whose time has not run out at `now`; the rest is deleted. */
  readonly load: (now: number) => Promise<readonly Kept[]>;
  /** Whether it could be kept; of the link with which the page was opened only a fingerprint is. */
  readonly save: (kept: Omit<Kept, "linkMark">, link: string | undefined) => Promise<boolean>;
  readonly remove: (holder: string) => Promise<void>;
  /** The fingerprint of a link, so that it can be told again without being kept. */
  readonly markOf: (token: string) => Promise<string | undefined>;
}

/** One row: the key beside what it closes, so that both go together. The key cannot be read out, by us or anyone. */
interface Row {
  readonly holder: string;
  readonly until: number;
  readonly linkMark: string | undefined;
  readonly key: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly closed: ArrayBuffer;
}

const DATABASE = "longwave-kept";
const TABLE = "kept";

/** A store in this browser's own database, closed with a key that cannot leave the browser (AES-GCM, 256 bits). */
export function browserKeptStore(crypto: Crypto, databases: IDBFactory | undefined): KeptStore {
  const { subtle } = crypto as { readonly subtle: SubtleCrypto | undefined };
  // Without a secure connection browsers offer no keys: then nothing is kept, and the page says so.
  if (subtle === undefined || databases === undefined) return keepsNothing;
  const ask = <T>(mode: IDBTransactionMode, request: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    inTable(databases, mode, request);
  // One after another: what is deleted may not come back from a save that began before.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    const next = last.then(work).catch(() => otherwise);
    last = next;
    return next;
  };
  return {
    load: (now) => inTurn(() => loadAll(subtle, ask, now), []),
    save: (kept, link) =>
      inTurn(async () => {
        const linkMark = link === undefined ? undefined : await markOf(subtle, link);
        return saveOne(crypto, ask, { ...kept, linkMark });
      }, false),
    remove: (holder) => inTurn(() => ask("readwrite", (table) => table.delete(holder)), undefined),
    markOf: (token) => markOf(subtle, token),
  };
}

async function markOf(subtle: SubtleCrypto, token: string): Promise<string> {
  const hash = await subtle.digest("SHA-256", new TextEncoder().encode(`longwave kept ${token}`));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A store that keeps nothing on this phone. */
export const keepsNothing: KeptStore = {
  load: async () => [],
  save: async () => false,
  remove: async () => undefined,
  markOf: async () => undefined,
};

type Ask = <T>(mode: IDBTransactionMode, request: (table: IDBObjectStore) => IDBRequest<T>) => Promise<T>;

async function saveOne(crypto: Crypto, ask: Ask, kept: Kept): Promise<boolean> {
  const { holder, until, linkMark, content } = kept;
  const found = (await ask("readonly", (table) => table.get(holder))) as Row | undefined;
  const key = found?.key ?? (await newKey(crypto.subtle));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  const row: Row = { holder, until, linkMark: linkMark ?? found?.linkMark, key, iv, closed };
  await ask("readwrite", (table) => table.put(row));
  return true;
}

function newKey(subtle: SubtleCrypto): Promise<CryptoKey> {
  const mayBeReadOut = false;
  return subtle.generateKey({ name: "AES-GCM", length: 256 }, mayBeReadOut, ["encrypt", "decrypt"]);
}

async function loadAll(subtle: SubtleCrypto, ask: Ask, now: number): Promise<readonly Kept[]> {
  const rows = (await ask("readonly", (table) => table.getAll())) as readonly Row[];
  const found: Kept[] = [];
  for (const row of rows) {
    const content = row.until > now ? await openRow(subtle, row) : undefined;
    if (content === undefined) await ask("readwrite", (table) => table.delete(row.holder));
    else found.push({ holder: row.holder, until: row.until, linkMark: row.linkMark, content });
  }
  return found;
}

/** What a row holds; undefined when it cannot be opened, as after a change of what we keep. */
async function openRow(subtle: SubtleCrypto, { key, iv, closed }: Row): Promise<KeptContent | undefined> {
  try {
    const plain = await subtle.decrypt({ name: "AES-GCM", iv }, key, closed);
    return JSON.parse(new TextDecoder().decode(plain)) as KeptContent;
  } catch {
    return undefined;
  }
}

function inTable<T>(
  databases: IDBFactory,
  mode: IDBTransactionMode,
  request: (table: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = databases.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: "holder" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(TABLE, mode);
      const asked = request(transaction.objectStore(TABLE));
      transaction.oncomplete = () => {
        database.close();
        resolve(asked.result);
      };
      transaction.onabort = () => {
        database.close();
        reject(transaction.error);
      };
    };
  });
}
