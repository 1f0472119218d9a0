import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Since when a study writes to a person by itself, and when to look at them next; moves to another time zone; answers
 * that came late. People who had enrolled are written to from now on; those only invited were given their links by hand.
 */
export async function createContacts(db: Kysely<Tables>, now: number): Promise<void> {
  await db.schema.alterTable("person").addColumn("writes_from", "bigint").execute();
  await db.schema.alterTable("person").addColumn("next_contact_at", "bigint").execute();
  await db.schema
    .createIndex("person_next_contact")
    .on("person")
    .columns(["study", "next_contact_at"])
    .execute();
  await db.schema.alterTable("person").addColumn("moves", "text").execute();
  await db.schema
    .alterTable("answer")
    .addColumn("late", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
  await db
    .updateTable("person")
    .set({ writes_from: now, next_contact_at: now })
    .where("enrolled_at", "is not", null)
    .execute();
}
