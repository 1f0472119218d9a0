import { randomUUID } from "node:crypto";
import { COMMENT_LIMITS, type CommentField, type Discussion, type TypedComment } from "@longwave/findings";
import type { ServerContext } from "../context.ts";
import { decideCommentLink } from "../mail/comment-links.ts";
import { isEmail } from "../people/email.ts";
import { addComment, commentById, wasApproved } from "../store/queries/comments.ts";
import type { CommentTable } from "../store/schema-results.ts";
import { emailIndex } from "../vault/cipher.ts";
import { careNeeded, hasLink } from "./careful-words.ts";
import { isSolved } from "./challenge.ts";
import { commentToken, commentTokenHash } from "./comment-link.ts";
import { plainLine, plainText } from "./plain-text.ts";
import { sealEmail } from "./sealed-email.ts";

const HALF_YEAR = 182 * 24 * 3_600_000;

/** A comment form as it was sent. */
export interface SentComment extends TypedComment {
  /** The comment it answers; empty for none. */
  readonly parent: string;
  /** A field that people do not see: whoever fills it is a machine. */
  readonly website: string;
  readonly challenge: string;
  readonly solution: string;
}

/** Where a comment is to stand. */
export interface CommentPlace {
  readonly study: string;
  /** Hash of the publication it stands under. */
  readonly publication: string;
  readonly language: "en" | "nb";
}

export type Submission =
  | { readonly kind: "saved"; readonly token: string }
  | { readonly kind: "ignored" }
  | { readonly kind: "mistakes"; readonly mistakes: Discussion["mistakes"] };

interface Messages {
  readonly name: string;
  readonly email: string;
  readonly body: string;
  readonly long: (most: number) => string;
  readonly agreed: string;
  readonly often: string;
}

const messages: Readonly<Record<"en" | "nb", Messages>> = {
  en: {
    name: "Write a name; it need not be your own.",
    email: "Write an e-mail address, such as kari@example.org. It is never shown.",
    body: "Write a comment.",
    long: (most) => `Write at most ${most} characters.`,
    agreed: "Tick that you agree to the terms.",
    often:
      "Many comments came from here in the last hour. Your words are kept below; send them again in an hour.",
  },
  nb: {
    name: "Skriv et navn; det trenger ikke være ditt eget.",
    email: "Skriv en e-postadresse, som kari@example.org. Den vises aldri.",
    body: "Skriv en kommentar.",
    long: (most) => `Skriv høyst ${most} tegn.`,
    agreed: "Kryss av for at du godtar vilkårene.",
    often:
      "Det har kommet mange kommentarer herfra den siste timen. Ordene dine står under; send dem igjen om en time.",
  },
};

/** What to say to whoever has sent too much in an hour. */
export function tooOften(language: "en" | "nb"): string {
  return messages[language].often;
}

/** What is missing or too long, field by field. */
function mistakesOf(sent: SentComment, language: "en" | "nb"): Discussion["mistakes"] {
  const say = messages[language];
  const found: { field: CommentField; message: string }[] = [];
  const text = (field: "name" | "body", missing: string): void => {
    const value = plainText(sent[field]);
    if (value === "") found.push({ field, message: missing });
    else if (value.length > COMMENT_LIMITS[field])
      found.push({ field, message: say.long(COMMENT_LIMITS[field]) });
  };
  text("name", say.name);
  if (!isEmail(sent.email.trim()) || sent.email.length > 254)
    found.push({ field: "email", message: say.email });
  text("body", say.body);
  if (sent.kind.trim().length > COMMENT_LIMITS.kind)
    found.push({ field: "kind", message: say.long(COMMENT_LIMITS.kind) });
  if (!sent.agreed) found.push({ field: "agreed", message: say.agreed });
  return found;
}

type Discussing = Pick<ServerContext, "store" | "now" | "commentKey" | "commentMails" | "mail">;

/**
 * Takes a comment: it is shown at once only when its writer is known from an accepted one, a script has solved the
 * puzzle, and nothing in it asks for a person's eyes.
 */
export async function submitComment(
  context: Discussing,
  place: CommentPlace,
  sent: SentComment,
): Promise<Submission> {
  if (sent.website !== "") return { kind: "ignored" };
  const mistakes = mistakesOf(sent, place.language);
  if (mistakes.length > 0) return { kind: "mistakes", mistakes };
  const row = await rowOf(context, place, sent);
  await context.store.db.transaction().execute(async (trx) => {
    await addComment(trx, row);
    await decideCommentLink(trx, row, { language: place.language, mails: context.commentMails });
  });
  context.mail.wake();
  return { kind: "saved", token: commentToken(context.commentKey, row.id) };
}

async function rowOf(context: Discussing, place: CommentPlace, sent: SentComment): Promise<CommentTable> {
  const { commentKey: key } = context;
  const now = context.now();
  const id = randomUUID();
  const index = emailIndex(key, sent.email);
  const heldFor = await reasonToHold(context, place, { sent, index });
  const kind = plainLine(sent.kind).toLowerCase();
  return {
    id,
    study: place.study,
    publication: place.publication,
    parent: await threadOf(context, place.study, sent.parent),
    name: plainLine(sent.name),
    email: sealEmail(key, id, sent.email.trim()),
    email_index: index,
    body: plainText(sent.body),
    kind: kind === "" ? null : kind,
    state: heldFor === null ? "approved" : "pending",
    urgent: heldFor === "danger" ? 2 : heldFor === "advice" ? 1 : 0,
    held_for: heldFor,
    is_team: 0,
    edited_by_team: 0,
    reason: null,
    token_hash: commentTokenHash(commentToken(key, id)),
    created_at: now,
    decided_at: null,
    decided_by: null,
  };
}

/** Why a person has to read a comment before it is shown; null when nobody needs to. */
async function reasonToHold(
  context: Discussing,
  place: CommentPlace,
  { sent, index }: { readonly sent: SentComment; readonly index: string },
): Promise<string | null> {
  const care = careNeeded(sent.body);
  if (care !== null) return care;
  if (hasLink(sent.body) || hasLink(sent.name) || hasLink(sent.kind)) return "link";
  if (!isSolved(context.commentKey, sent, context.now())) return "no-script";
  const since = context.now() - HALF_YEAR;
  const known = await wasApproved(context.store.db, { study: place.study, emailIndex: index, since });
  return known ? null : "first";
}

/** The comment of its own that an answer belongs under; an answer to an answer stands beside it. */
async function threadOf(context: Discussing, study: string, parent: string): Promise<string | null> {
  if (parent === "") return null;
  const found = await commentById(context.store.db, study, parent);
  if (found?.state !== "approved") return null;
  return found.parent ?? found.id;
}
