import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { id, time } from "./shared.ts";

/** A reader's comment as the study team sees it; nobody sees an e-mail address. */
export interface ModeratedComment {
  readonly id: string;
  readonly state: "pending" | "approved" | "rejected" | "removed";
  readonly name: string;
  readonly body: string;
  readonly kind: string | null;
  readonly parent: string | null;
  readonly isTeam: boolean;
  readonly editedByTeam: boolean;
  /** It speaks of danger or asks for medical advice: look at it first. */
  readonly urgent: boolean;
  /** Why a person has to read it first: first, link, no-script, danger, advice. */
  readonly heldFor: string | null;
  readonly reason: string | null;
  readonly createdAt: number;
}

/** Which comments to list. */
export interface CommentsQuery {
  readonly state: "pending" | "approved" | "rejected";
}

/** Show a comment (with changed words, if any), or do not and say why. */
export interface CommentDecision {
  readonly decision: "approve" | "reject";
  readonly body?: string;
  readonly reason?: string;
  /** The words that were read before deciding; the writer may have changed them since. */
  readonly seen?: string;
}

/** A comment of the team, or its answer to one. */
export interface TeamCommentRequest {
  readonly body: string;
  readonly parent?: string;
}

const comment: z.ZodType<ModeratedComment> = z.object({
  id: z.string(),
  state: z.enum(["pending", "approved", "rejected", "removed"]),
  name: z.string(),
  body: z.string(),
  kind: z.string().nullable(),
  parent: z.string().nullable(),
  isTeam: z.boolean(),
  editedByTeam: z.boolean(),
  urgent: z.boolean(),
  heldFor: z.string().nullable(),
  reason: z.string().nullable(),
  createdAt: time,
});

/** The rows of the contract for the discussion. */
export interface CommentEndpoints {
  readonly comments: Endpoint<
    "/api/studies/:study/comments",
    unknown,
    CommentsQuery,
    readonly ModeratedComment[]
  >;
  readonly decideComment: Endpoint<
    "/api/studies/:study/comments/:comment/decision",
    CommentDecision,
    unknown,
    ModeratedComment
  >;
  readonly teamComment: Endpoint<
    "/api/studies/:study/comments",
    TeamCommentRequest,
    unknown,
    ModeratedComment
  >;
}

/** Endpoints of the discussion's moderation; readers post to the page itself. */
export const commentEndpoints: CommentEndpoints = {
  comments: {
    who: "staff",
    needs: "comments.read",
    method: "GET",
    path: "/api/studies/:study/comments",
    summary: "Readers' comments in one state; those that wait come with the urgent first.",
    query: z.object({ state: z.enum(["pending", "approved", "rejected"]) }),
    answer: { kind: "json", status: 200, schema: z.array(comment) },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  decideComment: {
    who: "staff",
    needs: "comments.decide",
    method: "POST",
    path: "/api/studies/:study/comments/:comment/decision",
    summary: "Show a comment, with changed words marked, or reject it with a reason.",
    body: z.object({
      decision: z.enum(["approve", "reject"]),
      body: z.string().max(4000).exactOptional(),
      reason: z.string().max(1000).exactOptional(),
      seen: z.string().max(4000).exactOptional(),
    }),
    answer: { kind: "json", status: 200, schema: comment },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "comment.not-found",
      "comment.changed",
      "comment.reason-missing",
    ],
  },
  teamComment: {
    who: "staff",
    needs: "comments.decide",
    method: "POST",
    path: "/api/studies/:study/comments",
    summary: "A comment of the study team, shown at once with its badge.",
    body: z.object({ body: z.string().trim().min(1).max(4000), parent: id.exactOptional() }),
    answer: { kind: "json", status: 201, schema: comment },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "comment.not-found",
      "comment.not-published",
    ],
  },
};
