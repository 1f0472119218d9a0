import { type StudyMove, type StudyPhase, studyMoves, studyPhases } from "@longwave/study";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { NamesState, Role } from "../rules.ts";
import { roles } from "../rules.ts";
import type { RunState } from "./runs.ts";
import { runState } from "./runs.ts";
import type { Language } from "./shared.ts";
import { id, language, time } from "./shared.ts";

/** A study as anyone may see it. */
export interface PublicStudy {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly simulated: boolean;
  readonly phase: StudyPhase;
  readonly publication?: { readonly hash: string; readonly publishedAt: number };
  /** How far the analysis of simulated people is, before their findings are published. */
  readonly making?: { readonly done: number; readonly total: number };
  readonly tryIt: boolean;
}

/** The latest run of a study, in short. */
export interface LastRun {
  readonly id: string;
  readonly kind: "blind" | "results";
  readonly state: RunState;
  readonly startedAt: number;
}

/** A study as its staff see it; `lock.by` names who signed, by e-mail address. */
export interface StudySummary {
  readonly id: string;
  readonly title: string;
  readonly phase: StudyPhase;
  /** Since when it is paused: nothing is sent, and nobody new joins. */
  readonly pausedAt?: number;
  /** What may be done to its phase now. */
  readonly moves: readonly { readonly move: StudyMove; readonly asksReason: boolean }[];
  /** Number of the version of its text. */
  readonly version: number;
  readonly simulated: boolean;
  /** What the asking member of staff is in it. */
  readonly role: Role;
  /** Whether they are shown names in it. */
  readonly names: NamesState;
  readonly people: number;
  /** The last day on which its data may be kept, as YYYY-MM-DD, where its text says one. */
  readonly keepUntil?: string;
  readonly lock: { readonly by: readonly string[]; readonly needed: 2; readonly lockedAt?: number };
  readonly lastRun?: LastRun;
  /** The latest run with results that came to its end. */
  readonly results?: LastRun;
  readonly publication?: { readonly hash: string; readonly publishedAt: number; readonly address: string };
}

/**
 * Counts of people at each stage, waves by wave, and days (UTC) on which something happened.
 *
 * `started`: sent anything, a skipped question too; `answered`: answered at least one question, as a dataset counts.
 */
export interface StudyFlow {
  readonly invited: number;
  readonly consented: number;
  readonly answeredOnce: number;
  readonly answeredTwice: number;
  readonly answeredAll: number;
  readonly waves: readonly {
    readonly wave: string;
    readonly started: number;
    readonly answered: number;
    readonly finished: number;
  }[];
  readonly byDay: readonly {
    readonly day: string;
    readonly invited: number;
    readonly consented: number;
    readonly answered: number;
  }[];
}

/** A study to be made: its protocol as YAML text, and its name in addresses when that is not the protocol's id. */
export interface CreateStudyRequest {
  readonly protocol: string;
  readonly id?: string;
  /** False keeps it in design, to be opened later; it is opened at once when left out. */
  readonly open?: boolean;
}

/** The text of a study. */
export interface StudyText {
  /** In design: as last saved, mistakes and all. Later: the version in force. */
  readonly text: string;
  /** SHA-256 of `text`. */
  readonly textHash: string;
  readonly phase: StudyPhase;
  readonly version: number;
  /** The name of the protocol without mistakes that stands in the study. */
  readonly protocolHash: string;
  /** What is wrong in `text`, each with its place; only a draft can have mistakes. */
  readonly mistakes: readonly string[];
}

/** A draft to be saved in design. */
export interface SaveDraftRequest {
  readonly protocol: string;
  /** The `textHash` that was edited: refused when somebody has saved another text since. Left out: whatever stands there. */
  readonly replaces?: string;
}

/** A move to another phase, a pause or its end, with a reason where the move asks for one. */
export interface MoveRequest {
  readonly move: StudyMove;
  readonly reason?: string;
}

/**
 * The study as opened; `waiting` names languages not offered until a named person confirms their instruments,
 * `warnings` says which words of the text a publication should not repeat.
 */
export interface CreateStudyAnswer {
  readonly study: StudySummary;
  readonly languages: readonly Language[];
  readonly waiting: readonly { readonly language: Language; readonly instruments: readonly string[] }[];
  readonly warnings: readonly string[];
}

/** Which study to try; the recruiting demonstration when left out. */
export interface TryRequest {
  readonly study?: string;
}

/** A fresh personal link, as a path of this server. */
export interface TryAnswer {
  readonly link: string;
}

const phase: z.ZodType<StudyPhase> = z.enum(studyPhases);
const publicStudy: z.ZodType<PublicStudy> = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  simulated: z.boolean(),
  phase,
  publication: z.object({ hash: z.string(), publishedAt: time }).exactOptional(),
  making: z.object({ done: z.int(), total: z.int() }).exactOptional(),
  tryIt: z.boolean(),
});
const lastRun: z.ZodType<LastRun> = z.object({
  id: z.string(),
  kind: z.enum(["blind", "results"]),
  state: runState,
  startedAt: time,
});
/** A study as its staff see it. */
export const studySummary: z.ZodType<StudySummary> = z.object({
  id: z.string(),
  title: z.string(),
  phase,
  pausedAt: time.exactOptional(),
  moves: z.array(z.object({ move: z.enum(studyMoves), asksReason: z.boolean() })),
  version: z.int(),
  simulated: z.boolean(),
  role: z.enum(roles),
  names: z.enum(["shown", "second_factor", "hidden"]),
  people: z.int(),
  keepUntil: z.string().exactOptional(),
  lock: z.object({ by: z.array(z.string()), needed: z.literal(2), lockedAt: time.exactOptional() }),
  lastRun: lastRun.exactOptional(),
  results: lastRun.exactOptional(),
  publication: z.object({ hash: z.string(), publishedAt: time, address: z.string() }).exactOptional(),
});
const studyFlow: z.ZodType<StudyFlow> = z.object({
  invited: z.int(),
  consented: z.int(),
  answeredOnce: z.int(),
  answeredTwice: z.int(),
  answeredAll: z.int(),
  waves: z.array(z.object({ wave: z.string(), started: z.int(), answered: z.int(), finished: z.int() })),
  byDay: z.array(z.object({ day: z.iso.date(), invited: z.int(), consented: z.int(), answered: z.int() })),
});

