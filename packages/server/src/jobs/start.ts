import { randomUUID } from "node:crypto";
import type { StartRunRequest } from "@longwave/api";
import type { PlanScope } from "@longwave/findings";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { listDeviation, type Writer } from "../deviations/record.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addRun, hasActiveRun, type NewRun, type RunRow } from "../store/queries/runs.ts";
import { openPhases, type StudyRow, takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { studyClosed, studyInDesign } from "../studies/standing.ts";
import { requireRun } from "./present.ts";
import { failLeftOvers } from "./runner.ts";
import { type Comparison, compareSnapshot, countsInWords, smallerData } from "./snapshot.ts";

// One seed for every run: the same answers give the same report, whoever asks and whenever.
const SEED = 1;

/** How an analysis is asked for. */
export interface RunWish extends StartRunRequest {
  /** How much of the plan: all of it, unless there is no time for it. */
  readonly scope?: PlanScope;
}

/**
 * Starts the analysis of a study: blind while answers can still come, results once it is locked. Fewer data than
 * the last finished run had are refused; with a reason they are analysed, and the reason is listed.
 *
 * @throws Refusal `run.already-running`, `run.smaller-data`, `study.in-design`, `study.closed`
 */
export async function startRun(
  context: Pick<ServerContext, "store" | "jobs" | "now" | "log" | "version" | "css">,
  study: StudyRow,
  writer: Writer,
  wish: RunWish = {},
): Promise<RunRow> {
  await failLeftOvers(context);
  const at = context.now();
  const run = await context.store.db.transaction().execute(async (trx) => {
    const { lastSeq, phase } = await takeStudy(trx, study.id);
    if (phase === "design") throw studyInDesign();
    if (phase === "closed") throw studyClosed();
    if (await hasActiveRun(trx, study.id)) throw alreadyRunning();
    const comparison = await compareSnapshot(trx, study.id, lastSeq);
    const { smallerDataReason: reason } = wish;
    if (comparison.larger && reason === undefined) throw smallerData(comparison);
    const { people, answers } = comparison.now;
    const added: NewRun = {
      id: randomUUID(),
      study: study.id,
      kind: openPhases.includes(phase) ? "blind" : "results",
      upToSeq: lastSeq,
      seed: SEED,
      startedAt: at,
      requestedBy: writer.email,
      size: { people, answers },
    };
    await addRun(trx, added);
    if (comparison.larger && reason !== undefined)
      await listSmaller(trx, added, writer, { comparison, reason });
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${writer.email}`,
      action: "run.started",
      detail: { run: added.id, kind: added.kind },
    });
    return added;
  });
  const { version, css } = context;
  const { id, kind, upToSeq, seed } = run;
  context.jobs.start({
    run: id,
    study: study.id,
    kind,
    upToSeq,
    seed,
    scope: wish.scope ?? "all",
    version,
    css,
  });
  return requireRun(context, study.id, id);
}

async function listSmaller(
  trx: Kysely<Tables>,
  run: NewRun,
  writer: Writer,
  { comparison, reason }: { readonly comparison: Comparison; readonly reason: string },
): Promise<void> {
  const { before, now } = countsInWords(comparison);
  await listDeviation(trx, writer, {
    study: run.study,
    kind: "smaller_data",
    clause: "data",
    what: `The analysis was run on ${now}, fewer than the ${before}.`,
    why: reason,
    at: run.startedAt,
    run: run.id,
  });
}

function alreadyRunning() {
  return refuse(
    "run.already-running",
    "no other run of this study",
    "one that is going on",
    "Wait until it is done, or cancel it.",
  );
}
