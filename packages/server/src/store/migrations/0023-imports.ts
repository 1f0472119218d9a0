import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Imports of files from the console: how far each has come, and what became of it; nothing of any person. */
export async function createImports(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("import_run")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("file_hash", "text", (c) => c.notNull())
    .addColumn("started_at", "bigint", (c) => c.notNull())
    .addColumn("started_by", "text", (c) => c.notNull())
    .addColumn("beat_at", "bigint", (c) => c.notNull())
    .addColumn("ended_at", "bigint")
    .addColumn("done", "integer", (c) => c.notNull())
    .addColumn("total", "integer", (c) => c.notNull())
    .addColumn("problem", "text")
    .execute();
  await db.schema
    .createIndex("import_run_of_study")
    .on("import_run")
    .columns(["study", "started_at"])
    .execute();
}
