import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Finds the answers to a comment without reading all comments. */
export async function indexCommentParents(db: Kysely<Tables>): Promise<void> {
  await db.schema.createIndex("comment_parent").on("comment").columns(["parent", "state", "kind"]).execute();
}
