import { randomBytes, randomUUID } from "node:crypto";
import type { CommentDecision, ModeratedComment, TeamCommentRequest } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addComment, changeComment, commentById, commentsInState } from "../store/queries/comments.ts";
import { latestPublication } from "../store/queries/publications.ts";
import type { CommentTable } from "../store/schema-results.ts";
import { commentTokenHash } from "./comment-link.ts";

type Discussing = Pick<ServerContext, "store" | "now">;

/** A comment as the study team sees it; the e-mail address is not shown to anyone. */
function presented(row: CommentTable): ModeratedComment {
  return {
    id: row.id,
    state: row.state as ModeratedComment["state"],
    name: row.name,
    body: row.body,
    kind: row.kind,
    parent: row.parent,
    isTeam: row.is_team === 1,
    editedByTeam: row.edited_by_team === 1,
    urgent: row.urgent > 0,
    heldFor: row.held_for,
    reason: row.reason,
    createdAt: Number(row.created_at),
  };
}

/** The comments of a study in one state. */
export async function moderationQueue(
  context: Discussing,
  study: string,
  state: ModeratedComment["state"],
): Promise<readonly ModeratedComment[]> {
  return (await commentsInState(context.store.db, study, state)).map(presented);
}

/**
 * Shows a comment, with the team's changes marked, or does not, with a reason.
 *
 * @throws Refusal `comment.not-found`, `comment.changed`, `comment.reason-missing`
 */
export async function decide(
  context: Discussing,
  place: { readonly study: string; readonly comment: string },
  { decision, actor }: { readonly decision: CommentDecision; readonly actor: string },
): Promise<ModeratedComment> {
  return context.store.db.transaction().execute(async (trx) => {
    const row = await commentById(trx, place.study, place.comment);
    if (row === undefined || row.state === "removed") throw notFound(place.comment);
    if (decision.seen !== undefined && decision.seen !== row.body) throw changedSince();
    const change = { ...changeOf(row, decision), decided_at: context.now(), decided_by: actor };
    await changeComment(trx, row.id, change);
    await recordEvent(trx, {
      at: context.now(),
      study: place.study,
      actor: `staff:${actor}`,
      action: `comment.${decision.decision}`,
      detail: { comment: row.id, edited: decision.decision === "approve" && change.edited_by_team === 1 },
    });
    return presented({ ...row, ...change });
  });
}

function changeOf(row: CommentTable, decision: CommentDecision) {
  if (decision.decision === "reject") {
    const reason = decision.reason?.trim() ?? "";
    if (reason === "") {
      throw refuse(
        "comment.reason-missing",
        "a reason",
        "none",
        "Say why; the writer reads it at the address of the comment.",
      );
    }
    return { state: "rejected", reason, edited_by_team: row.edited_by_team };
  }
  const body = decision.body?.trim() ?? row.body;
  const edited = body !== "" && body !== row.body;
  return {
    state: "approved",
    reason: null,
    body: edited ? body : row.body,
    edited_by_team: edited ? 1 : row.edited_by_team,
  };
}

function changedSince() {
  return refuse(
    "comment.changed",
    "the words that you read",
    "others: the writer has changed them since",
    "Load the list again and read them.",
  );
}

function notFound(id: string) {
  return refuse("comment.not-found", "a comment of this study", id, "Load the list again.");
}

/**
 * A comment of the study team, shown at once with its badge.
 *
 * @throws Refusal `comment.not-found`, `comment.not-published`
 */
export async function addTeamComment(
  context: Discussing,
  study: string,
  {
    request,
    actor,
  }: { readonly request: TeamCommentRequest; readonly actor: { name: string; email: string } },
): Promise<ModeratedComment> {
  const publication = await latestPublication(context.store.db, study);
  if (publication === undefined) {
    throw refuse("comment.not-published", "a published study", "none", "Publish the findings first.");
  }
  const parent = request.parent === undefined ? null : await threadId(context, study, request.parent);
  const row: CommentTable = {
    id: randomUUID(),
    study,
    publication: publication.hash,
    parent,
    name: actor.name,
    email: "",
    email_index: "",
    body: request.body.trim(),
    kind: null,
    state: "approved",
    urgent: 0,
    held_for: null,
    is_team: 1,
    edited_by_team: 0,
    reason: null,
    token_hash: commentTokenHash(randomBytes(16).toString("base64url")),
    created_at: context.now(),
    decided_at: context.now(),
    decided_by: actor.email,
  };
  await addComment(context.store.db, row);
  return presented(row);
}

async function threadId(context: Discussing, study: string, parent: string): Promise<string> {
  const found = await commentById(context.store.db, study, parent);
  if (found === undefined || found.state !== "approved") throw notFound(parent);
  return found.parent ?? found.id;
}
