import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { cancelRun, type RunRow } from "../store/queries/runs.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import { requireRun } from "./present.ts";

/**
 * Ends a run that waits or goes on, and stops its thread; one that has ended stays as it is, so asking twice is safe.
 * A run carried out by another process is ended there at its next step, or within ten seconds.
 *
 * @throws Refusal `run.not-found`
 */
export async function cancel(
  context: Pick<ServerContext, "store" | "jobs" | "now">,
  study: StudyRow,
  id: string,
  actor: string,
): Promise<RunRow> {
  const run = await requireRun(context, study.id, id);
  const at = context.now();
  const ended = await context.store.db.transaction().execute(async (trx) => {
    if (!(await cancelRun(trx, run.id, at))) return false;
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${actor}`,
      action: "run.cancelled",
      detail: { run: run.id },
    });
    return true;
  });
  if (ended) await context.jobs.stop(run.id);
  return requireRun(context, study.id, id);
}
