import type { ContactKind } from "@longwave/study";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { isKept, time } from "./shared.ts";

/** What a one-time code opens. */
export type CodePurpose = "past_answers";

/** Where a message stands. `uncertain`: the server stopped while sending, and it may have arrived or not. */
export type MessageState = "queued" | "sending" | "sent" | "failed" | "uncertain" | "cancelled";

/** What a message is about. */
export type MessageTemplate =
  | "code"
  | "comment_link"
  | "comment_links"
  | "results_out"
  | ContactKind
  | "session_part"
  | "rest_prompt"
  | "staff_invitation"
  | "staff_sign_in"
  | "join_code"
  | "join_link"
  | "inbox_answer"
  | "harm_reported"
  | "safety_paused"
  | "retention_soon"
  | "retention_over"
  | "address_code"
  | "address_changed"
  | "address_notice";

/** One message as the study team sees it: to whom and when, never what link or code it held. */
export interface MessageRow {
  readonly id: string;
  readonly template: MessageTemplate;
  /** The label of the person, as in the list of people; null for a reader who commented. */
  readonly to: string | null;
  readonly language: "en" | "nb";
  readonly state: MessageState;
  readonly decidedAt: number;
  /** When it may go at the earliest: after the quiet hours, or at the next try. */
  readonly dueAt: number;
  readonly sentAt: number | null;
  readonly attempts: number;
  readonly messageId: string;
  readonly lastError: string | null;
  /** Why it was sent again, when it repeats an earlier one. */
  readonly reason: string | null;
  /** Failed or uncertain, not a code, and not sent again yet. */
  readonly canRepeat: boolean;
}

/** How messages leave the server. */
export interface MailWay {
  readonly kind: "folder" | "smtp";
  /** The folder, or the mail server. */
  readonly place: string;
  /** Why nothing can be delivered at the moment; null when all is well. */
  readonly trouble: string | null;
}

/** A page of 50 messages, newest first; `next` is the `from` of the page that follows. */
export interface MessagesPage {
  readonly way: MailWay;
  readonly counts: Readonly<Record<MessageState, number>>;
  readonly messages: readonly MessageRow[];
  readonly next?: number;
}

/** Which messages: of one state or all, from which place on. */
export interface MessagesQuery {
  readonly state?: MessageState;
  readonly from?: string;
}

/** A code for staff to read out, and for how many minutes it is good. */
export interface ReadOutCode {
  readonly code: string;
  readonly minutes: number;
}

/** Schema of {@link MessageState}. */
const state = z.enum(["queued", "sending", "sent", "failed", "uncertain", "cancelled"]);
const purpose = z.enum(["past_answers"]);
const count = z.int().min(0);

const messageRow: z.ZodType<MessageRow> = z.object({
  id: z.string(),
  template: z.enum([
    "code",
    "comment_link",
    "comment_links",
    "results_out",
    "invitation",
    "invitation_reminder",
    "wave_open",
    "reminder",
    "last_reminder",
    "finish",
    "session_part",
    "rest_prompt",
    "staff_invitation",
    "staff_sign_in",
    "join_code",
    "join_link",
    "inbox_answer",
    "harm_reported",
    "safety_paused",
    "retention_soon",
    "retention_over",
    "address_code",
    "address_changed",
    "address_notice",
  ]),
  to: z.string().nullable(),
  language: z.enum(["en", "nb"]),
  state,
  decidedAt: time,
  dueAt: time,
  sentAt: time.nullable(),
  attempts: count,
  messageId: z.string(),
  lastError: z.string().nullable(),
  reason: z.string().nullable(),
  canRepeat: z.boolean(),
});

const messagesPage: z.ZodType<MessagesPage> = z.object({
  way: z.object({ kind: z.enum(["folder", "smtp"]), place: z.string(), trouble: z.string().nullable() }),
  counts: z.object({
    queued: count,
    sending: count,
    sent: count,
    failed: count,
    uncertain: count,
    cancelled: count,
  }),
  messages: z.array(messageRow),
  next: count.exactOptional(),
});

/** The rows of the contract for messages and one-time codes. */
export interface MessageEndpoints {
  readonly requestCode: Endpoint<
    "/api/participant/code",
    { readonly purpose: CodePurpose },
    unknown,
    { readonly minutes: number }
  >;
  readonly redeemCode: Endpoint<
    "/api/participant/code/redeem",
    { readonly purpose: CodePurpose; readonly code: string },
    unknown,
    { readonly verifiedUntil: number }
  >;
  readonly readOutCode: Endpoint<
    "/api/studies/:study/people/:person/code",
    { readonly purpose: CodePurpose },
    unknown,
    ReadOutCode
  >;
  readonly messages: Endpoint<"/api/studies/:study/messages", unknown, MessagesQuery, MessagesPage>;
  readonly repeatMessage: Endpoint<
    "/api/studies/:study/messages/:message/repeat",
    { readonly reason: string },
    unknown,
    MessageRow
  >;
}

/** Endpoints of messages and one-time codes. */
export const messageEndpoints: MessageEndpoints = {
  requestCode: {
    who: "participant",
    method: "POST",
    path: "/api/participant/code",
    summary: "Ask for a one-time code by e-mail; the answer is the same whether an address is known or not.",
    body: z.object({ purpose }),
    answer: { kind: "json", status: 200, schema: z.object({ minutes: z.number() }) },
    problems: ["session.none", "person.left", "request.too-many"],
  },
  redeemCode: {
    who: "participant",
    method: "POST",
    path: "/api/participant/code/redeem",
    summary: "Type the code: the visit is verified for half an hour, so that past answers can be shown.",
    body: z.object({ purpose, code: z.string().min(1).max(40) }),
    answer: { kind: "json", status: 200, schema: z.object({ verifiedUntil: time }) },
    problems: ["session.none", "person.left", "code.wrong", "request.too-many"],
  },
  readOutCode: {
    who: "staff",
    needs: "people.links",
    method: "POST",
    path: "/api/studies/:study/people/:person/code",
    summary: "A one-time code to say to a person who has no e-mail; it is written down who asked for it.",
    body: z.object({ purpose }),
    answer: { kind: "json", status: 200, schema: z.object({ code: z.string(), minutes: z.number() }) },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "person.not-found",
      "person.left",
      "code.has-address",
    ],
  },
  messages: {
    who: "staff",
    needs: "messages.read",
    method: "GET",
    path: "/api/studies/:study/messages",
    summary:
      "What was decided, sent, failed or left uncertain, 50 a page, newest first; how mail leaves the server.",
    query: z.object({
      state: state.exactOptional(),
      from: z
        .string()
        .regex(/^\d{1,9}$/)
        .exactOptional(),
    }),
    answer: { kind: "json", status: 200, schema: messagesPage },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  repeatMessage: {
    who: "staff",
    needs: "messages.send",
    method: "POST",
    path: "/api/studies/:study/messages/:message/repeat",
    summary: "Send a failed or uncertain message again, as a message of its own, with the reason.",
    body: z.object({ reason: z.string().trim().min(1).max(300).refine(isKept) }),
    answer: { kind: "json", status: 201, schema: messageRow },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "message.not-found",
      "message.not-repeatable",
    ],
  },
};
