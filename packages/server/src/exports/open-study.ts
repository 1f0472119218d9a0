import type { Store, StoreLocation } from "../store/open.ts";
import { allStudies, type StudyRow } from "../store/queries/studies.ts";
import { openSealed } from "../vault/open-sealed.ts";

/** That a store has no study of a name, and which it has. */
export interface NoStudy {
  readonly kind: "no-study";
  readonly studies: readonly string[];
}

/** Does some work on a study in a store, while a server may be running on it. */
export async function onStudy<T>(
  location: StoreLocation,
  { study: wanted, at }: { readonly study: string; readonly at: number },
  work: (store: Store, study: StudyRow) => Promise<T>,
): Promise<T | NoStudy> {
  const store = await openSealed(location, at);
  try {
    const studies = await allStudies(store.db);
    const study = studies.find(({ id }) => id === wanted);
    if (study === undefined) return { kind: "no-study", studies: studies.map(({ id }) => id) };
    return await work(store, study);
  } finally {
    await store.close();
  }
}
