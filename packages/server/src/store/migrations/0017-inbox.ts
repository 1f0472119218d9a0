import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of what people write to the study team, what it answers, and pauses for safety. */
export async function createInbox(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("inbox_message")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("about", "text", (c) => c.notNull())
    .addColumn("words", "text", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("sent_at", "bigint", (c) => c.notNull())
    .addColumn("read_at", "bigint")
    .addColumn("closed_at", "bigint")
    .addPrimaryKeyConstraint("inbox_message_pk", ["study", "id"])
    .execute();
  await db.schema
    .createTable("inbox_answer")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("message", "text", (c) => c.notNull())
    .addColumn("way", "text", (c) => c.notNull())
    .addColumn("words", "text", (c) => c.notNull())
    .addColumn("answered_at", "bigint", (c) => c.notNull())
    .addColumn("answered_by", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("inbox_answer_pk", ["study", "id"])
    .execute();
  await db.schema
    .createTable("safety_pause")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("paused_at", "bigint", (c) => c.notNull())
    .addColumn("people", "integer", (c) => c.notNull())
    .addColumn("within_days", "integer", (c) => c.notNull())
    .addColumn("resumed_at", "bigint")
    .addPrimaryKeyConstraint("safety_pause_pk", ["study", "paused_at"])
    .execute();
}
