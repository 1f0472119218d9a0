import type { Progress } from "@longwave/findings";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Problem } from "../problems.ts";
import { id, problemSchema, time } from "./shared.ts";

/** How a run stands. */
export type RunState = "queued" | "running" | "done" | "failed" | "cancelled";

/** Schema of how a run stands. */
export const runState: z.ZodType<RunState> = z.enum(["queued", "running", "done", "failed", "cancelled"]);

/** An analysis to be started; the reason is needed when there are fewer data than the last finished run had. */
export interface StartRunRequest {
  readonly smallerDataReason?: string;
}

/** One analysis: the blind report of a running study, or the results of a locked one. */
export interface Run {
  readonly id: string;
  readonly kind: "blind" | "results";
  readonly state: RunState;
  readonly progress: Progress;
  /** Who asked for it, by e-mail address. */
  readonly requestedBy: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** People who had answered, and answers there were, when it began; absent for early runs. */
  readonly size?: { readonly people: number; readonly answers: number };
  readonly problem?: Problem;
  readonly report?: string;
}

/** Which finished run to publish; `changes` is needed when it replaces an earlier publication. */
export interface PublishRequest {
  readonly run: string;
  readonly changes?: readonly string[];
  /** Whether to tell people of a correction too; of the first publication everyone who agreed is told. */
  readonly tellPeople?: boolean;
}

/** The name of the sealed bundle and the address of its page. */
export interface PublishAnswer {
  readonly hash: string;
  readonly address: string;
}

const run: z.ZodType<Run> = z.object({
  id: z.string(),
  kind: z.enum(["blind", "results"]),
  state: runState,
  progress: z.object({ done: z.number(), total: z.number(), doing: z.string() }),
  requestedBy: z.string(),
  startedAt: time,
  finishedAt: time.exactOptional(),
  size: z.object({ people: z.int(), answers: z.int() }).exactOptional(),
  problem: problemSchema.exactOptional(),
  report: z.string().exactOptional(),
});

/** The rows of the contract for runs and publications. */
export interface RunEndpoints {
  readonly startRun: Endpoint<"/api/studies/:study/runs", StartRunRequest, unknown, Run>;
  readonly runs: Endpoint<"/api/studies/:study/runs", unknown, unknown, readonly Run[]>;
  readonly run: Endpoint<"/api/studies/:study/runs/:run", unknown, unknown, Run>;
  readonly cancelRun: Endpoint<"/api/studies/:study/runs/:run/cancel", unknown, unknown, Run>;
  readonly runReport: Endpoint<"/api/studies/:study/runs/:run/report", unknown, unknown, string>;
  readonly individualFigures: Endpoint<"/api/studies/:study/individual", unknown, unknown, string>;
  readonly publish: Endpoint<"/api/studies/:study/publications", PublishRequest, unknown, PublishAnswer>;
}

/** Endpoints of runs and publications. */
export const runEndpoints: RunEndpoints = {
  startRun: {
    who: "staff",
    needs: "runs.start",
    method: "POST",
    path: "/api/studies/:study/runs",
    summary: "Run the analysis: blind while answers can still come, results once the study is locked.",
    body: z.object({ smallerDataReason: z.string().trim().min(1).max(2000).exactOptional() }),
    answer: { kind: "json", status: 201, schema: run },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "run.already-running",
      "study.in-design",
      "study.closed",
      "run.smaller-data",
    ],
  },
  runs: {
    who: "staff",
    needs: "results.read",
    method: "GET",
    path: "/api/studies/:study/runs",
    summary: "The latest fifty runs of a study, the newest first.",
    answer: { kind: "json", status: 200, schema: z.array(run) },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  run: {
    who: "staff",
    needs: "results.read",
    method: "GET",
    path: "/api/studies/:study/runs/:run",
    summary: "How far a run has come.",
    answer: { kind: "json", status: 200, schema: run },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "run.not-found"],
  },
  cancelRun: {
    who: "staff",
    needs: "runs.start",
    method: "POST",
    path: "/api/studies/:study/runs/:run/cancel",
    summary: "End a run that waits or goes on; one that has ended stays as it is.",
    answer: { kind: "json", status: 200, schema: run },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "run.not-found"],
  },
  runReport: {
    who: "staff",
    needs: "results.read",
    method: "GET",
    path: "/api/studies/:study/runs/:run/report",
    summary: "The report of a finished run as a page.",
    answer: { kind: "html", status: 200 },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "run.not-found",
      "run.not-finished",
    ],
  },
  individualFigures: {
    who: "staff",
    needs: "results.people",
    method: "GET",
    path: "/api/studies/:study/individual",
    summary:
      "Figures of single people as a page, once the data are locked; made anew each time and kept nowhere.",
    answer: { kind: "html", status: 200 },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "study.not-locked"],
  },
  publish: {
    who: "staff",
    needs: "study.publish",
    method: "POST",
    path: "/api/studies/:study/publications",
    summary:
      "Publish the results of a run as a sealed bundle; an earlier one stays at its address and names this one.",
    body: z.object({
      run: id,
      changes: z.array(z.string().min(1).max(2000)).max(100).exactOptional(),
      tellPeople: z.boolean().exactOptional(),
    }),
    answer: { kind: "json", status: 201, schema: z.object({ hash: z.string(), address: z.string() }) },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "run.not-found",
      "run.not-finished",
      "run.not-results",
      "publication.changes-missing",
      "study.closed",
    ],
  },
};