const createStudyAnswer: z.ZodType<CreateStudyAnswer> = z.object({
  study: studySummary,
  languages: z.array(language),
  waiting: z.array(z.object({ language, instruments: z.array(z.string()) })),
  warnings: z.array(z.string()),
});

/** The text of a study in a request. */
export const protocolText: z.ZodType<string> = z.string().min(1).max(1_000_000);
const studyText: z.ZodType<StudyText> = z.object({
  text: z.string(),
  textHash: z.string(),
  phase,
  version: z.int(),
  protocolHash: z.string(),
  mistakes: z.array(z.string()),
});

/** The rows of the contract for studies. */
export interface StudyEndpoints {
  readonly publicStudies: Endpoint<"/api/studies/public", unknown, unknown, readonly PublicStudy[]>;
  readonly tryStudy: Endpoint<"/api/try", TryRequest, unknown, TryAnswer>;
  readonly studies: Endpoint<"/api/studies", unknown, unknown, readonly StudySummary[]>;
  readonly createStudy: Endpoint<"/api/studies", CreateStudyRequest, unknown, CreateStudyAnswer>;
  readonly study: Endpoint<"/api/studies/:study", unknown, unknown, StudySummary>;
  readonly flow: Endpoint<"/api/studies/:study/flow", unknown, unknown, StudyFlow>;
  readonly studyText: Endpoint<"/api/studies/:study/text", unknown, unknown, StudyText>;
  readonly saveDraft: Endpoint<"/api/studies/:study/draft", SaveDraftRequest, unknown, StudyText>;
  readonly moveStudy: Endpoint<"/api/studies/:study/move", MoveRequest, unknown, StudySummary>;
  readonly lockStudy: Endpoint<"/api/studies/:study/lock", unknown, unknown, StudySummary>;
}

/** Endpoints of studies. */
export const studyEndpoints: StudyEndpoints = {
  publicStudies: {
    who: "anyone",
    method: "GET",
    path: "/api/studies/public",
    summary: "The studies of this server and their latest publications.",
    answer: { kind: "json", status: 200, schema: z.array(publicStudy) },
    problems: [],
  },
  tryStudy: {
    who: "anyone",
    method: "POST",
    path: "/api/try",
    summary: "A personal link to the demonstration that is open for trying; every call makes a new person.",
    body: z.object({ study: id.exactOptional() }),
    answer: { kind: "json", status: 201, schema: z.object({ link: z.string() }) },
    problems: ["study.not-found", "study.not-recruiting", "request.too-many"],
  },
  studies: {
    who: "staff",
    needs: "signed_in",
    method: "GET",
    path: "/api/studies",
    summary: "The studies one belongs to.",
    answer: { kind: "json", status: 200, schema: z.array(studySummary) },
    problems: ["staff.not-signed-in"],
  },
  createStudy: {
    who: "staff",
    needs: "open_studies",
    method: "POST",
    path: "/api/studies",
    summary: "Make a study of one's own from the text of its protocol: opened at once, or kept in design.",
    body: z.object({
      protocol: protocolText,
      id: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,79}$/)
        .exactOptional(),
      open: z.boolean().exactOptional(),
    }),
    answer: { kind: "json", status: 201, schema: createStudyAnswer },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.protocol-invalid",
      "study.exists",
      "study.language-unconfirmed",
    ],
  },
  study: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study",
    summary: "One study: its phase, who signed the lock, its latest run and publication.",
    answer: { kind: "json", status: 200, schema: studySummary },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  flow: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/flow",
    summary: "How many were invited, consented and answered, by wave and by day.",
    answer: { kind: "json", status: 200, schema: studyFlow },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  studyText: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/text",
    summary: "The text of a study: the draft in design, the version in force later.",
    answer: { kind: "json", status: 200, schema: studyText },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  saveDraft: {
    who: "staff",
    needs: "study.write",
    method: "POST",
    path: "/api/studies/:study/draft",
    summary: "Replace the text of a study in design; one with mistakes is kept, and they are named.",
    body: z.object({ protocol: protocolText, replaces: z.string().exactOptional() }),
    answer: { kind: "json", status: 200, schema: studyText },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "study.not-in-design",
      "study.draft-changed",
    ],
  },
  moveStudy: {
    who: "staff",
    needs: "study.move",
    method: "POST",
    path: "/api/studies/:study/move",
    summary: "Move a study to its next phase, pause it, or have it go on.",
    body: z.object({ move: z.enum(studyMoves), reason: z.string().max(2000).exactOptional() }),
    answer: { kind: "json", status: 200, schema: studySummary },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "study.move-not-allowed",
      "study.reason-missing",
      "study.protocol-invalid",
      "study.language-unconfirmed",
    ],
  },
  lockStudy: {
    who: "staff",
    needs: "study.lock",
    method: "POST",
    path: "/api/studies/:study/lock",
    summary: "Sign the lock; the second signature, by someone else, closes the study to answers for good.",
    answer: { kind: "json", status: 200, schema: studySummary },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "study.in-design",
      "study.already-locked",
      "study.same-signature",
    ],
  },
};
