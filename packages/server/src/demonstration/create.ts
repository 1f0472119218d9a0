import type { ServerContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { failRunsOf } from "../jobs/runner.ts";
import { startRun } from "../jobs/start.ts";
import type { DemonstrationOptions } from "../options.ts";
import { publish } from "../publications/publish.ts";
import { latestPublication } from "../store/queries/publications.ts";
import { latestRun } from "../store/queries/runs.ts";
import { allStudies, openPhases, type StudyRow, studyById } from "../store/queries/studies.ts";
import { signLock } from "../studies/lock.ts";
import { addStudies, type DemonstrationMaker } from "./add-studies.ts";
import { closedStudyId } from "./studies.ts";

const signers = [
  { id: "simulated-first", email: "first.signer@simulated.example" },
  { id: "simulated-second", email: "second.signer@simulated.example" },
] as const;

const maker = { email: "demonstration", name: "Longwave" } as const;

/**
 * Makes the two demonstration studies when the store is empty: a closed one of simulated people, which is locked, and
 * one to try. Every step is skipped when it is done, so a start that was broken off goes on.
 */
export async function ensureDemonstration(
  context: DemonstrationMaker,
  options: DemonstrationOptions,
): Promise<void> {
  const studies = await allStudies(context.store.db);
  if (studies.length === 0) await addStudies(context, closedStudyId, options);
  const study = await studyById(context.store.db, closedStudyId);
  if (study?.simulated && openPhases.includes(study.phase)) await lock(context, study);
}

async function lock(context: DemonstrationMaker, study: StudyRow): Promise<void> {
  context.log("Locking it: two simulated members of staff sign …");
  for (const signer of signers) await signLock(context, study.id, signer).catch(ignoreRepeated);
}

function ignoreRepeated(error: unknown): void {
  if (error instanceof Refusal && error.problem.code === "study.same-signature") return;
  throw error;
}

/**
 * Analyses the closed demonstration study and publishes it, unless that is done. The whole plan takes a while, so
 * this goes on beside the open server; the front page says how far it is.
 *
 * @param closing  aborted when the server closes: what was broken off is begun anew at the next start.
 */
export async function publishDemonstration(
  context: ServerContext,
  { scope = "all" }: DemonstrationOptions,
  closing: AbortSignal,
): Promise<void> {
  const id = closedStudyId;
  const study = await studyById(context.store.db, id);
  if (!study?.simulated || (await latestPublication(context.store.db, id))) return;
  await failRunsOf(context, id);
  context.log("Running the planned analysis …");
  await startRun(context, study, maker, { scope });
  await context.jobs.idle();
  if (closing.aborted) return;
  const run = await latestRun(context.store.db, id);
  if (run?.state !== "done") {
    context.log(
      `The analysis of the demonstration failed: ${run?.problem?.found ?? "no reason given"}. The server goes on without its findings.`,
    );
    return;
  }
  const { address } = await publish(context, study, { run: run.id }, maker.email);
  context.log(`Published the findings at ${address}`);
}
