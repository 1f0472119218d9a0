import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** People have a telephone number too, and changes of their e-mail address wait to be confirmed and can be objected to. */
export async function createContactChanges(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable("person_contact").addColumn("phone", "text").execute();
  await db.schema
    .createTable("address_change")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("new_email", "text")
    .addColumn("old_email", "text")
    .addColumn("made_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("tries", "integer", (c) => c.notNull())
    .addColumn("settled_at", "bigint")
    .execute();
  await db.schema
    .createIndex("address_change_of_person")
    .on("address_change")
    .columns(["study", "person"])
    .execute();
}
