import { openStore, type Store, type StoreLocation } from "../store/open.ts";
import { sealExisting } from "./seal-existing.ts";

/**
 * The store with its master key read, and nothing personal in it in the clear: what a store of before there were keys
 * holds is sealed first.
 *
 * @param onNewKey  told where the master key is, when it was made just now.
 * @throws StoreError `store.unreachable`, `vault.key-file-missing`, `vault.key-file-wrong`, `store.key-invalid`
 */
export async function openSealed(
  location: StoreLocation,
  now: number,
  onNewKey: (path: string) => void = () => undefined,
): Promise<Store> {
  const store = await openStore(location, now);
  try {
    const { isNew, path } = await store.vault.unlock();
    if (isNew) onNewKey(path);
    await sealExisting(store, now);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
