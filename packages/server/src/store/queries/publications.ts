import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { PublicationTable } from "../schema-results.ts";

/** A publication without its bundle. */
export type PublicationRow = Omit<PublicationTable, "bundle">;

const columns = ["study", "hash", "number", "run", "published_at", "published_by", "replaces"] as const;

/** The latest publication of a study, if there is one. */
export async function latestPublication(
  db: Kysely<Tables>,
  study: string,
): Promise<PublicationRow | undefined> {
  return db
    .selectFrom("publication")
    .select(columns)
    .where("study", "=", study)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The publication of a study with this hash and its sealed bundle, if there is one. */
export async function publicationByHash(
  db: Kysely<Tables>,
  study: string,
  hash: string,
): Promise<PublicationTable | undefined> {
  return db
    .selectFrom("publication")
    .selectAll()
    .where("study", "=", study)
    .where("hash", "=", hash)
    .executeTakeFirst();
}

/** The publication that replaces the one with this hash, if there is one. */
export async function successorOf(
  db: Kysely<Tables>,
  study: string,
  hash: string,
): Promise<PublicationRow | undefined> {
  return db
    .selectFrom("publication")
    .select(columns)
    .where("study", "=", study)
    .where("replaces", "=", hash)
    .executeTakeFirst();
}

/** Adds a publication; one that is there stays as it is. */
export async function addPublication(db: Kysely<Tables>, publication: PublicationTable): Promise<void> {
  await db.insertInto("publication").values(publication).execute();
}
