import type { Deviation, Preregistration, StrobeItem } from "@longwave/findings";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { time } from "./shared.ts";

/** A departure from the plan to be listed, in the words of the study team. */
export interface DeviationRequest {
  /** Which clause of the plan: an id such as H1, or words such as "recruitment". */
  readonly clause: string;
  readonly what: string;
  readonly why: string;
}

/** A listed departure; `timing` is what the server found, not what anyone said. */
export interface DeviationEntry extends Required<Deviation> {
  readonly id: string;
}

/** A plan with its name and times, its clauses, and every departure listed so far. */
export interface PlanRecord {
  readonly version: string;
  readonly protocolHash: string;
  readonly planHash: string;
  /** When the text was fixed: before anyone was invited. */
  readonly lockedAt: number;
  readonly firstAnswerAt?: number;
  readonly dataLockedAt?: number;
  readonly clauses: readonly { readonly id: string; readonly label: string }[];
  readonly deviations: readonly DeviationEntry[];
}

/** The departure as it is listed, and words in it that the published page had better not repeat. */
export interface DeviationAnswer {
  readonly entry: DeviationEntry;
  readonly warnings: readonly string[];
}

/** The reporting list (STROBE) in short, and whole as Markdown. */
export interface ReportingAnswer {
  /** Whether results are left out because the data are not locked. */
  readonly blind: boolean;
  /** When the run ended that it was made from. */
  readonly madeAt: number;
  readonly items: readonly Pick<StrobeItem, "id" | "section" | "topic" | "state">[];
  readonly markdown: string;
}

const reporting: z.ZodType<ReportingAnswer> = z.object({
  blind: z.boolean(),
  madeAt: time,
  items: z.array(
    z.object({
      id: z.string(),
      section: z.string(),
      topic: z.string(),
      state: z.enum(["filled", "partly", "unfilled", "hidden"]),
    }),
  ),
  markdown: z.string(),
});

const entry: z.ZodType<DeviationEntry> = z.object({
  id: z.string(),
  kind: z.enum(["recorded", "smaller_data", "amended", "fallback", "not_run", "not_estimated", "other_plan"]),
  clause: z.string(),
  what: z.string(),
  why: z.string(),
  at: time,
  by: z.string(),
  timing: z.enum(["before_first_answer", "before_data_seen", "after_data_seen"]),
});

const planRecord: z.ZodType<PlanRecord> = z.object({
  version: z.string(),
  protocolHash: z.string(),
  planHash: z.string(),
  lockedAt: time,
  firstAnswerAt: time.exactOptional(),
  dataLockedAt: time.exactOptional(),
  clauses: z.array(z.object({ id: z.string(), label: z.string() })),
  deviations: z.array(entry),
});

/** The plan in the order of the OSF Preregistration form, with every departure listed so far. */
export interface PreregistrationAnswer {
  readonly markdown: string;
  readonly form: Preregistration;
}

const preregistration: z.ZodType<PreregistrationAnswer> = z.object({
  markdown: z.string(),
  form: z.custom<Preregistration>((value) => typeof value === "object" && value !== null),
});

/** The rows of the contract for the plan and departures from it. */
export interface DeviationEndpoints {
  readonly plan: Endpoint<"/api/studies/:study/plan", unknown, unknown, PlanRecord>;
  readonly preregistration: Endpoint<
    "/api/studies/:study/plan/preregistration",
    unknown,
    unknown,
    PreregistrationAnswer
  >;
  readonly recordDeviation: Endpoint<
    "/api/studies/:study/deviations",
    DeviationRequest,
    unknown,
    DeviationAnswer
  >;
  readonly reporting: Endpoint<"/api/studies/:study/reporting", unknown, unknown, ReportingAnswer>;
  readonly reportingPage: Endpoint<"/api/studies/:study/reporting/page", unknown, unknown, string>;
}

const words = (most: number) => z.string().trim().min(1).max(most);

/** Endpoints of the plan and departures from it. */
export const deviationEndpoints: DeviationEndpoints = {
  plan: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/plan",
    summary: "The hashes and times of the locked plan, its clauses, and every departure from it.",
    answer: { kind: "json", status: 200, schema: planRecord },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  preregistration: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/plan/preregistration",
    summary: "The plan in the order of the OSF Preregistration form, with every departure listed so far.",
    answer: { kind: "json", status: 200, schema: preregistration },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  recordDeviation: {
    who: "staff",
    needs: "plan.deviate",
    method: "POST",
    path: "/api/studies/:study/deviations",
    summary:
      "List a departure from the plan with its reason; it is never changed or removed, and every later publication carries it.",
    body: z.object({ clause: words(200), what: words(2000), why: words(2000) }),
    answer: {
      kind: "json",
      status: 201,
      schema: z.object({ entry, warnings: z.array(z.string()) }),
    },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  reporting: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/reporting",
    summary: "The reporting list (STROBE) of the latest finished run: blind before the lock.",
    answer: { kind: "json", status: 200, schema: reporting },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "run.not-finished"],
  },
  reportingPage: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/reporting/page",
    summary: "The same list as a page that a word processor opens.",
    answer: { kind: "html", status: 200 },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "run.not-finished"],
  },
};
