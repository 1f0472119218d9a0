import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";
import type { CommentTable } from "../schema-results.ts";

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

/** Which of a study's threads to show. */
export interface ThreadsWanted {
  readonly study: string;
  /** Only those in which someone speaks of this kind. */
  readonly kind?: string | undefined;
}

/**
 * The threads that stand on the page: comments of their own that are shown, and those taken away since to which an
 * answer is still shown. With a kind, those in which the comment or an answer speaks of it.
 */
function threadsOf(db: Kysely<Tables>, { study, kind }: ThreadsWanted) {
  const answered = (eb: ExpressionBuilder<Tables, "comment">, speaksOf?: string) => {
    const replies = eb
      .selectFrom("comment as reply")
      .select("reply.id")
      .whereRef("reply.parent", "=", "comment.id")
      .where("reply.state", "=", "approved");
    return eb.exists(speaksOf === undefined ? replies : replies.where("reply.kind", "=", speaksOf));
  };
  const standing = db
    .selectFrom("comment")
    .where("study", "=", study)
    .where("parent", "is", null)
    .where((eb) =>
      eb.or([
        eb("state", "=", "approved"),
        eb.and([eb("state", "in", ["removed", "rejected"]), answered(eb)]),
      ]),
    );
  if (kind === undefined) return standing;
  return standing.where((eb) =>
    eb.or([eb.and([eb("kind", "=", kind), eb("state", "=", "approved")]), answered(eb, kind)]),
  );
}

/** One page of the threads that stand, newest first. */
export async function shownThreads(
  db: Kysely<Tables>,
  wanted: ThreadsWanted,
  page: { readonly from: number; readonly count: number },
): Promise<readonly CommentTable[]> {
  return threadsOf(db, wanted)
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id")
    .offset(page.from)
    .limit(page.count)
    .execute();
}

/** How many threads stand. */
export async function countThreads(db: Kysely<Tables>, wanted: ThreadsWanted): Promise<number> {
  const row = await threadsOf(db, wanted)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** How many comments are shown, answers among them. */
export async function countShown(db: Kysely<Tables>, study: string): Promise<number> {
  const row = await db
    .selectFrom("comment")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("study", "=", study)
    .where("state", "=", "approved")
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** The first answers shown under each of some comments, oldest first. */
export async function shownReplies(
  db: Kysely<Tables>,
  parents: readonly string[],
  most: number,
): Promise<readonly CommentTable[]> {
  if (parents.length === 0) return [];
  const numbered = db
    .selectFrom("comment")
    .selectAll()
    .select(sql<number>`row_number() over (partition by parent order by created_at, id)`.as("place"))
    .where("parent", "in", [...parents])
    .where("state", "=", "approved")
    .as("numbered");
  return db
    .selectFrom(numbered)
    .selectAll()
    .where("place", "<=", most)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** How many answers are shown under each of some comments. */
export async function countReplies(
  db: Kysely<Tables>,
  parents: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (parents.length === 0) return new Map();
  const rows = await db
    .selectFrom("comment")
    .select(({ fn }) => ["parent", fn.countAll<number>().as("count")])
    .where("parent", "in", [...parents])
    .where("state", "=", "approved")
    .groupBy("parent")
    .execute();
  return new Map(rows.map(({ parent, count }) => [parent ?? "", Number(count)]));
}

/** A kind that shown comments speak of: how many do, and the newest of them. */
export interface ShownKind {
  readonly kind: string;
  readonly count: number;
  readonly newest: string;
}

/** The kinds that shown comments speak of, most often first, at most twelve. */
export async function shownKinds(db: Kysely<Tables>, study: string): Promise<readonly ShownKind[]> {
  const numbered = db
    .selectFrom("comment")
    .select([
      "kind",
      "body",
      sql<number>`row_number() over (partition by kind order by created_at desc, id)`.as("place"),
      sql<number>`count(*) over (partition by kind)`.as("count"),
    ])
    .where("study", "=", study)
    .where("state", "=", "approved")
    .where("kind", "is not", null)
    .as("numbered");
  const rows = await db
    .selectFrom(numbered)
    .select(["kind", "body", "count"])
    .where("place", "=", 1)
    .orderBy("count", "desc")
    .orderBy("kind")
    .limit(12)
    .execute();
  return rows.map(({ kind, body, count }) => ({ kind: kind ?? "", count: Number(count), newest: body }));
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

/** Changes some columns of a comment that is still as it was read; one that changed meanwhile is left alone. */
export async function changeUntouched(
  db: Kysely<Tables>,
  read: Pick<CommentTable, "id" | "state" | "body" | "edited_by_team">,
  change: Partial<Omit<CommentTable, "id" | "study">>,
): Promise<void> {
  await db
    .updateTable("comment")
    .set(change)
    .where("id", "=", read.id)
    .where("state", "=", read.state)
    .where("body", "=", read.body)
    .where("edited_by_team", "=", read.edited_by_team)
    .execute();
}

/** What is left of a comment that is gone: its place, for the answers to it. */
export const ERASED: Partial<CommentTable> = {
  state: "removed",
  name: "",
  email: "",
  email_index: "",
  body: "",
  kind: null,
  reason: null,
};

/** Erases comments rejected before a time; the empty row stays only where an answer to it does. Their ids. */
export async function purgeRejected(db: Kysely<Tables>, before: number): Promise<readonly string[]> {
  return db.transaction().execute(async (trx) => {
    const old = await trx
      .selectFrom("comment")
      .select("id")
      .where("state", "=", "rejected")
      .where("decided_at", "<", before)
      .execute();
    for (const { id } of old) {
      const reply = await trx.selectFrom("comment").select("id").where("parent", "=", id).executeTakeFirst();
      if (reply === undefined) await trx.deleteFrom("comment").where("id", "=", id).execute();
      else await changeComment(trx, id, ERASED);
    }
    return old.map(({ id }) => id);
  });
}

/** The comments of one reader in a study that have not been removed, newest first. */
export async function commentsOfReader(
  db: Kysely<Tables>,
  reader: { readonly study: string; readonly emailIndex: string },
): Promise<readonly CommentTable[]> {
  return db
    .selectFrom("comment")
    .selectAll()
    .where("study", "=", reader.study)
    .where("email_index", "=", reader.emailIndex)
    .where("state", "<>", "removed")
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(200)
    .execute();
}

/** How many comments of a study wait for a decision. */
export async function countPending(db: Kysely<Tables>, study: string): Promise<number> {
  const row = await db
    .selectFrom("comment")
    .select(({ fn }) => fn.countAll<number>().as("comments"))
    .where("study", "=", study)
    .where("state", "=", "pending")
    .executeTakeFirstOrThrow();
  return Number(row.comments);
}
