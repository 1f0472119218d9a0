import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the table of readers' comments. */
export async function createDiscussion(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("comment")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("publication", "text", (c) => c.notNull())
    .addColumn("parent", "text")
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("email_index", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("kind", "text")
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("urgent", "integer", (c) => c.notNull())
    .addColumn("held_for", "text")
    .addColumn("is_team", "integer", (c) => c.notNull())
    .addColumn("edited_by_team", "integer", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("token_hash", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("decided_at", "bigint")
    .addColumn("decided_by", "text")
    .execute();
  await db.schema
    .createIndex("comment_shown")
    .on("comment")
    .columns(["study", "state", "created_at"])
    .execute();
  await db.schema.createIndex("comment_token").unique().on("comment").column("token_hash").execute();
}
