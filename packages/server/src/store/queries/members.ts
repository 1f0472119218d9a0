import { type Role, roles } from "@longwave/api";
import type { Kysely } from "kysely";
import { oneOf } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { MembershipTable } from "../schema-staff.ts";

/** A member of staff of a study, by e-mail address in lower case; of one site or, without it, of all. */
export interface Membership {
  readonly study: string;
  readonly email: string;
  readonly role: Role;
  readonly site: string | undefined;
  readonly addedAt: number;
  readonly addedBy: string;
}

function parseMembership(row: MembershipTable): Membership {
  return {
    study: row.study,
    email: row.email,
    role: oneOf<Role>(row.role, roles, "membership.role"),
    site: row.site ?? undefined,
    addedAt: row.added_at,
    addedBy: row.added_by,
  };
}

/** The form in which addresses of staff are kept and compared. */
export function staffKey(email: string): string {
  return email.trim().toLowerCase();
}

/** What somebody is in a study, if anything. */
export async function membershipOf(
  db: Kysely<Tables>,
  study: string,
  email: string,
): Promise<Membership | undefined> {
  const row = await db
    .selectFrom("membership")
    .selectAll()
    .where("study", "=", study)
    .where("email", "=", staffKey(email))
    .executeTakeFirst();
  return row && parseMembership(row);
}

/** What somebody is in each study they belong to. */
export async function membershipsOf(db: Kysely<Tables>, email: string): Promise<readonly Membership[]> {
  const rows = await db.selectFrom("membership").selectAll().where("email", "=", staffKey(email)).execute();
  return rows.map(parseMembership);
}

/** The members of a study in the order they were added. */
export async function membersOf(db: Kysely<Tables>, study: string): Promise<readonly Membership[]> {
  const rows = await db
    .selectFrom("membership")
    .selectAll()
    .where("study", "=", study)
    .orderBy("added_at")
    .orderBy("email")
    .execute();
  return rows.map(parseMembership);
}

/** Adds a member; false when the address is one already. */
export async function addMember(db: Kysely<Tables>, member: Membership): Promise<boolean> {
  const done = await db
    .insertInto("membership")
    .values({
      study: member.study,
      email: staffKey(member.email),
      role: member.role,
      site: member.site ?? null,
      added_at: member.addedAt,
      added_by: member.addedBy,
    })
    .onConflict((oc) => oc.columns(["study", "email"]).doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Gives a member another role or site. */
export async function changeMember(
  db: Kysely<Tables>,
  member: Pick<Membership, "study" | "email" | "role" | "site">,
): Promise<void> {
  await db
    .updateTable("membership")
    .set({ role: member.role, site: member.site ?? null })
    .where("study", "=", member.study)
    .where("email", "=", staffKey(member.email))
    .execute();
}

/** Takes a member out of a study. */
export async function removeMember(db: Kysely<Tables>, study: string, email: string): Promise<void> {
  await db.deleteFrom("membership").where("study", "=", study).where("email", "=", staffKey(email)).execute();
}

/** The ids of studies that nobody belongs to. */
export async function studiesWithoutMembers(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("study")
    .select("id")
    .where("id", "not in", db.selectFrom("membership").select("study"))
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether somebody may open studies; without an address, whether anybody may. */
export async function mayOpenStudies(db: Kysely<Tables>, email?: string): Promise<boolean> {
  const all = db.selectFrom("study_opener").select("email").limit(1);
  const found = await (email === undefined
    ? all
    : all.where("email", "=", staffKey(email))
  ).executeTakeFirst();
  return found !== undefined;
}

/** Lets somebody open studies. */
export async function addOpener(db: Kysely<Tables>, email: string, at: number): Promise<void> {
  await db
    .insertInto("study_opener")
    .values({ email: staffKey(email), added_at: at })
    .onConflict((oc) => oc.column("email").doNothing())
    .execute();
}
