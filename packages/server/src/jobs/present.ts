import type { Run } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { madeByRun, type RunRow, runById } from "../store/queries/runs.ts";

/**
 * The run with this id.
 *
 * @throws Refusal `run.not-found`
 */
export async function requireRun(
  context: Pick<ServerContext, "store">,
  study: string,
  id: string,
): Promise<RunRow> {
  const run = await runById(context.store.db, study, id);
  if (run) return run;
  throw refuse("run.not-found", "a run of this study", id, "Load the study again to see its latest run.");
}

/** A run as the contract shows it. */
export function presentRun(run: RunRow): Run {
  return {
    id: run.id,
    kind: run.kind,
    state: run.state,
    progress: { done: run.done, total: run.total, doing: run.doing },
    requestedBy: run.requestedBy,
    startedAt: run.startedAt,
    ...(run.finishedAt === undefined ? {} : { finishedAt: run.finishedAt }),
    ...(run.size === undefined ? {} : { size: run.size }),
    ...(run.problem === undefined ? {} : { problem: run.problem }),
    ...(run.state === "done"
      ? { report: `/api/studies/${encodeURIComponent(run.study)}/runs/${run.id}/report` }
      : {}),
  };
}

/**
 * The page that a run has made.
 *
 * @throws Refusal `run.not-found`, `run.not-finished`
 */
export async function requireReport(
  context: Pick<ServerContext, "store">,
  study: string,
  id: string,
): Promise<string> {
  const run = await requireRun(context, study, id);
  const made = await madeByRun(context.store.db, id);
  if (run.state === "done" && made?.report) return made.report;
  throw notFinished(run);
}

/** The refusal to use a run that has made nothing. */
export function notFinished(run: RunRow): Refusal {
  const found = {
    queued: "one that waits",
    running: "one that is going on",
    failed: "one that failed",
    cancelled: "one that was cancelled",
    done: "one without a report",
  };
  return refuse(
    "run.not-finished",
    "a run that is done",
    found[run.state],
    "Wait until it is done, or run the analysis again.",
  );
}
