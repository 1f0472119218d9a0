import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of people's own pages: the exact rules and words, who was shown which, and every choice. */
export async function createOwnRecord(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("feedback_rules")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("text", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("feedback_view")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("rules_hash", "text", (c) => c.notNull().references("feedback_rules.hash"))
    .addColumn("shown_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("feedback_view_person")
    .on("feedback_view")
    .columns(["study", "person", "shown_at"])
    .execute();
  await db.schema
    .createTable("feedback_choice")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("shows_sessions", "integer", (c) => c.notNull())
    .addColumn("chosen_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("feedback_choice_person")
    .on("feedback_choice")
    .columns(["study", "person", "chosen_at"])
    .execute();
}
