import type { Kysely } from "kysely";
import type { Tables, VisitTable } from "../schema.ts";

/** Opens a visit, and forgets those that have run out. */
export async function addVisit(db: Kysely<Tables>, visit: VisitTable, now: number): Promise<void> {
  await db.deleteFrom("visit").where("expires_at", "<=", now).execute();
  await db.insertInto("visit").values(visit).execute();
}

/** The visit with this hash that has not run out, if there is one. */
export async function openVisit(
  db: Kysely<Tables>,
  tokenHash: string,
  now: number,
): Promise<VisitTable | undefined> {
  return db
    .selectFrom("visit")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

/** Lets a visit run on until `expiresAt`. */
export async function prolongVisit(db: Kysely<Tables>, tokenHash: string, expiresAt: number): Promise<void> {
  await db.updateTable("visit").set({ expires_at: expiresAt }).where("token_hash", "=", tokenHash).execute();
}

/** Lets one visit of a person go on under their new link; the others end with the old one. */
export async function carryVisitOver(db: Kysely<Tables>, tokenHash: string, epoch: number): Promise<void> {
  await db.updateTable("visit").set({ epoch }).where("token_hash", "=", tokenHash).execute();
}

/** Ends a visit. */
export async function removeVisit(db: Kysely<Tables>, tokenHash: string): Promise<void> {
  await db.deleteFrom("visit").where("token_hash", "=", tokenHash).execute();
}

/** Marks a visit as verified until a time. */
export async function verifyVisit(db: Kysely<Tables>, tokenHash: string, until: number): Promise<void> {
  await db.updateTable("visit").set({ verified_until: until }).where("token_hash", "=", tokenHash).execute();
}

/** Ends every visit of a person. */
export async function removeVisitsOf(
  db: Kysely<Tables>,
  { study, person }: { readonly study: string; readonly person: string },
): Promise<void> {
  await db.deleteFrom("visit").where("study", "=", study).where("person", "=", person).execute();
}
