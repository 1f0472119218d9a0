import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { time } from "./shared.ts";

/** Why somebody has to look: each is mended in a place of its own. */
export type TodayKind =
  | "inbox_unread"
  | "erasure_request"
  | "address_disputed"
  | "message_failed"
  | "message_uncertain"
  | "message_waiting"
  | "mail_returned"
  | "consent_anew"
  | "letter_due"
  | "unfinished"
  | "typed_differently"
  | "typed_once"
  | "query_open"
  | "query_answered"
  | "language_unconfirmed"
  | "comment_waiting"
  | "run_failed"
  | "retention_soon"
  | "retention_over";

const kinds: readonly [TodayKind, ...TodayKind[]] = [
  "inbox_unread",
  "erasure_request",
  "address_disputed",
  "message_failed",
  "message_uncertain",
  "message_waiting",
  "mail_returned",
  "consent_anew",
  "letter_due",
  "unfinished",
  "typed_differently",
  "typed_once",
  "query_open",
  "query_answered",
  "language_unconfirmed",
  "comment_waiting",
  "run_failed",
  "retention_soon",
  "retention_over",
];

/** Somebody with whom there is something to do, and since when. */
export interface TodayPerson {
  readonly id: string;
  readonly label: string;
  readonly wave: string | null;
  readonly since: number | null;
}

/** One thing to look at: how many there are, and the first few people, the longest waiting first. */
export interface TodayItem {
  readonly kind: TodayKind;
  readonly count: number;
  readonly people: readonly TodayPerson[];
  /** What it is about, in words of the server, such as why mail cannot be sent. */
  readonly detail: string | null;
}

/** How many can answer a wave now and have not, and have begun. */
export interface TodayWave {
  readonly wave: string;
  readonly due: number;
  readonly begun: number;
}

/** A day to come on people's own calendars: a wave opens, or has its last day. */
export interface TodayDeadline {
  readonly day: string;
  readonly kind: "opens" | "closes";
  readonly wave: string;
  readonly people: number;
}

/** What a study needs of its team now, in the order in which it is looked at. */
export interface Today {
  readonly asOf: number;
  readonly items: readonly TodayItem[];
  readonly waves: readonly TodayWave[];
  readonly deadlines: readonly TodayDeadline[];
}

const today: z.ZodType<Today> = z.object({
  asOf: time,
  items: z.array(
    z.object({
      kind: z.enum(kinds),
      count: z.int().min(1),
      people: z.array(
        z.object({ id: z.string(), label: z.string(), wave: z.string().nullable(), since: time.nullable() }),
      ),
      detail: z.string().nullable(),
    }),
  ),
  waves: z.array(z.object({ wave: z.string(), due: z.int(), begun: z.int() })),
  deadlines: z.array(
    z.object({ day: z.string(), kind: z.enum(["opens", "closes"]), wave: z.string(), people: z.int() }),
  ),
});

/** The row of the contract for what a study needs now. */
export interface TodayEndpoints {
  readonly today: Endpoint<"/api/studies/:study/today", unknown, unknown, Today>;
}

/** Endpoint of what a study needs now. */
export const todayEndpoints: TodayEndpoints = {
  today: {
    who: "staff",
    needs: "people.list",
    method: "GET",
    path: "/api/studies/:study/today",
    summary: "What a study needs of its team now: who is due, who is stuck and why, and the next two weeks.",
    answer: { kind: "json", status: 200, schema: today },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
};
