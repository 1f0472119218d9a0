import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of passkeys of staff, and of what a device was asked to sign. */
export async function createPasskeys(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("passkey")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("public_key", "text", (c) => c.notNull())
    .addColumn("counter", "bigint", (c) => c.notNull())
    .addColumn("added_at", "bigint", (c) => c.notNull())
    .addColumn("used_at", "bigint")
    .execute();
  await db.schema.createIndex("passkey_email").on("passkey").column("email").execute();
  await db.schema
    .createTable("passkey_challenge")
    .addColumn("session", "text", (c) => c.primaryKey())
    .addColumn("challenge", "text", (c) => c.notNull())
    .addColumn("until", "bigint", (c) => c.notNull())
    .execute();
}
