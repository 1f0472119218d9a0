import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the table of codes in letters, and lets a visit be for one wave alone. */
export async function createLetters(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("letter_code")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("epoch", "integer", (c) => c.notNull())
    .addColumn("wave", "text", (c) => c.notNull())
    .addColumn("code_hash", "text", (c) => c.notNull().unique())
    .addColumn("made_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("used_at", "bigint")
    .execute();
  await db.schema
    .createIndex("letter_code_person")
    .on("letter_code")
    .columns(["study", "person", "wave"])
    .execute();
  await db.schema.alterTable("visit").addColumn("wave", "text").execute();
  await db.schema.alterTable("visit").addColumn("began_at", "bigint").execute();
}
