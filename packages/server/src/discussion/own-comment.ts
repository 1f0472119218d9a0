import { COMMENT_LIMITS } from "@longwave/findings";
import type { ServerContext } from "../context.ts";
import { changeComment, changeUntouched, commentByToken, ERASED } from "../store/queries/comments.ts";
import { cancelWaiting, messagesOfComment } from "../store/queries/outbox.ts";
import type { CommentTable } from "../store/schema-results.ts";
import { careNeeded, hasLink } from "./careful-words.ts";
import { commentTokenHash } from "./comment-link.ts";
import { plainText } from "./plain-text.ts";

/** For how long a reader may change the words of a comment. */
const EDIT_MINUTES = 15;

type Discussing = Pick<ServerContext, "store" | "now">;

/** The comment that a secret address opens. */
export function ownComment(context: Discussing, token: string): Promise<CommentTable | undefined> {
  return commentByToken(context.store.db, commentTokenHash(token));
}

/** Until when a comment can be changed by its writer; null when that is over. */
export function editUntil(comment: CommentTable, now: number): number | null {
  const until = Number(comment.created_at) + EDIT_MINUTES * 60_000;
  const open = comment.state === "pending" || comment.state === "approved";
  return open && comment.edited_by_team === 0 && now < until ? until : null;
}

/** Changes the words of one's own comment; what now asks for a person's eyes waits for them again. */
export async function editOwn(context: Discussing, comment: CommentTable, body: string): Promise<void> {
  const words = plainText(body);
  if (editUntil(comment, context.now()) === null || words === "" || words.length > COMMENT_LIMITS.body)
    return;
  const care = careNeeded(words);
  const heldFor = care ?? (hasLink(words) ? "link" : null);
  const held =
    heldFor === null
      ? {}
      : { state: "pending", held_for: heldFor, urgent: care === "danger" ? 2 : care === "advice" ? 1 : 0 };
  await changeUntouched(context.store.db, comment, { body: words, ...held });
}

/**
 * Erases one's own comment at once: words, name and address, and messages to its writer that wait or lie in the
 * outbox folder; the empty row keeps nothing but its place.
 */
export async function removeOwn(
  context: Discussing & Pick<ServerContext, "mail">,
  comment: CommentTable,
): Promise<void> {
  const { id, study } = comment;
  const messages = await context.store.db.transaction().execute(async (trx) => {
    await changeComment(trx, id, { ...ERASED, decided_at: context.now(), decided_by: "writer" });
    await cancelWaiting(trx, { kind: "comment", id, study }, "the comment was removed", { asked: true });
    return messagesOfComment(trx, id);
  });
  await context.mail.transport.forget(messages);
}
