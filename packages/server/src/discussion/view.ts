import type { Discussion, ShownComment, Thread, TypedComment } from "@longwave/findings";
import type { ServerContext } from "../context.ts";
import {
  commentById,
  countReplies,
  countShown,
  countThreads,
  shownKinds,
  shownReplies,
  shownThreads,
} from "../store/queries/comments.ts";
import type { CommentTable } from "../store/schema-results.ts";
import { makeChallenge, PUZZLE_BITS } from "./challenge.ts";

/** So many that a page of long comments stays small. */
const THREADS_ON_A_PAGE = 25;

/** Answers shown under a comment; the others stand on the page of that comment alone. */
const FIRST_REPLIES = 5;
const MOST_REPLIES = 500;

export const NOTHING_TYPED: TypedComment = { name: "", email: "", body: "", kind: "", agreed: false };

/** What the visitor asked to see, and what came back from the form. */
export interface DiscussionWanted {
  readonly study: string;
  /** Address of the publication's page. */
  readonly address: string;
  readonly page: number;
  /** Only comments that speak of this kind. */
  readonly kind: string | undefined;
  /** Only this comment, with all answers to it. */
  readonly thread: string | undefined;
  readonly replyTo: string | undefined;
  readonly exposure: string;
  readonly typed: TypedComment;
  /** Whether this device remembers the reader's name. */
  readonly remembered: boolean;
  readonly mistakes: Discussion["mistakes"];
}

type Discussing = Pick<ServerContext, "store" | "now" | "commentKey">;

/** A row as readers see it; of one that is gone nothing is left but its place. */
export function shown(row: CommentTable): ShownComment {
  const gone = row.state !== "approved";
  return {
    id: row.id,
    gone,
    name: gone ? "" : row.name,
    isTeam: row.is_team === 1,
    at: Number(row.created_at),
    editedByTeam: row.edited_by_team === 1,
    kind: gone ? null : row.kind,
    body: gone ? "" : row.body,
  };
}

/** The discussion of a study, as this visitor asked to see it. */
export async function discussionOf(context: Discussing, wanted: DiscussionWanted): Promise<Discussion> {
  const { db } = context.store;
  const { study, address, kind } = wanted;
  const path = `/findings/${encodeURIComponent(study)}`;
  const filter = kind === undefined ? "" : `&kind=${encodeURIComponent(kind)}`;
  const kinds = await shownKinds(db, study);
  return {
    ...(await threadsPage(context, wanted)),
    total: await countShown(db, study),
    kinds: kinds.map((each) => ({ ...each, address: kindAddress(address, each.kind) })),
    kind: kind ?? null,
    action: `${path}/comments`,
    feed: `${path}/comments.atom`,
    terms: `${path}/terms`,
    lostLink: `${path}/comments/lost`,
    allAddress: `${address}#discussion`,
    pageAddress: (number) => `${address}?comments=${number}${filter}#discussion`,
    threadAddress: (comment) => `${address}?thread=${encodeURIComponent(comment)}#discussion`,
    replyAddress: (comment) => `${address}?reply=${encodeURIComponent(comment)}#write`,
    replyTo: await replyTarget(context, study, wanted.replyTo),
    challenge: makeChallenge(context.commentKey, context.now()),
    challengeBits: PUZZLE_BITS,
    typed: wanted.typed,
    remembered: wanted.remembered,
    mistakes: wanted.mistakes,
    exposure: wanted.exposure,
  };
}

function kindAddress(address: string, kind: string): string {
  return `${address}?kind=${encodeURIComponent(kind)}#discussion`;
}

type ThreadsPage = Pick<Discussion, "threads" | "page" | "pages" | "alone">;

async function threadsPage(context: Discussing, wanted: DiscussionWanted): Promise<ThreadsPage> {
  const { db } = context.store;
  const alone = await oneThread(context, wanted);
  if (alone)
    return { threads: await withReplies(context, [alone], MOST_REPLIES), page: 1, pages: 1, alone: true };
  const pages = Math.max(1, Math.ceil((await countThreads(db, wanted)) / THREADS_ON_A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(wanted.page)), pages);
  const place = { from: (page - 1) * THREADS_ON_A_PAGE, count: THREADS_ON_A_PAGE };
  const rows = await shownThreads(db, wanted, place);
  return { threads: await withReplies(context, rows, FIRST_REPLIES), page, pages, alone: false };
}

/** The comment a visitor asked to see alone; nothing for an answer or one that was never shown. */
async function oneThread({ store }: Discussing, { study, thread }: DiscussionWanted) {
  if (thread === undefined) return undefined;
  const found = await commentById(store.db, study, thread);
  return found?.parent === null && found.state !== "pending" ? found : undefined;
}

async function withReplies(
  { store }: Discussing,
  rows: readonly CommentTable[],
  most: number,
): Promise<readonly Thread[]> {
  const ids = rows.map(({ id }) => id);
  const replies = await shownReplies(store.db, ids, most);
  const counts = await countReplies(store.db, ids);
  return rows.map((row) => ({
    ...shown(row),
    replies: replies.filter(({ parent }) => parent === row.id).map(shown),
    replyCount: counts.get(row.id) ?? 0,
  }));
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
