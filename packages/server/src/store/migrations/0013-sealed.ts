import { type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";

/** Where PostgreSQL keeps the keys of people: apart, so that a copy can be made without them. */
export const KEY_SCHEMA = "longwave_keys";

/**
 * Lets each answer and each contact say whether it is sealed; those there are sealed when the server starts. On
 * PostgreSQL the table of keys is made too.
 */
export async function addSealing(
  db: Kysely<Tables>,
  _now: number,
  engine: "sqlite" | "postgres",
): Promise<void> {
  for (const table of ["answer", "person_contact"] as const)
    await db.schema
      .alterTable(table)
      .addColumn("sealed", "integer", (c) => c.notNull().defaultTo(0))
      .execute();
  await db.schema.alterTable("person_contact").addColumn("email_index", "text").execute();
  // What is left of an erased person holds nothing to seal.
  await sql`update answer set sealed = 1 where payload = ''`.execute(db);
  if (engine === "sqlite") return;
  await db.schema.createSchema(KEY_SCHEMA).ifNotExists().execute();
  await db.schema
    .createTable(`${KEY_SCHEMA}.person_key`)
    .ifNotExists()
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("wrapped", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("person_key_key", ["study", "person"])
    .execute();
}
