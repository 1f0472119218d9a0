import type { ServerContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { failRunsOf } from "../jobs/runner.ts";
import { startRun } from "../jobs/start.ts";
import { publish } from "../publications/publish.ts";
import { latestPublication } from "../store/queries/publications.ts";
import { latestRun } from "../store/queries/runs.ts";
import { allStudies, openPhases, type StudyRow, studyById } from "../store/queries/studies.ts";
import { signLock } from "../studies/lock.ts";
import { addStudies, type DemonstrationOptions } from "./add-studies.ts";

/** The id of the closed and published demonstration study. */
const closedStudyId = "exercise-and-pain";

const signers = [
  { id: "simulated-first", email: "first.signer@simulated.example" },
  { id: "simulated-second", email: "second.signer@simulated.example" },
] as const;

/**
 * Makes the two demonstration studies when the store is empty: a closed one of simulated people, locked, analysed
 * and published, and one to try. Every step is skipped when it is done, so a start that was broken off goes on.
 */
export async function ensureDemonstration(
  context: ServerContext,
  options: DemonstrationOptions,
): Promise<void> {
  const studies = await allStudies(context.store.db);
  if (studies.length === 0) await addStudies(context, closedStudyId, options);
  const study = await studyById(context.store.db, closedStudyId);
  if (!study?.simulated || study.phase === "published") return;
  if (openPhases.includes(study.phase)) await lock(context, study);
  await publishResults(context, closedStudyId);
}

async function lock(context: ServerContext, study: StudyRow): Promise<void> {
  context.log("Locking it: two simulated members of staff sign …");
  for (const signer of signers) await signLock(context, study.id, signer).catch(ignoreRepeated);
}

function ignoreRepeated(error: unknown): void {
  if (error instanceof Refusal && error.problem.code === "study.same-signature") return;
  throw error;
}

async function publishResults(context: ServerContext, id: string): Promise<void> {
  const study = await studyById(context.store.db, id);
  if (!study || (await latestPublication(context.store.db, id))) return;
  await failRunsOf(context, id);
  context.log("Running the planned analysis …");
  // The imputation with shifts would make a first start wait too long; the page lists it as not yet run.
  await startRun(context, study, "demonstration", "all_but_imputation");
  await context.jobs.idle();
  const run = await latestRun(context.store.db, id);
  if (run?.state !== "done") {
    context.log(
      `The analysis of the demonstration failed: ${run?.problem?.found ?? "no reason given"}. The server goes on without its findings.`,
    );
    return;
  }
  const { address } = await publish(context, study, { run: run.id }, "demonstration");
  context.log(`Published the findings at ${address}`);
}
