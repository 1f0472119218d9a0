import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of who may do what: members of studies, who may open studies, and the second factor's guards. */
export async function createRoles(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("membership")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("site", "text")
    .addColumn("added_at", "bigint", (c) => c.notNull())
    .addColumn("added_by", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("membership_pk", ["study", "email"])
    .execute();
  await db.schema.createIndex("membership_email").on("membership").column("email").execute();
  await db.schema
    .createTable("study_opener")
    .addColumn("email", "text", (c) => c.primaryKey())
    .addColumn("added_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("second_factor")
    .addColumn("email", "text", (c) => c.primaryKey())
    .addColumn("failures", "integer", (c) => c.notNull())
    .addColumn("closed_until", "bigint", (c) => c.notNull())
    .addColumn("last_code", "text")
    .execute();
  await db.schema
    .createTable("verified_session")
    .addColumn("session", "text", (c) => c.primaryKey())
    .addColumn("until", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.alterTable("outbox").addColumn("staff", "text").execute();
  await db.schema.alterTable("person").addColumn("site", "text").execute();
}
