import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the outbox, one-time codes and the list of those who want no messages; marks visits as verified. */
export async function createMail(db: Kysely<Tables>): Promise<void> {
  await createOutbox(db);
  await db.schema
    .createTable("one_time_code")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("purpose", "text", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("made_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("tries", "integer", (c) => c.notNull())
    .addColumn("used_at", "bigint")
    .execute();
  await db.schema
    .createIndex("one_time_code_person")
    .on("one_time_code")
    .columns(["study", "person", "made_at"])
    .execute();
  await db.schema
    .createTable("message_stop")
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("stopped_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("message_stop_key", ["study", "person"])
    .execute();
  await db.schema.alterTable("visit").addColumn("verified_until", "bigint").execute();
  await db.schema.createIndex("comment_reader").on("comment").columns(["study", "email_index"]).execute();
}

async function createOutbox(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("outbox")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("key", "text", (c) => c.notNull().unique())
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("template", "text", (c) => c.notNull())
    .addColumn("parameters", "text", (c) => c.notNull())
    .addColumn("person", "text")
    .addColumn("comment", "text")
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("urgent", "integer", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("decided_at", "bigint", (c) => c.notNull())
    .addColumn("due_at", "bigint", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("owner", "text")
    .addColumn("alive_at", "bigint", (c) => c.notNull())
    .addColumn("sent_at", "bigint")
    .addColumn("last_error", "text")
    .addColumn("resend_of", "text")
    .addColumn("reason", "text")
    .execute();
  await db.schema
    .createIndex("outbox_due")
    .on("outbox")
    .columns(["state", "urgent", "decided_at", "id"])
    .execute();
  await db.schema.createIndex("outbox_study").on("outbox").columns(["study", "decided_at", "id"]).execute();
  await db.schema.createIndex("outbox_person").on("outbox").columns(["study", "person"]).execute();
  await db.schema.createIndex("outbox_comment").on("outbox").column("comment").execute();
}
