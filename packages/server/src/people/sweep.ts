import type { ServerContext } from "../context.ts";
import { hasErasures, messagesToErased, removeMessages } from "../store/queries/erasure.ts";
import { scrub } from "../store/scrub.ts";

const AGAIN_MS = 20_000;

type Sweeping = Pick<ServerContext, "store" | "log"> & {
  readonly mail: { readonly transport: Pick<ServerContext["mail"]["transport"], "forget"> };
};

/**
 * Takes what is left of erased people out of the files: their letters in the outbox folder, and their rows in the log
 * of the database. Tries again later while a reader or a message under way stands in the way.
 */
export async function sweepAfterErasure(context: Sweeping): Promise<void> {
  const { store, log } = context;
  try {
    if (!(await hasErasures(store.db))) return;
    const messages = await messagesToErased(store.db);
    await context.mail.transport.forget(messages);
    await removeMessages(store.db, messages);
    if (await scrub(store)) return;
  } catch (error) {
    log(`clearing the files after an erasure failed and is tried again tomorrow: ${String(error)}`);
    return;
  }
  setTimeout(() => void sweepAfterErasure(context), AGAIN_MS).unref();
}
