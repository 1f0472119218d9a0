import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { type Language, language, time } from "./shared.ts";

/** What a person writes to the study team about. */
export type InboxAbout = "harm" | "question" | "contact" | "other";
/** How the team answered. */
export type InboxWay = "email" | "call";

/** What a person writes; the id is made on the phone, so that it is safe to send twice. */
export interface InboxRequest {
  readonly id: string;
  readonly about: InboxAbout;
  readonly words: string;
}

/** One message to the team, with what was answered. */
export interface InboxItem {
  readonly id: string;
  readonly person: { readonly id: string; readonly label: string };
  readonly about: InboxAbout;
  readonly words: string;
  readonly language: Language;
  readonly sentAt: number;
  readonly readAt?: number;
  readonly closedAt?: number;
  /** Whether the person has an address and has not left. */
  readonly canMail: boolean;
  readonly answers: readonly {
    readonly way: InboxWay;
    readonly words: string;
    readonly at: number;
    readonly by: string;
  }[];
}

/** What people wrote to the team, and how near the study is to its safety pause. */
export interface InboxPage {
  readonly items: readonly InboxItem[];
  /** Absent where the study text has no rule. */
  readonly safety?: {
    /** People who reported harm, of those who were asked or wrote, within the days of the rule. */
    readonly reported: number;
    readonly asked: number;
    readonly withinDays: number;
    readonly people: number;
    readonly share?: number;
    /** The pause that the rule began, while it lasts. */
    readonly paused?: { readonly at: number; readonly people: number };
  };
}

/** What the team does with a message. */
export type InboxAnswerRequest =
  | { readonly do: "read" | "close" }
  | { readonly do: "email" | "call"; readonly words: string };

const about = z.enum(["harm", "question", "contact", "other"]);
/** PostgreSQL keeps no text with the character NUL. */
const words = z
  .string()
  .trim()
  .min(1)
  .max(4000)
  .refine((text) => !text.includes("\0"));
const count = z.int().min(0);

const inboxPage: z.ZodType<InboxPage> = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      person: z.object({ id: z.string(), label: z.string() }),
      about,
      words: z.string(),
      language,
      sentAt: time,
      readAt: time.exactOptional(),
      closedAt: time.exactOptional(),
      canMail: z.boolean(),
      answers: z.array(
        z.object({ way: z.enum(["email", "call"]), words: z.string(), at: time, by: z.string() }),
      ),
    }),
  ),
  safety: z
    .object({
      reported: count,
      asked: count,
      withinDays: count,
      people: count,
      share: z.number().exactOptional(),
      paused: z.object({ at: time, people: count }).exactOptional(),
    })
    .exactOptional(),
});

const answerRequest: z.ZodType<InboxAnswerRequest> = z.union([
  z.object({ do: z.enum(["read", "close"]) }),
  z.object({ do: z.enum(["email", "call"]), words }),
]);

/** The rows of the contract for what people write to the team. */
export interface InboxEndpoints {
  readonly writeToTeam: Endpoint<"/api/participant/inbox", InboxRequest, unknown, { readonly at: number }>;
  readonly inbox: Endpoint<"/api/studies/:study/inbox", unknown, unknown, InboxPage>;
  readonly handleMessage: Endpoint<
    "/api/studies/:study/inbox/:message",
    InboxAnswerRequest,
    unknown,
    InboxPage
  >;
}

const inside = [
  "staff.not-signed-in",
  "staff.not-allowed",
  "staff.second-factor-needed",
  "study.not-found",
] as const;

/** Endpoints of what people write to the team. */
export const inboxEndpoints: InboxEndpoints = {
  writeToTeam: {
    who: "participant",
    method: "POST",
    path: "/api/participant/inbox",
    summary: "Write to the study team; nobody promises to read it at once.",
    body: z.object({ id: z.uuid(), about, words }),
    answer: { kind: "json", status: 200, schema: z.object({ at: time }) },
    problems: ["session.none", "person.left", "request.too-many"],
  },
  inbox: {
    who: "staff",
    needs: "inbox.read",
    method: "GET",
    path: "/api/studies/:study/inbox",
    summary: "What people wrote to the team: open and about harm first, then unread, then newest.",
    answer: { kind: "json", status: 200, schema: inboxPage },
    problems: [...inside],
  },
  handleMessage: {
    who: "staff",
    needs: "inbox.read",
    method: "POST",
    path: "/api/studies/:study/inbox/:message",
    summary: "Mark a message as read, answer it by e-mail, note a call, or close it; written down.",
    body: answerRequest,
    answer: { kind: "json", status: 200, schema: inboxPage },
    problems: [...inside, "inbox.not-found", "inbox.no-address"],
  },
};
