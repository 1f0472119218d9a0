import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Marks an address from which mail came back: the mark holds for that address and no other. */
export async function markReturnedMail(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable("person_contact").addColumn("returned_index", "text").execute();
}
