import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { RateLimit } from "../access/rate-limit.ts";
import type { ServerContext } from "../context.ts";
import { commentToken, commentTokenHash } from "../discussion/comment-link.ts";
import { changeComment, commentsOfReader } from "../store/queries/comments.ts";
import { addMessages, type NewMessage } from "../store/queries/outbox.ts";
import type { Tables } from "../store/schema.ts";
import type { CommentTable } from "../store/schema-results.ts";
import { emailIndex } from "../vault/cipher.ts";

const HOUR_MS = 3_600_000;
/** Someone may type the address of another: no address gets more than this many links in a day. */
export const LINKS_A_DAY = 6;

/**
 * Decides the message with the link of a new comment, within the transaction that adds it.
 *
 * @param mails  counts in memory what was sent to an address: a comment that is removed takes its address with it,
 *   and must not make room for one more.
 */
export async function decideCommentLink(
  trx: Kysely<Tables>,
  comment: CommentTable,
  { language, mails }: { readonly language: "en" | "nb"; readonly mails: RateLimit },
): Promise<void> {
  const key = `${comment.study} ${comment.email_index}`;
  if (!mails.isOpen(key)) return;
  mails.note(key);
  const reader = { study: comment.study, emailIndex: comment.email_index };
  const since = comment.created_at - 24 * HOUR_MS;
  const today = (await commentsOfReader(trx, reader)).filter(({ created_at }) => created_at > since);
  if (today.length > LINKS_A_DAY) return;
  await addMessages(trx, [
    {
      ...toWriter(comment, language, comment.created_at),
      key: `comment-link:${comment.id}`,
      template: "comment_link",
    },
  ]);
}

/**
 * Decides one message with the links of all comments that a reader wrote in a study; none when there is no comment
 * with this address, and at most one an hour. Whoever asks learns nothing of that.
 */
export async function requestCommentLinks(
  context: Pick<ServerContext, "store" | "now" | "commentKey" | "mail">,
  asked: { readonly study: string; readonly email: string; readonly language: "en" | "nb" },
): Promise<void> {
  const { commentKey: key } = context;
  const now = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const reader = { study: asked.study, emailIndex: emailIndex(key, asked.email) };
    const comments = await commentsOfReader(trx, reader);
    const [latest] = comments;
    if (latest === undefined) return;
    // Comments from before messages were sent have an address that does not follow from the key: they get one that does.
    for (const { id, token_hash } of comments) {
      const hash = commentTokenHash(commentToken(key, id));
      if (token_hash !== hash) await changeComment(trx, id, { token_hash: hash });
    }
    const hour = Math.floor(now / HOUR_MS);
    const message = toWriter(latest, asked.language, now);
    await addMessages(trx, [
      {
        ...message,
        key: `comment-links:${reader.study}:${reader.emailIndex}:${hour}`,
        template: "comment_links",
      },
    ]);
  });
  context.mail.wake();
}

function toWriter(
  { id, study }: CommentTable,
  language: "en" | "nb",
  now: number,
): Omit<NewMessage, "key" | "template"> {
  return {
    id: randomUUID(),
    study,
    parameters: {},
    recipient: { kind: "comment", id },
    language,
    urgent: true,
    decidedAt: now,
    dueAt: now,
  };
}
