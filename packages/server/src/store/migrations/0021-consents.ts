import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Says of a consent which answer of the study was the last before it, and of one that was signed on paper the day, who
 * saw it, and who wrote it down and when. Those that are there count as given before every answer, on a page.
 */
export async function tellConsents(db: Kysely<Tables>): Promise<void> {
  // SQLite adds one column a statement.
  for (const [column, type] of [
    ["from_seq", "bigint"],
    ["signed_on", "text"],
    ["seen_by", "text"],
    ["recorded_by", "text"],
    ["recorded_at", "bigint"],
  ] as const)
    await db.schema.alterTable("consent").addColumn(column, type).execute();
}
