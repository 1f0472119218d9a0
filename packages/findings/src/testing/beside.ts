import { datasetSource } from "@longwave/source";
import type { Dataset, PlannedAnalysis, Protocol } from "@longwave/study";
import type { AlternativeContext } from "../plan/alternatives/context.ts";
import { runPlan } from "../plan/run-plan.ts";
import type { Language, PlanScope, PublicationDraft } from "../publication/types.ts";
import { newDocument } from "./plan.ts";
import { protocol } from "./study.ts";

/** The flagship with few imputations, so that a test need not wait for twenty. */
export const quickProtocol: Protocol = withSensitivity(
  protocol.plan.sensitivity.map((analysis) =>
    analysis.model.family === "delta_imputation"
      ? { ...analysis, model: { ...analysis.model, imputations: 3 } }
      : analysis,
  ),
);

/** The flagship with other sensitivity analyses. */
export function withSensitivity(sensitivity: readonly PlannedAnalysis[]): Protocol {
  return { ...protocol, plan: { ...protocol.plan, sensitivity } };
}

/** A run of a plan on a dataset of simulated people, in a scope. */
export function runScope(
  dataset: Dataset,
  options: { readonly protocol: Protocol; readonly scope: PlanScope; readonly language?: Language },
): Promise<PublicationDraft> {
  const source = datasetSource(dataset);
  return runPlan({ ...options, dataset, source, document: newDocument(), seed: 1, simulated: true });
}

/** What analyses beside the answers are run with. */
export function contextOf(dataset: Dataset, draft: PublicationDraft): AlternativeContext {
  const { language, seed, findings } = draft;
  return { protocol: quickProtocol, source: datasetSource(dataset), dataset, language, seed, findings };
}
