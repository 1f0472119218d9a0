import { type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";
import { staffKey } from "./members.ts";

/** How many wrong codes in a row, and for how long none is taken after them. */
const MOST_FAILURES = 5;
const CLOSED_MS = 15 * 60_000;

/**
 * Counts a try before it is made, so that tries at the same moment cannot be more than those allowed.
 *
 * @returns until when no code is taken (ms UTC); undefined when this one may be tried.
 */
export async function countTry(db: Kysely<Tables>, email: string, now: number): Promise<number | undefined> {
  const key = staffKey(email);
  const counted = await db
    .insertInto("second_factor")
    .values({ email: key, failures: 1, closed_until: 0, last_code: null })
    .onConflict((oc) =>
      oc
        .column("email")
        .doUpdateSet({
          failures: sql<number>`case when second_factor.failures >= ${MOST_FAILURES} then 1 else second_factor.failures + 1 end`,
          closed_until: sql<number>`case when second_factor.failures = ${MOST_FAILURES - 1} then cast(${now + CLOSED_MS} as bigint) else 0 end`,
        })
        .where("second_factor.closed_until", "<=", now),
    )
    .returning("failures")
    .executeTakeFirst();
  if (counted) return undefined;
  const row = await db
    .selectFrom("second_factor")
    .select("closed_until")
    .where("email", "=", key)
    .executeTakeFirst();
  return row?.closed_until ?? now + CLOSED_MS;
}

/** Takes a code that was right, once: false when it is the one that was taken last. Wrong tries are forgotten. */
export async function takeCode(db: Kysely<Tables>, email: string, codeHash: string): Promise<boolean> {
  const taken = await db
    .updateTable("second_factor")
    .set({ failures: 0, closed_until: 0, last_code: codeHash })
    .where("email", "=", staffKey(email))
    .where((eb) => eb.or([eb("last_code", "is", null), eb("last_code", "!=", codeHash)]))
    .returning("email")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Until when a session counts as verified; undefined when it does not. */
export async function verifiedUntil(
  db: Kysely<Tables>,
  session: string,
  now: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom("verified_session")
    .select("until")
    .where("session", "=", session)
    .where("until", ">", now)
    .executeTakeFirst();
  return row?.until;
}

/** Marks a session as verified, or for longer; those that have lapsed are forgotten. */
export async function markVerified(
  db: Kysely<Tables>,
  session: string,
  { until, now }: { readonly until: number; readonly now: number },
): Promise<void> {
  await db.deleteFrom("verified_session").where("until", "<=", now).execute();
  await db
    .insertInto("verified_session")
    .values({ session, until })
    .onConflict((oc) => oc.column("session").doUpdateSet({ until }))
    .execute();
}
