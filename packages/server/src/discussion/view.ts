import type { Discussion, ShownComment, TypedComment } from "@longwave/findings";
import type { ServerContext } from "../context.ts";
import {
  commentById,
  countShown,
  shownKinds,
  shownReplies,
  shownThreads,
} from "../store/queries/comments.ts";
import type { CommentTable } from "../store/schema.ts";
import { makeChallenge, PUZZLE_BITS } from "./challenge.ts";

const THREADS_ON_A_PAGE = 50;

export const NOTHING_TYPED: TypedComment = { name: "", email: "", body: "", kind: "", agreed: false };

/** What the visitor asked to see, and what came back from the form. */
export interface DiscussionWanted {
  readonly study: string;
  /** Address of the publication's page. */
  readonly address: string;
  readonly page: number;
  readonly replyTo: string | undefined;
  readonly exposure: string;
  readonly typed: TypedComment;
  readonly mistakes: Discussion["mistakes"];
}

/** A row as readers see it. */
export function shown(row: CommentTable): ShownComment {
  return {
    id: row.id,
    name: row.name,
    isTeam: row.is_team === 1,
    at: Number(row.created_at),
    editedByTeam: row.edited_by_team === 1,
    kind: row.kind,
    body: row.body,
  };
}

/** The discussion of a study, one page of it. */
export async function discussionOf(
  context: Pick<ServerContext, "store" | "now" | "commentKey">,
  wanted: DiscussionWanted,
): Promise<Discussion> {
  const { db } = context.store;
  const { study, address } = wanted;
  const counts = await countShown(db, study);
  const pages = Math.max(1, Math.ceil(counts.threads / THREADS_ON_A_PAGE));
  const page = Math.min(Math.max(1, wanted.page), pages);
  const threads = await shownThreads(db, study, {
    from: (page - 1) * THREADS_ON_A_PAGE,
    count: THREADS_ON_A_PAGE,
  });
  const replies = await shownReplies(
    db,
    study,
    threads.map(({ id }) => id),
  );
  return {
    threads: threads.map((row) => ({
      ...shown(row),
      replies: replies.filter(({ parent }) => parent === row.id).map(shown),
    })),
    total: counts.all,
    page,
    pages,
    kinds: await shownKinds(db, study),
    action: `/findings/${encodeURIComponent(study)}/comments`,
    feed: `/findings/${encodeURIComponent(study)}/comments.atom`,
    pageAddress: (number) => `${address}?comments=${number}#discussion`,
    replyAddress: (comment) => `${address}?reply=${encodeURIComponent(comment)}#write`,
    replyTo: await replyTarget(context, study, wanted.replyTo),
    challenge: makeChallenge(context.commentKey, context.now()),
    challengeBits: PUZZLE_BITS,
    typed: wanted.typed,
    mistakes: wanted.mistakes,
    exposure: wanted.exposure,
  };
}

async function replyTarget(
  context: Pick<ServerContext, "store">,
  study: string,
  id: string | undefined,
): Promise<Discussion["replyTo"]> {
  if (id === undefined || id === "") return null;
  const found = await commentById(context.store.db, study, id);
  return found?.state === "approved" ? { id: found.id, name: found.name } : null;
}
