import type { OwnCopy, PersonalFeedback } from "@longwave/findings";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";

/** What a person is told about their own answers, and whether they have asked for the picture of their sessions. */
export interface OwnRecord {
  readonly feedback: PersonalFeedback;
  readonly showsSessions: boolean;
}

/** Whether the picture of sessions is shown from now on. */
export interface SessionsChoice {
  readonly show: boolean;
}

/** A code to type, on the page of a study that anyone may try: nobody there has an address. */
export interface ShownCode {
  readonly code: string;
  readonly minutes: number;
}

/** The rows of the contract for a person's own record. */
export interface RecordEndpoints {
  readonly ownRecord: Endpoint<"/api/participant/record", unknown, unknown, OwnRecord>;
  readonly chooseSessions: Endpoint<"/api/participant/record/sessions", SessionsChoice, unknown, OwnRecord>;
  readonly ownCopy: Endpoint<"/api/participant/copy", unknown, unknown, OwnCopy>;
  readonly ownCopyPage: Endpoint<"/api/participant/copy/page", unknown, unknown, void>;
  readonly shownCode: Endpoint<"/api/participant/code/shown", unknown, unknown, ShownCode>;
}

// findings makes these and tests what they hold; here only their shape as objects is checked.
const ownRecord = z.custom<OwnRecord>((value) => typeof value === "object" && value !== null);
const ownCopy = z.custom<OwnCopy>((value) => typeof value === "object" && value !== null);
const verified = ["session.none", "person.left", "session.not-verified", "request.too-many"] as const;

/** Endpoints of a person's own record: past answers are shown after a one-time code only. */
export const recordEndpoints: RecordEndpoints = {
  ownRecord: {
    who: "participant",
    method: "GET",
    path: "/api/participant/record",
    summary:
      "What a person answered over time, in words and numbers for a chart; while a round is open, only that.",
    answer: { kind: "json", status: 200, schema: ownRecord },
    problems: [...verified, "consent.not-given"],
  },
  chooseSessions: {
    who: "participant",
    method: "POST",
    path: "/api/participant/record/sessions",
    summary: "Show or hide the picture of one's own sessions; every choice is kept.",
    body: z.object({ show: z.boolean() }),
    answer: { kind: "json", status: 200, schema: ownRecord },
    problems: [...verified, "consent.not-given"],
  },
  ownCopy: {
    who: "participant",
    method: "GET",
    path: "/api/participant/copy",
    summary: "Everything the study keeps about the person of this visit, for a computer.",
    answer: { kind: "json", status: 200, schema: ownCopy },
    problems: [...verified],
  },
  ownCopyPage: {
    who: "participant",
    method: "GET",
    path: "/api/participant/copy/page",
    summary: "The same as a page to read or print.",
    answer: { kind: "html", status: 200 },
    problems: [...verified],
  },
  shownCode: {
    who: "participant",
    method: "POST",
    path: "/api/participant/code/shown",
    summary: "A one-time code on the page itself, in a study that anyone may try and in no other.",
    answer: { kind: "json", status: 200, schema: z.object({ code: z.string(), minutes: z.number() }) },
    problems: ["session.none", "person.left", "session.not-verified", "request.too-many"],
  },
};
