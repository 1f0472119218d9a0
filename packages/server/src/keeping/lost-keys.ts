import { StoreError } from "../errors.ts";
import type { Store } from "../store/open.ts";
import { presentIds } from "../store/queries/people.ts";
import { isAllSealed } from "../vault/seal-existing.ts";
import type { BackupManifest } from "./manifest.ts";
import { noKeys } from "./master-key.ts";

/** A person of a study. */
interface Whom {
  readonly study: string;
  readonly person: string;
}

/**
 * The people of a restored store whose key has been destroyed since the backup: they have been erased, even where no
 * list says so. Keys of before the backup cannot tell that; with them everyone must have one.
 *
 * @param keysMadeAt  when the keys were copied; nothing when they are those in use.
 * @throws StoreError `backup.no-keys`, `backup.keys-older`, `vault.key-file-wrong`
 */
export async function mustHaveKeys(
  store: Store,
  { madeAt }: BackupManifest,
  keysMadeAt: number | undefined,
): Promise<readonly Whom[]> {
  if (!(await store.vault.isUsed())) throw noKeys();
  await store.vault.unlock();
  // One that was left in the middle of being sealed has people who have no key yet: they get theirs at the next start.
  if (!(await isAllSealed(store.db))) return [];
  const lost = await peopleWithoutKeys(store);
  if (lost.length === 0 || keysMadeAt === undefined || keysMadeAt >= madeAt) return lost;
  throw new StoreError(
    "backup.keys-older",
    `expected keys made with the backup of ${new Date(madeAt).toISOString()} or later; found keys of ${new Date(keysMadeAt).toISOString()}, without those of ${lost.length} people. Use newer keys: the newest ones open every backup.`,
  );
}

async function peopleWithoutKeys({ db, vault }: Store): Promise<readonly Whom[]> {
  const lost: Whom[] = [];
  for (const { id: study } of await db.selectFrom("study").select("id").execute()) {
    const ids = await presentIds(db, study);
    const keys = await vault.keysOf(study, ids);
    lost.push(...ids.filter((id) => !keys.has(id)).map((person) => ({ study, person })));
  }
  return lost;
}
