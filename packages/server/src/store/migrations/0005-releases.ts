import { type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of de-identified releases and of who received them. */
export async function createReleases(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("release")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("started_at", "bigint", (c) => c.notNull())
    .addColumn("started_by", "text", (c) => c.notNull())
    .addColumn("kept_at", "bigint")
    .addColumn("kept_by", "text")
    .addColumn("up_to_seq", "bigint", (c) => c.notNull())
    .addColumn("k", "integer", (c) => c.notNull())
    .addColumn("min_cell", "integer", (c) => c.notNull())
    .addColumn("people_hash", "text")
    .addColumn("hash", "text")
    .addColumn("summary", "text")
    .addColumn("report", "text")
    // SQLite takes any name of a type and keeps bytes as they are.
    .addColumn("file", sql`bytea`)
    .addColumn("problem", "text")
    .addPrimaryKeyConstraint("release_key", ["study", "id"])
    .execute();
  await db.schema
    .createIndex("release_number")
    .unique()
    .on("release")
    .columns(["study", "number"])
    .where(sql<boolean>`state = 'kept'`)
    .execute();
  await db.schema
    .createTable("release_recipient")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("organisation", "text", (c) => c.notNull())
    .addColumn("purpose", "text", (c) => c.notNull())
    .addColumn("agreement", "text", (c) => c.notNull())
    .addColumn("received_at", "bigint", (c) => c.notNull())
    .addColumn("recorded_at", "bigint", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("release_recipient_version")
    .on("release_recipient")
    .columns(["study", "number"])
    .execute();
}
