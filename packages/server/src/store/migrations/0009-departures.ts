import { type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Creates the list of those who have left, and counts the erasures of each study. Whoever had stopped messages stands
 * in the list from now on: one list says who has left and how.
 */
export async function createDepartures(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("departure")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addUniqueConstraint("departure_kind", ["study", "person", "kind"])
    .execute();
  await db.schema.createIndex("departure_kinds").on("departure").columns(["study", "kind"]).execute();
  await db.schema
    .alterTable("study")
    .addColumn("erasure_seq", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`insert into departure (id, study, person, kind, at, actor)
    select 'messages:' || study || ':' || person, study, person, 'stop_contact', stopped_at, 'person:' || person
    from message_stop`.execute(db);
  await db.schema.dropTable("message_stop").execute();
}
