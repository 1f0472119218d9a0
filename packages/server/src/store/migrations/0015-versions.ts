import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Versions of a study's text, pauses, drafts, windows that an amendment leaves as they were for who is inside them, and
 * consent asked anew that was declined. A study that is there was opened with the text it has: its first version.
 */
export async function createVersions(db: Kysely<Tables>): Promise<void> {
  await addColumns(db);
  await db.schema
    .createTable("protocol_version")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("version", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("from_at", "bigint", (c) => c.notNull())
    .addColumn("from_seq", "integer", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("by_email", "text")
    .addColumn("by_name", "text")
    .addColumn("affected", "text")
    .addPrimaryKeyConstraint("protocol_version_key", ["study", "number"])
    .execute();
  await db.schema
    .createTable("study_pause")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("from_at", "bigint", (c) => c.notNull())
    .addColumn("until_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("study_pause_key", ["study", "from_at"])
    .execute();
  await db.schema
    .createTable("consent_declined")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("form_hash", "text", (c) => c.notNull())
    .addColumn("declined_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("consent_declined_person")
    .on("consent_declined")
    .columns(["study", "person"])
    .execute();
  await keepFirstVersions(db);
}

async function addColumns(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable("study")
    .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable("study").addColumn("opened_at", "bigint").execute();
  await db.schema.alterTable("study").addColumn("paused_at", "bigint").execute();
  await db.schema.alterTable("study").addColumn("draft_text", "text").execute();
  await db.schema.alterTable("person").addColumn("held", "text").execute();
}

async function keepFirstVersions(db: Kysely<Tables>): Promise<void> {
  await db
    .updateTable("study")
    .set((eb) => ({ opened_at: eb.ref("created_at") }))
    .execute();
  await db
    .insertInto("protocol_version")
    .columns(["study", "number", "version", "hash", "text", "from_at", "from_seq"])
    .expression((eb) =>
      eb
        .selectFrom("study")
        .select((of) => [
          "id",
          of.lit(1).as("number"),
          "protocol_version",
          "protocol_hash",
          "protocol_text",
          "created_at",
          of.lit(0).as("from_seq"),
        ]),
    )
    .execute();
}
