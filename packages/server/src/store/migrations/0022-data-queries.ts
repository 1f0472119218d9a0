import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of queries on single answers. */
export async function createDataQueries(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("data_query")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("wave", "text", (c) => c.notNull())
    .addColumn("item", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("changed_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("data_query_key", ["study", "id"])
    .execute();
  await db.schema.createIndex("data_query_state").on("data_query").columns(["study", "state"]).execute();
  await db.schema
    .createTable("data_query_entry")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("query", "text", (c) => c.notNull())
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("words", "text")
    .addColumn("by_email", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("data_query_entry_key", ["study", "query", "number"])
    .execute();
}
