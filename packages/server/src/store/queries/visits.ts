import type { Standing } from "@longwave/api";
import type { Kysely } from "kysely";
import type { Tables, VisitTable } from "../schema.ts";
import { standingAfter } from "./departures.ts";
import { type Person, parsePerson } from "./people.ts";

/** Opens a visit, and forgets those that have run out. */
export async function addVisit(db: Kysely<Tables>, visit: VisitTable, now: number): Promise<void> {
  await db.deleteFrom("visit").where("expires_at", "<=", now).execute();
  await db.insertInto("visit").values(visit).execute();
}

/** A visit that has not run out, whose it is, and where they stand. */
export interface OpenVisit {
  readonly visit: Pick<VisitTable, "expires_at" | "verified_until" | "wave" | "began_at">;
  readonly person: Person;
  readonly standing: Standing;
}

/**
 * The visit with this hash that has not run out and was begun by a link still in use, if there is one. All in one
 * question, since every request of a participant begins with it.
 */
export async function openVisit(
  db: Kysely<Tables>,
  tokenHash: string,
  now: number,
): Promise<OpenVisit | undefined> {
  const rows = await db
    .selectFrom("visit")
    .innerJoin("person", (join) =>
      join
        .onRef("person.study", "=", "visit.study")
        .onRef("person.id", "=", "visit.person")
        .onRef("person.epoch", "=", "visit.epoch"),
    )
    .leftJoin("departure", (join) =>
      join.onRef("departure.study", "=", "visit.study").onRef("departure.person", "=", "visit.person"),
    )
    .selectAll("person")
    .select(["visit.expires_at", "visit.verified_until", "visit.wave", "visit.began_at", "departure.kind"])
    .where("visit.token_hash", "=", tokenHash)
    .where("visit.expires_at", ">", now)
    .execute();
  const [row] = rows;
  if (row === undefined) return undefined;
  const left = rows.flatMap(({ kind }) => (kind === null ? [] : [{ kind }]));
  return { visit: row, person: parsePerson(row), standing: standingAfter(left) };
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
