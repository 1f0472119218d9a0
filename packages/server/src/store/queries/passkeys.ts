import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { PasskeyTable } from "../schema-staff.ts";
import { staffKey } from "./members.ts";

/** The passkeys of somebody, in the order they were added. */
export async function passkeysOf(db: Kysely<Tables>, email: string): Promise<readonly PasskeyTable[]> {
  return db
    .selectFrom("passkey")
    .selectAll()
    .where("email", "=", staffKey(email))
    .orderBy("added_at")
    .orderBy("id")
    .execute();
}

/** Adds a passkey; false when it is somebody's already. */
export async function addPasskey(db: Kysely<Tables>, passkey: PasskeyTable): Promise<boolean> {
  const added = await db
    .insertInto("passkey")
    .values({ ...passkey, email: staffKey(passkey.email) })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return added !== undefined;
}

/** Writes down that a passkey was used, and how often its device says it has been. */
export async function noteUse(
  db: Kysely<Tables>,
  id: string,
  { counter, at }: { readonly counter: number; readonly at: number },
): Promise<void> {
  await db.updateTable("passkey").set({ counter, used_at: at }).where("id", "=", id).execute();
}

/** Takes a passkey from somebody, or all of them; how many there were. */
export async function removePasskeys(db: Kysely<Tables>, email: string, id?: string): Promise<number> {
  const all = db.deleteFrom("passkey").where("email", "=", staffKey(email));
  const removed = await (id === undefined ? all : all.where("id", "=", id)).executeTakeFirst();
  return Number(removed.numDeletedRows);
}

/** Keeps what the device of a session is asked to sign, in place of what it was asked before. */
export async function keepChallenge(
  db: Kysely<Tables>,
  asked: { readonly session: string; readonly challenge: string; readonly until: number },
  now: number,
): Promise<void> {
  await db.deleteFrom("passkey_challenge").where("until", "<=", now).execute();
  const { challenge, until } = asked;
  await db
    .insertInto("passkey_challenge")
    .values(asked)
    .onConflict((conflict) => conflict.column("session").doUpdateSet({ challenge, until }))
    .execute();
}

/** What the device of a session was asked to sign, once. */
export async function takeChallenge(
  db: Kysely<Tables>,
  session: string,
  now: number,
): Promise<string | undefined> {
  const row = await db
    .deleteFrom("passkey_challenge")
    .where("session", "=", session)
    .returning(["challenge", "until"])
    .executeTakeFirst();
  return row !== undefined && row.until > now ? row.challenge : undefined;
}
