import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { NamesState, Role } from "../rules.ts";
import { roles } from "../rules.ts";
import type { RunState } from "./runs.ts";
import { runState } from "./runs.ts";
import type { Language } from "./shared.ts";
import { id, language, time } from "./shared.ts";

/** Where a study stands; it only ever moves forward. */
export type StudyPhase = "recruiting" | "running" | "locked" | "published";

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
  readonly simulated: boolean;
  /** What the asking member of staff is in it. */
  readonly role: Role;
  /** Whether they are shown names in it. */
  readonly names: NamesState;
  readonly people: number;
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

/** A study to be opened: its protocol as YAML text, and its name in addresses when that is not the protocol's id. */
export interface CreateStudyRequest {
  readonly protocol: string;
  readonly id?: string;
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

const phase: z.ZodType<StudyPhase> = z.enum(["recruiting", "running", "locked", "published"]);
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
const studySummary: z.ZodType<StudySummary> = z.object({
  id: z.string(),
  title: z.string(),
  phase,
  simulated: z.boolean(),
  role: z.enum(roles),
  names: z.enum(["shown", "second_factor", "hidden"]),
  people: z.int(),
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

/** The rows of the contract for studies. */
export interface StudyEndpoints {
  readonly publicStudies: Endpoint<"/api/studies/public", unknown, unknown, readonly PublicStudy[]>;
  readonly tryStudy: Endpoint<"/api/try", TryRequest, unknown, TryAnswer>;
  readonly studies: Endpoint<"/api/studies", unknown, unknown, readonly StudySummary[]>;
  readonly createStudy: Endpoint<"/api/studies", CreateStudyRequest, unknown, CreateStudyAnswer>;
  readonly study: Endpoint<"/api/studies/:study", unknown, unknown, StudySummary>;
  readonly flow: Endpoint<"/api/studies/:study/flow", unknown, unknown, StudyFlow>;
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
    summary: "Open a study of one's own from the text of its protocol, which never changes afterwards.",
    body: z.object({
      protocol: z.string().min(1).max(1_000_000),
      id: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,79}$/)
        .exactOptional(),
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
      "study.already-locked",
      "study.same-signature",
    ],
  },
};
