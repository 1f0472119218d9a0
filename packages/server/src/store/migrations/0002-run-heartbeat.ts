import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Gives every run the time at which its process last said that it is alive. */
export async function addRunHeartbeat(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable("run")
    .addColumn("alive_at", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
}
