import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Keeps with every run how many data it was made from, lists departures from the plan, and marks answers that were
 * skipped, so that who answered can be counted without reading any answer.
 */
export async function addRunRecord(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable("run").addColumn("people", "integer").execute();
  await db.schema.alterTable("run").addColumn("answers", "bigint").execute();
  await db.schema
    .alterTable("answer")
    .addColumn("given", "integer", (c) => c.notNull().defaultTo(1))
    .execute();
  await db.updateTable("answer").set({ given: 0 }).where("payload", "like", '{"kind":"skipped"%').execute();
  await db.schema
    .createTable("deviation")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("clause", "text", (c) => c.notNull())
    .addColumn("what", "text", (c) => c.notNull())
    .addColumn("why", "text", (c) => c.notNull())
    .addColumn("timing", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("by_email", "text", (c) => c.notNull())
    .addColumn("by_name", "text", (c) => c.notNull())
    .addColumn("run", "text")
    .addUniqueConstraint("deviation_number", ["study", "number"])
    .execute();
}
