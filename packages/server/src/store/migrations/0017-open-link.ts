import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of the open link: its switch, who is about to join, how people came, counts, and duplicates. */
export async function createOpenLink(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("open_link")
    .addColumn("study", "text", (c) => c.primaryKey().references("study.id"))
    .addColumn("is_open", "integer", (c) => c.notNull())
    .addColumn("changed_at", "bigint", (c) => c.notNull())
    .addColumn("changed_by", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("newcomer")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("known", "text")
    .addColumn("name", "text")
    .addColumn("email", "text")
    .addColumn("answers", "text")
    .addColumn("made_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("tries", "integer", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("joined_openly")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("joined_at", "bigint", (c) => c.notNull())
    .addColumn("answers", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("joined_openly_pk", ["study", "person"])
    .execute();
  await db.schema
    .createTable("recruitment_count")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("day", "integer", (c) => c.notNull())
    .addColumn("what", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("times", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("recruitment_count_pk", ["study", "day", "what", "reason"])
    .execute();
  await db.schema
    .createTable("duplicate_mark")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("other", "text", (c) => c.notNull())
    .addColumn("verdict", "text", (c) => c.notNull())
    .addColumn("marked_at", "bigint", (c) => c.notNull())
    .addColumn("marked_by", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("duplicate_mark_pk", ["study", "person", "other"])
    .execute();
  await db.schema.alterTable("outbox").addColumn("newcomer", "text").execute();
}
