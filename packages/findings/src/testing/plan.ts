import { datasetSource } from "@longwave/source";
import type { Dataset } from "@longwave/study";
import { parseHTML } from "linkedom";
import { runPlan } from "../plan/run-plan.ts";
import type { Language, PublicationDraft } from "../publication/types.ts";
import { protocol } from "./study.ts";

/** An empty document to draw figures in. */
export function newDocument(): Document {
  return parseHTML("<!doctype html><html><body></body></html>").document as unknown as Document;
}

/** The plan of the flagship protocol, run on a dataset of simulated people. */
export function run(dataset: Dataset, language: Language = "en"): Promise<PublicationDraft> {
  return runPlan({
    protocol,
    dataset,
    source: datasetSource(dataset),
    document: newDocument(),
    seed: 1,
    simulated: true,
    language,
    planLockedAt: Date.UTC(2025, 0, 10),
  });
}
