import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the list of those who have asked the team to erase them. */
export async function createErasureRequests(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("erasure_request")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("asked_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("erasure_request_key", ["study", "person"])
    .execute();
}
