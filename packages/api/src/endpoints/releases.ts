import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Problem } from "../problems.ts";
import { id, problemSchema, time } from "./shared.ts";

/** What a de-identified release came to, in numbers. */
export interface ReleaseNumbers {
  readonly people: number;
  /** Agreed and answered, and yet left out: they look like too few others. */
  readonly removed: number;
  readonly rows: number;
  /** Fewest people who look alike, as answered and in the files. */
  readonly kBefore: number;
  readonly k: number;
  /** People who are alone, as answered. */
  readonly uniqueBefore: number;
  readonly minCell: number;
  /** Values hidden, and their share of those told of what others may know. */
  readonly hidden: number;
  readonly hiddenShare: number;
  /** How each fact that others may know is told. */
  readonly told: readonly { readonly name: string; readonly how: string; readonly hidden: number }[];
}

/** A version that was kept: it never changes. */
export interface ReleaseVersion {
  readonly number: number;
  readonly hash: string;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly upToSeq: number;
  readonly numbers: ReleaseNumbers;
  readonly changes: readonly string[];
  readonly recipients: readonly ReleaseRecipient[];
}

/** A version that is being made or looked at; it has no number until it is kept. */
export interface ReleaseDraft {
  readonly id: string;
  readonly state: "making" | "ready" | "failed";
  /** The number it would get. */
  readonly number: number;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly numbers?: ReleaseNumbers;
  readonly changes: readonly string[];
  readonly warnings: readonly string[];
  readonly problem?: Problem;
}

/** Who received a version, for what, under which agreement. */
export interface ReleaseRecipient {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly agreement: string;
  /** When they received it. */
  readonly receivedAt: number;
  readonly recordedAt: number;
  readonly recordedBy: string;
}

/** Everything about a study's releases. */
export interface Releases {
  /** People whose latest consent agrees to sharing. */
  readonly agreed: number;
  /** The floors a preview has when none are given. */
  readonly k: number;
  readonly minCell: number;
  readonly draft?: ReleaseDraft;
  /** The newest first. */
  readonly versions: readonly ReleaseVersion[];
}

/** The floors of a preview. */
interface PreviewRequest {
  readonly k?: number;
  readonly minCell?: number;
}

/** Which preview to keep. */
interface KeepRequest {
  readonly draft: string;
}

/** A recipient to write down. */
export type RecipientRequest = Pick<
  ReleaseRecipient,
  "name" | "organisation" | "purpose" | "agreement" | "receivedAt"
>;

const numbers: z.ZodType<ReleaseNumbers> = z.object({
  people: z.number(),
  removed: z.number(),
  rows: z.number(),
  kBefore: z.number(),
  k: z.number(),
  uniqueBefore: z.number(),
  minCell: z.number(),
  hidden: z.number(),
  hiddenShare: z.number(),
  told: z.array(z.object({ name: z.string(), how: z.string(), hidden: z.number() })),
});

const recipient: z.ZodType<ReleaseRecipient> = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string(),
  purpose: z.string(),
  agreement: z.string(),
  receivedAt: time,
  recordedAt: time,
  recordedBy: z.string(),
});

const version: z.ZodType<ReleaseVersion> = z.object({
  number: z.number(),
  hash: z.string(),
  madeAt: time,
  madeBy: z.string(),
  upToSeq: z.number(),
  numbers,
  changes: z.array(z.string()),
  recipients: z.array(recipient),
});

const draft: z.ZodType<ReleaseDraft> = z.object({
  id: z.string(),
  state: z.enum(["making", "ready", "failed"]),
  number: z.number(),
  startedAt: time,
  startedBy: z.string(),
  numbers: numbers.exactOptional(),
  changes: z.array(z.string()),
  warnings: z.array(z.string()),
  problem: problemSchema.exactOptional(),
});

const releases: z.ZodType<Releases> = z.object({
  agreed: z.number(),
  k: z.number(),
  minCell: z.number(),
  draft: draft.exactOptional(),
  versions: z.array(version),
});

const floor = z.int().min(2).max(1000);
const words = z.string().trim().min(1).max(500);

/** The rows of the contract for de-identified releases. */
export interface ReleaseEndpoints {
  readonly releases: Endpoint<"/api/studies/:study/releases", unknown, unknown, Releases>;
  readonly previewRelease: Endpoint<
    "/api/studies/:study/releases/preview",
    PreviewRequest,
    unknown,
    ReleaseDraft
  >;
  readonly releaseDraftReport: Endpoint<
    "/api/studies/:study/releases/draft/report",
    unknown,
    unknown,
    string
  >;
  readonly keepRelease: Endpoint<"/api/studies/:study/releases", KeepRequest, unknown, ReleaseVersion>;
  readonly releaseReport: Endpoint<"/api/studies/:study/releases/:number/report", unknown, unknown, string>;
  readonly releaseFile: Endpoint<"/api/studies/:study/releases/:number/file", unknown, unknown, Uint8Array>;
  readonly addRecipient: Endpoint<
    "/api/studies/:study/releases/:number/recipients",
    RecipientRequest,
    unknown,
    ReleaseRecipient
  >;
}

/** Endpoints of de-identified releases. */
export const releaseEndpoints: ReleaseEndpoints = {
  releases: {
    who: "staff",
    needs: "releases.read",
    method: "GET",
    path: "/api/studies/:study/releases",
    summary:
      "The versions of a study's de-identified data, who received them, and the preview if there is one.",
    answer: { kind: "json", status: 200, schema: releases },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  previewRelease: {
    who: "staff",
    needs: "releases.make",
    method: "POST",
    path: "/api/studies/:study/releases/preview",
    summary: "Make a release to look at; an earlier preview that was not kept is dropped.",
    body: z.object({ k: floor.exactOptional(), minCell: floor.exactOptional() }),
    answer: { kind: "json", status: 201, schema: draft },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "release.not-locked",
      "release.no-tick",
      "release.already-making",
    ],
  },
  releaseDraftReport: {
    who: "staff",
    needs: "releases.read",
    method: "GET",
    path: "/api/studies/:study/releases/draft/report",
    summary: "The privacy report of the preview as a page.",
    answer: { kind: "html", status: 200 },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "release.not-found"],
  },
  keepRelease: {
    who: "staff",
    needs: "releases.make",
    method: "POST",
    path: "/api/studies/:study/releases",
    summary: "Keep the preview as the next version: these files, for good.",
    body: z.object({ draft: id }),
    answer: { kind: "json", status: 201, schema: version },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "release.not-found",
      "release.outdated",
    ],
  },
  releaseReport: {
    who: "staff",
    needs: "releases.read",
    method: "GET",
    path: "/api/studies/:study/releases/:number/report",
    summary: "The privacy report of a version as a page.",
    answer: { kind: "html", status: 200 },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "release.not-found"],
  },
  releaseFile: {
    who: "staff",
    needs: "releases.take",
    method: "GET",
    path: "/api/studies/:study/releases/:number/file",
    summary: "All files of a version as a zip; every download is written down.",
    answer: { kind: "file", status: 200, type: "application/zip" },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "release.not-found"],
  },
  addRecipient: {
    who: "staff",
    needs: "releases.make",
    method: "POST",
    path: "/api/studies/:study/releases/:number/recipients",
    summary: "Write down who received a version; the list is only ever added to.",
    body: z.object({
      name: words,
      organisation: words,
      purpose: z.string().trim().min(1).max(2000),
      agreement: words,
      receivedAt: time,
    }),
    answer: { kind: "json", status: 201, schema: recipient },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "release.not-found"],
  },
};
