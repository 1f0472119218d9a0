import { type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Creates the table of rest prompts and finds what is answered between the waves without reading the waves. A session
 * has no table: its parts are answers like any other, under `session_log/ID`.
 */
export async function createSessions(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("rest_prompt")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("week", "text", (c) => c.notNull())
    .addColumn("local_date", "text", (c) => c.notNull())
    .addColumn("due_at", "bigint", (c) => c.notNull())
    .addColumn("basis", "text", (c) => c.notNull())
    .addColumn("seed", "text", (c) => c.notNull())
    .addColumn("drawn_at", "bigint", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("settled_at", "bigint")
    .addPrimaryKeyConstraint("rest_prompt_key", ["study", "id"])
    .addUniqueConstraint("rest_prompt_day", ["study", "person", "local_date"])
    .execute();
  await db.schema
    .createIndex("rest_prompt_due")
    .on("rest_prompt")
    .columns(["study", "state", "due_at"])
    .execute();
  await sql`create index answer_between on answer (study, received_at) where wave like '%/%'`.execute(db);
}
