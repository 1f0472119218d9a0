import type { StoreLocation } from "../store/open.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { openSealed } from "./open-sealed.ts";

/**
 * Puts a new master key in the place of the one of a store, while no server runs on it: names, addresses and answers
 * stay as they are, and so do the keys they are sealed with. One that was stopped in the middle is finished when the
 * store is opened next.
 *
 * @returns where the new master key is, and how many keys of people it wraps.
 * @throws StoreError `store.unreachable`, `vault.key-file-missing`, `vault.key-file-wrong`
 */
export async function changeMasterKey(
  location: StoreLocation,
  now: number,
): Promise<{ readonly path: string; readonly keys: number }> {
  const store = await openSealed(location, now);
  try {
    const changed = await store.vault.changeMasterKey();
    const detail = { keys: changed.keys };
    await recordEvent(store.db, { at: now, actor: "command-line", action: "master-key.changed", detail });
    return changed;
  } finally {
    await store.close();
  }
}
