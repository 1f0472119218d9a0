import { randomUUID } from "node:crypto";
import type { PlanScope } from "@longwave/findings";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addRun, hasActiveRun, type RunRow } from "../store/queries/runs.ts";
import { openPhases, type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { requireRun } from "./present.ts";
import { failLeftOvers } from "./runner.ts";

// One seed for every run: the same answers give the same report, whoever asks and whenever.
const SEED = 1;

/**
 * Starts the analysis of a study: blind while answers can still come, results once it is locked.
 *
 * @param scope  how much of the plan: all of it, unless there is no time for it.
 * @throws Refusal `run.already-running`
 */
export async function startRun(
  context: Pick<ServerContext, "store" | "jobs" | "now" | "log" | "version" | "css">,
  study: StudyRow,
  actor: string,
  scope: PlanScope = "all",
): Promise<RunRow> {
  await failLeftOvers(context);
  const id = randomUUID();
  const at = context.now();
  const job = await context.store.db.transaction().execute(async (trx) => {
    const { lastSeq, phase } = await takeStudy(trx, study.id);
    if (await hasActiveRun(trx, study.id)) throw alreadyRunning();
    const kind = openPhases.includes(phase) ? ("blind" as const) : ("results" as const);
    await addRun(trx, {
      id,
      study: study.id,
      kind,
      upToSeq: lastSeq,
      seed: SEED,
      startedAt: at,
      requestedBy: actor,
    });
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${actor}`,
      action: "run.started",
      detail: { run: id, kind },
    });
    return {
      run: id,
      study: study.id,
      kind,
      upToSeq: lastSeq,
      seed: SEED,
      scope,
      version: context.version,
      css: context.css,
    };
  });
  context.jobs.start(job);
  return requireRun(context, study.id, id);
}

function alreadyRunning() {
  return refuse(
    "run.already-running",
    "no other run of this study",
    "one that is going on",
    "Wait until it is done.",
  );
}
