import type { ServerContext } from "../context.ts";
import { forgetOutdated } from "../joining/join.ts";
import type { MailTransport } from "../mail/transport.ts";
import { sweepAfterErasure } from "../people/sweep.ts";
import { forgetChanges } from "../store/queries/address-changes.ts";
import { purgeRejected } from "../store/queries/comments.ts";
import { messagesOfComment } from "../store/queries/outbox.ts";
import { remindOfRetention } from "../studies/retention.ts";

const DAY_MS = 24 * 3_600_000;

/** Rejected comments, and letters in the outbox folder, are erased after this many days. */
const KEPT_DAYS = 30;

type Purging = Pick<ServerContext, "store" | "now" | "log"> & {
  readonly mail: { readonly transport: Pick<MailTransport, "forget" | "forgetBefore"> };
};

/** Erases what was rejected more than 30 days ago, whether or not anyone opens the queue. */
export async function purgeDiscussion({ store, now, log, mail }: Purging): Promise<void> {
  const erased = await purgeRejected(store.db, now() - KEPT_DAYS * DAY_MS);
  // The outbox folder holds letters to their writers, with the address in plain.
  for (const id of erased) await mail.transport.forget(await messagesOfComment(store.db, id));
  const count = erased.length;
  if (count > 0)
    log(`${count} rejected ${count === 1 ? "comment" : "comments"} erased after ${KEPT_DAYS} days.`);
}

/** Takes letters out of the outbox folder that are older than 30 days: an address stands in each. */
export async function purgeLetters({ now, mail }: Pick<Purging, "now" | "mail">): Promise<void> {
  await mail.transport.forgetBefore(now() - KEPT_DAYS * DAY_MS);
}

/** Purges every day from now on, and reminds of what may not be kept any longer; one failure is made good by the next day. Returns what ends it. */
export function purgeDaily(context: ServerContext): () => void {
  const tick = setInterval(() => {
    void sweepAfterErasure(context);
    void remindOfRetention(context);
    Promise.all([
      purgeDiscussion(context),
      purgeLetters(context),
      forgetOutdated(context),
      forgetChanges(context.store.db, context.now() - DAY_MS),
    ]).catch((error: unknown) =>
      context.log(
        `erasing rejected comments, old letters, old addresses or those who did not join failed: ${String(error)}`,
      ),
    );
  }, DAY_MS);
  tick.unref();
  return () => clearInterval(tick);
}
