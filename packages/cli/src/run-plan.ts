import { type Language, type PlanScope, type PublicationDraft, runPlan } from "@longwave/findings";
import { datasetSource } from "@longwave/source";
import type { Dataset, Protocol } from "@longwave/study";
import { parseHTML } from "linkedom";
import type { Io } from "./io.ts";
import { progressLine } from "./progress.ts";

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

/** Runs a plan with a line of progress for whoever is looking. */
export async function runPlanShowing(io: Io, run: PlanRun): Promise<PublicationDraft> {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const bar = progressLine(io);
  try {
    return await runPlan({
      ...run,
      source: datasetSource(run.dataset),
      document,
      onProgress: ({ done, total, doing }) => bar.show(done, total, doing),
    });
  } finally {
    bar.clear();
  }
}
