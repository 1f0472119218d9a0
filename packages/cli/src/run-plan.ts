import { type Language, type PlanScope, type PublicationDraft, runPlan } from "@longwave/findings";
import { datasetSource, type Source } from "@longwave/source";
import type { Dataset, Protocol } from "@longwave/study";
import { parseHTML } from "linkedom";
import type { Io } from "./io.ts";
import { pause, progressLine } from "./progress.ts";

/** What a plan is run on, and how. */
export interface PlanRun {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly seed: number;
  readonly language: Language;
  readonly simulated: boolean;
  readonly planLockedAt?: number;
  /** Only the planned answers, or also the sensitivity and exploratory analyses and who left. */
  readonly scope: PlanScope;
}

/** A source that lets Ctrl-C in before each model: fits of data in memory wait for nothing. */
function pausing(source: Source): Source {
  return {
    ...source,
    async fitData(request) {
      await pause();
      return source.fitData(request);
    },
  };
}

/** Runs a plan with a line of progress for whoever is looking. */
export async function runPlanShowing(io: Io, run: PlanRun): Promise<PublicationDraft> {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const bar = progressLine(io);
  try {
    return await runPlan({
      ...run,
      source: pausing(datasetSource(run.dataset)),
      document,
      onProgress: ({ done, total, doing }) => bar.show(done, total, doing),
    });
  } finally {
    bar.clear();
  }
}
