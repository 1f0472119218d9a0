import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { ImportRunTable } from "../schema-imports.ts";

/** Writes down that an import begins. */
export async function addImport(
  db: Kysely<Tables>,
  run: Pick<ImportRunTable, "id" | "study" | "file_hash" | "started_at" | "started_by">,
): Promise<void> {
  const begun = { beat_at: run.started_at, ended_at: null, done: 0, total: 0, problem: null };
  await db
    .insertInto("import_run")
    .values({ ...run, ...begun })
    .execute();
}

/** The latest imports into a study, the newest first. */
export async function latestImports(
  db: Kysely<Tables>,
  study: string,
  most: number,
): Promise<readonly ImportRunTable[]> {
  return db
    .selectFrom("import_run")
    .selectAll()
    .where("study", "=", study)
    .orderBy("started_at", "desc")
    .orderBy("id")
    .limit(most)
    .execute();
}

/** Notes how far an import has come, in the transaction that brought it there, or that it still goes on. */
export async function noteImport(
  db: Kysely<Tables>,
  id: string,
  change: Partial<Pick<ImportRunTable, "done" | "total" | "beat_at" | "ended_at" | "problem">>,
): Promise<void> {
  await db.updateTable("import_run").set(change).where("id", "=", id).execute();
}
