import { randomUUID } from "node:crypto";
import { isLocked } from "@longwave/study";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import type { StudyRow } from "../store/queries/studies.ts";

// One seed, so that whoever looks sees the same drawn people.
const SEED = 1;

/**
 * The figures of single people as a page, made when asked for and kept nowhere: nothing outlives an erasure. That
 * somebody looked is written down.
 *
 * @throws Refusal `study.not-locked`: the figures show estimates, which nobody sees before the lock.
 */
export async function individualPage(
  context: Pick<ServerContext, "store" | "jobs" | "now" | "version" | "css">,
  study: StudyRow,
  actor: string,
): Promise<string> {
  if (!isLocked(study.phase)) throw notLocked(study.phase);
  await recordEvent(context.store.db, {
    at: context.now(),
    study: study.id,
    actor: `staff:${actor}`,
    action: "individual-figures.opened",
    detail: { upToSeq: study.lastSeq },
  });
  const { report } = await context.jobs.make({
    run: randomUUID(),
    study: study.id,
    kind: "individual",
    upToSeq: study.lastSeq,
    seed: SEED,
    version: context.version,
    css: context.css,
  });
  return report;
}

function notLocked(phase: string) {
  return refuse(
    "study.not-locked",
    "a study whose data are locked",
    `one that is ${phase}`,
    "Lock the data with two signatures first: until then nobody sees an estimate.",
  );
}
