import { OBJECTING_DAYS } from "../contact/change.ts";
import { openStore, type StoreLocation } from "../store/open.ts";
import { objectionsEnd } from "../store/queries/address-changes.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { failReturned, markAddress } from "../store/queries/returned-mail.ts";
import { messagesIn, readReturned } from "./returned.ts";

const DAY_MS = 86_400_000;

/** What was found among mail that came back. */
export interface ReturnedCount {
  readonly read: number;
  /** Messages of this store that a mail server gave up, by reports that had not been read before. */
  readonly failed: number;
  /** Messages that a mail server still tries to deliver. */
  readonly delayed: number;
  /** Reports read before, or about messages that this store does not know. */
  readonly unknown: number;
}

/**
 * Reads mail that came back, from mbox files or single messages, and shows on the dashboard what a mail server gave up.
 * An address of a person that takes no mail for good is marked, and nothing more is sent to it by itself.
 *
 * @throws StoreError `store.unreachable`
 */
export async function takeReturned(
  location: StoreLocation,
  files: Iterable<Buffer>,
  at: number,
): Promise<ReturnedCount> {
  const store = await openStore(location, at);
  const count = { read: 0, failed: 0, delayed: 0, unknown: 0 };
  try {
    for (const file of files)
      for (const raw of messagesIn(file)) {
        count.read += 1;
        const returned = await readReturned(raw);
        if (returned === undefined) continue;
        if (returned.kind === "delayed") count.delayed += 1;
        else if (await take(store.db, returned, at)) count.failed += 1;
        else count.unknown += 1;
      }
  } finally {
    await store.close();
  }
  return count;
}

type Db = Parameters<typeof recordEvent>[0];
type Returned = NonNullable<Awaited<ReturnType<typeof readReturned>>>;

/** Whether a message went to the address that a person has now, and not to an older one or to one that was only tried. */
async function wentToPresentAddress(
  db: Db,
  { study, person, template, decided_at }: NonNullable<Awaited<ReturnType<typeof failReturned>>>,
): Promise<boolean> {
  if (person === null || template === "address_notice" || template === "address_code") return false;
  const end = await objectionsEnd(db, { study, person });
  return end === undefined || decided_at >= end - OBJECTING_DAYS * DAY_MS;
}

/** Each in one transaction, so that what is read twice is counted once. */
function take(db: Db, { message, why, forGood }: Returned, at: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const failed = await failReturned(trx, message, `came back: ${why}`);
    if (failed === undefined) return false;
    if (forGood && (await wentToPresentAddress(trx, failed)))
      await markAddress(trx, failed.study, failed.person ?? "");
    await recordEvent(trx, {
      ...{ at, study: failed.study, actor: "server", action: "message.returned" },
      detail: { message, forGood },
    });
    return true;
  });
}
