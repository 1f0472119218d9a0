import type { Kysely } from "kysely";
import type { CommentTable, Tables } from "../schema.ts";

/** Adds a comment. */
export async function addComment(db: Kysely<Tables>, comment: CommentTable): Promise<void> {
  await db.insertInto("comment").values(comment).execute();
}

/** A comment by its id, within its study. */
export async function commentById(
  db: Kysely<Tables>,
  study: string,
  id: string,
): Promise<CommentTable | undefined> {
  return db
    .selectFrom("comment")
    .selectAll()
    .where("study", "=", study)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** A comment by the hash of its secret address. */
export async function commentByToken(
  db: Kysely<Tables>,
  tokenHash: string,
): Promise<CommentTable | undefined> {
  return db.selectFrom("comment").selectAll().where("token_hash", "=", tokenHash).executeTakeFirst();
}

/** Comments of their own, newest first: those shown, and removed ones that others have answered. */
export async function shownThreads(
  db: Kysely<Tables>,
  study: string,
  page: { readonly from: number; readonly count: number },
): Promise<readonly CommentTable[]> {
  return db
    .selectFrom("comment")
    .selectAll()
    .where("study", "=", study)
    .where("parent", "is", null)
    .where("state", "=", "approved")
    .orderBy("created_at", "desc")
    .orderBy("id")
    .offset(page.from)
    .limit(page.count)
    .execute();
}

/** The answers shown under some comments, oldest first. */
export async function shownReplies(
  db: Kysely<Tables>,
  study: string,
  parents: readonly string[],
): Promise<readonly CommentTable[]> {
  if (parents.length === 0) return [];
  return db
    .selectFrom("comment")
    .selectAll()
    .where("study", "=", study)
    .where("parent", "in", [...parents])
    .where("state", "=", "approved")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** How many comments are shown: of their own, and with answers. */
export async function countShown(
  db: Kysely<Tables>,
  study: string,
): Promise<{ readonly threads: number; readonly all: number }> {
  const rows = await db
    .selectFrom("comment")
    .select(({ fn }) => ["parent", fn.countAll<number>().as("count")])
    .where("study", "=", study)
    .where("state", "=", "approved")
    .groupBy("parent")
    .execute();
  const all = rows.reduce((sum, { count }) => sum + Number(count), 0);
  return { threads: Number(rows.find(({ parent }) => parent === null)?.count ?? 0), all };
}

/** The kinds that shown comments speak of, most often first. */
export async function shownKinds(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly { readonly kind: string; readonly count: number }[]> {
  const rows = await db
    .selectFrom("comment")
    .select(({ fn }) => ["kind", fn.countAll<number>().as("count")])
    .where("study", "=", study)
    .where("state", "=", "approved")
    .where("kind", "is not", null)
    .groupBy("kind")
    .execute();
  return rows
    .map(({ kind, count }) => ({ kind: kind ?? "", count: Number(count) }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
    .slice(0, 12);
}

/** The newest comments shown, answers among them. */
export async function newestShown(db: Kysely<Tables>, study: string): Promise<readonly CommentTable[]> {
  return db
    .selectFrom("comment")
    .selectAll()
    .where("study", "=", study)
    .where("state", "=", "approved")
    .orderBy("created_at", "desc")
    .limit(50)
    .execute();
}

/** What waits for a decision, the urgent first, then the oldest; or the latest of another state. */
export async function commentsInState(
  db: Kysely<Tables>,
  study: string,
  state: string,
): Promise<readonly CommentTable[]> {
  return db
    .selectFrom("comment")
    .selectAll()
    .where("study", "=", study)
    .where("state", "=", state)
    .orderBy("urgent", "desc")
    .orderBy("created_at", state === "pending" ? "asc" : "desc")
    .limit(200)
    .execute();
}

/** Whether a reader has had a comment accepted since a time. */
export async function wasApproved(
  db: Kysely<Tables>,
  reader: { readonly study: string; readonly emailIndex: string; readonly since: number },
): Promise<boolean> {
  const found = await db
    .selectFrom("comment")
    .select("id")
    .where("study", "=", reader.study)
    .where("email_index", "=", reader.emailIndex)
    .where("state", "=", "approved")
    .where("created_at", ">=", reader.since)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Changes some columns of a comment. */
export async function changeComment(
  db: Kysely<Tables>,
  id: string,
  change: Partial<Omit<CommentTable, "id" | "study">>,
): Promise<void> {
  await db.updateTable("comment").set(change).where("id", "=", id).execute();
}

/** Deletes rejected comments that were decided before a time. */
export async function purgeRejected(db: Kysely<Tables>, before: number): Promise<void> {
  await db.deleteFrom("comment").where("state", "=", "rejected").where("decided_at", "<", before).execute();
}
