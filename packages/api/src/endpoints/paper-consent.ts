import type { ConsentForm } from "@longwave/study/answering";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { consentForm, language, time } from "./shared.ts";

/** A consent that can have been signed on paper: the exact words, and the first day on which they could be. */
export interface ConsentPaper {
  readonly form: ConsentForm;
  readonly since: string;
}

/** A consent somebody has given; the last four are null when it was given on a page. */
export interface ConsentGiven {
  readonly at: number;
  readonly version: number;
  readonly form: ConsentForm | null;
  readonly ticks: Readonly<Record<string, boolean>>;
  readonly signedOn: string | null;
  readonly seenBy: string | null;
  readonly recordedBy: string | null;
  readonly recordedAt: number | null;
}

/** What staff need to write down a consent signed on paper: the newest version first; what was given, the latest first. */
export interface PaperConsentSheet {
  readonly label: string;
  readonly today: string;
  readonly papers: readonly ConsentPaper[];
  readonly given: readonly ConsentGiven[];
}

/** A consent signed on paper, to the exact words of a version. */
export interface RecordPaperConsentRequest {
  readonly version: number;
  readonly language: ConsentForm["language"];
  readonly hash: string;
  readonly ticks: Readonly<Record<string, boolean>>;
  /** The day beside the signature. */
  readonly signedOn: string;
  /** Who of the team saw it signed. */
  readonly seenBy: string;
}

const sheet: z.ZodType<PaperConsentSheet> = z.object({
  label: z.string(),
  today: z.iso.date(),
  papers: z.array(z.object({ form: consentForm, since: z.iso.date() })),
  given: z.array(
    z.object({
      at: time,
      version: z.int(),
      form: consentForm.nullable(),
      ticks: z.record(z.string(), z.boolean()),
      signedOn: z.string().nullable(),
      seenBy: z.string().nullable(),
      recordedBy: z.string().nullable(),
      recordedAt: time.nullable(),
    }),
  ),
});

/** The rows of the contract for consent on paper. */
export interface PaperConsentEndpoints {
  readonly consentPaper: Endpoint<
    "/api/studies/:study/people/:person/consent",
    unknown,
    unknown,
    PaperConsentSheet
  >;
  readonly recordPaperConsent: Endpoint<
    "/api/studies/:study/people/:person/consent",
    RecordPaperConsentRequest,
    unknown,
    PaperConsentSheet
  >;
}

/** Endpoints of consent on paper. */
export const paperConsentEndpoints: PaperConsentEndpoints = {
  consentPaper: {
    who: "staff",
    needs: "people.answers",
    method: "GET",
    path: "/api/studies/:study/people/:person/consent",
    summary: "The consent of every version to print for a person, and what they have agreed to.",
    answer: { kind: "json", status: 200, schema: sheet },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "person.not-found"],
  },
  recordPaperConsent: {
    who: "staff",
    needs: "people.answers",
    method: "POST",
    path: "/api/studies/:study/people/:person/consent",
    summary:
      "Write down a consent that a person signed on paper; they take part from the day of the signature on.",
    body: z.object({
      version: z.int().min(1),
      language,
      hash: z.string().max(128),
      ticks: z.record(z.string().max(64), z.boolean()),
      signedOn: z.iso.date(),
      seenBy: z.string().trim().min(1).max(120),
    }),
    answer: { kind: "json", status: 200, schema: sheet },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "person.not-found",
      "person.left",
      "consent.form-changed",
      "consent.tick-missing",
      "entry.day-impossible",
      "study.locked",
      "study.in-design",
      "study.paused",
      "study.recruitment-closed",
    ],
  },
};
