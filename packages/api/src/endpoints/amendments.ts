import type { ProtocolChange } from "@longwave/study";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { time } from "./shared.ts";
import { protocolText, type StudySummary, studySummary } from "./studies.ts";

/** A line of a text beside the one before: kept, gone or new; a gap stands for lines that are the same. */
export interface TextLine {
  readonly kind: "same" | "gone" | "new" | "gap";
  readonly text: string;
}

/** Whom an amendment concerns, in people. */
export interface AmendmentEffect {
  /** Take part now. */
  readonly people: number;
  /** Have a wave open now. */
  readonly open: number;
  /** Keep a window as it was, since it has begun for them. */
  readonly held: number;
  /** Have a window moved that lies ahead of them, or is open. */
  readonly moved: number;
  /** Get a message at once that they would not have got now. */
  readonly messagesNow: number;
  /** Get their next message at another time. */
  readonly messagesMoved: number;
  /** Are asked to consent anew. */
  readonly consent: number;
}

/** The text to put in the place of the one in force. */
export interface AmendmentRequest {
  readonly protocol: string;
  /** Whether windows that are open now move too, for people inside them. */
  readonly moveOpen?: boolean;
}

/** What an amendment would do. The token lets exactly this one be saved, within an hour. */
export interface AmendmentPreview {
  readonly token: string;
  readonly version: string;
  readonly changes: readonly ProtocolChange[];
  readonly lines: readonly TextLine[];
  readonly effect: AmendmentEffect;
  /** The parts of the plan that change: listed as a departure from it. */
  readonly planParts: readonly string[];
  readonly warnings: readonly string[];
}

/** An amendment that was previewed, and why it is made. */
export interface SaveAmendmentRequest extends AmendmentRequest {
  readonly token: string;
  readonly reason: string;
}

/** A version of a study's text; what changed, why and for whom is there from the second on. */
export interface StudyVersion {
  readonly number: number;
  readonly version: string;
  readonly hash: string;
  readonly since: number;
  /** The last answer before it. */
  readonly fromSeq: number;
  readonly by?: string;
  readonly reason?: string;
  readonly effect?: AmendmentEffect;
  readonly changes: readonly ProtocolChange[];
  readonly lines: readonly TextLine[];
}

const change: z.ZodType<ProtocolChange> = z.object({
  area: z.enum(["questions", "waves", "messages", "consent", "plan", "other"]),
  place: z.string(),
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
});
const line: z.ZodType<TextLine> = z.object({
  kind: z.enum(["same", "gone", "new", "gap"]),
  text: z.string(),
});
const effect: z.ZodType<AmendmentEffect> = z.object({
  people: z.int(),
  open: z.int(),
  held: z.int(),
  moved: z.int(),
  messagesNow: z.int(),
  messagesMoved: z.int(),
  consent: z.int(),
});
const preview: z.ZodType<AmendmentPreview> = z.object({
  token: z.string(),
  version: z.string(),
  changes: z.array(change),
  lines: z.array(line),
  effect,
  planParts: z.array(z.string()),
  warnings: z.array(z.string()),
});
const version: z.ZodType<StudyVersion> = z.object({
  number: z.int(),
  version: z.string(),
  hash: z.string(),
  since: time,
  fromSeq: z.int(),
  by: z.string().exactOptional(),
  reason: z.string().exactOptional(),
  effect: effect.exactOptional(),
  changes: z.array(change),
  lines: z.array(line),
});

const asked = { protocol: protocolText, moveOpen: z.boolean().exactOptional() };

/** The rows of the contract for amendments. */
export interface AmendmentEndpoints {
  readonly versions: Endpoint<"/api/studies/:study/versions", unknown, unknown, readonly StudyVersion[]>;
  readonly previewAmendment: Endpoint<
    "/api/studies/:study/amendments/preview",
    AmendmentRequest,
    unknown,
    AmendmentPreview
  >;
  readonly amendStudy: Endpoint<
    "/api/studies/:study/amendments",
    SaveAmendmentRequest,
    unknown,
    StudySummary
  >;
}

/** Endpoints of amendments. */
export const amendmentEndpoints: AmendmentEndpoints = {
  versions: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/versions",
    summary: "Every version of the study text, the newest first, with what changed, why and by whom.",
    answer: { kind: "json", status: 200, schema: z.array(version) },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  previewAmendment: {
    who: "staff",
    needs: "study.write",
    method: "POST",
    path: "/api/studies/:study/amendments/preview",
    summary: "What another text would change, and for whom; saves nothing.",
    body: z.object(asked),
    answer: { kind: "json", status: 200, schema: preview },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "study.in-design",
      "study.locked",
      "study.protocol-invalid",
      "study.language-unconfirmed",
      "amendment.not-allowed",
      "amendment.no-change",
    ],
  },
  amendStudy: {
    who: "staff",
    needs: "study.write",
    method: "POST",
    path: "/api/studies/:study/amendments",
    summary: "Put a text that was previewed in the place of the one in force, with a reason.",
    body: z.object({
      ...asked,
      token: z.string().min(1).max(200),
      reason: z.string().max(2000),
    }),
    answer: { kind: "json", status: 200, schema: studySummary },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "study.in-design",
      "study.locked",
      "study.protocol-invalid",
      "study.language-unconfirmed",
      "study.reason-missing",
      "amendment.not-allowed",
      "amendment.no-change",
      "amendment.not-previewed",
    ],
  },
};
