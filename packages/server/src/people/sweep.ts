import type { ServerContext } from "../context.ts";
import { erasedPeople, messagesToErased, removeMessages } from "../store/queries/erasure.ts";
import { PERSONAL_TABLES, scrub } from "../store/scrub.ts";

const AGAIN_MS = 20_000;

type Sweeping = Pick<ServerContext, "store" | "log"> & {
  readonly mail: { readonly transport: Pick<ServerContext["mail"]["transport"], "forget"> };
};

/**
 * Destroys the keys of erased people and takes what is left of them out of the files: their letters in the outbox
 * folder, and their rows in the log of the database. Tries again later while a reader or a message under way stands in
 * the way.
 */
export async function sweepAfterErasure(context: Sweeping): Promise<void> {
  const { store, log } = context;
  try {
    const erased = await erasedPeople(store.db);
    if (erased.size === 0) return;
    let done = true;
    for (const [study, people] of erased) done = (await store.vault.destroy(study, people)) && done;
    const messages = await messagesToErased(store.db);
    await context.mail.transport.forget(messages);
    await removeMessages(store.db, messages);
    if ((await scrub(store, PERSONAL_TABLES)) && done) return;
  } catch (error) {
    log(`clearing the files after an erasure failed and is tried again tomorrow: ${String(error)}`);
    return;
  }
  setTimeout(() => void sweepAfterErasure(context), AGAIN_MS).unref();
}
