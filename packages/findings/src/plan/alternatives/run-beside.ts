import type { Source } from "@longwave/source";
import type { Dataset, Protocol } from "@longwave/study";
import { FindingsError } from "../../errors.ts";
import { besideFigures } from "../../figures/beside-figures.ts";
import type { AlternativeResult, AttritionReport } from "../../publication/alternative-types.ts";
import type { Language, NotYetRun, PlanScope, PublicationDraft } from "../../publication/types.ts";
import { unadjustedEstimates } from "../../strobe/unadjusted.ts";
import { lintCausal } from "../../words/lint-causal.ts";
import { plannedStrata, runStrata } from "../strata/run-strata.ts";
import { reportAttrition } from "./attrition.ts";
import { type RunLimits, runAlternatives, runnableAlternatives } from "./run-alternatives.ts";

export interface BesideInput {
  readonly protocol: Protocol;
  readonly source: Source;
  readonly dataset: Dataset;
  readonly document: Document;
  readonly scope: PlanScope;
  /** Called before each step with what is being done. */
  readonly onStep: (doing: string) => void;
}

/** How many steps `runBeside` takes. */
export function besideSteps(protocol: Protocol, limits: RunLimits): number {
  if (limits.scope === "confirmatory") return 0;
  const { sensitivity, exploratory } = runnableAlternatives(protocol, limits);
  const strata = plannedStrata({ protocol, language: "en" }).length;
  return sensitivity.length + exploratory.length + strata + 2;
}

/**
 * The draft with everything the plan asks for beside its answers: sensitivity and exploratory analyses, groups of people, who left,
 * and their figures. The answers stay as they are.
 *
 * @throws FindingsError `findings.causal-wording`
 */
export async function runBeside(draft: PublicationDraft, input: BesideInput): Promise<PublicationDraft> {
  const { protocol, source, dataset, scope, document } = input;
  const { language, seed, findings } = draft;
  const context = { protocol, source, dataset, language, seed, findings };
  const found = await runAlternatives(context, scope, input.onStep);
  const strata = await runStrata(context, input.onStep);
  input.onStep("Counting who left");
  const attrition = await reportAttrition(context, found.sensitivity);
  requireCareful([...found.sensitivity, ...found.exploratory, ...strata.results], attrition, language);
  input.onStep("Estimating without covariates");
  const unadjusted = await unadjustedEstimates(context);
  const figures = besideFigures({ ...found, strata: strata.slopes, protocol, draft, attrition, document });
  return {
    ...draft,
    scope,
    ...(draft.reporting === undefined ? {} : { reporting: { ...draft.reporting, unadjusted } }),
    sensitivity: found.sensitivity,
    exploratory: found.exploratory,
    ...(strata.results.length === 0 ? {} : { strata: strata.results }),
    ...(attrition === undefined ? {} : { attrition }),
    figures: [...draft.figures, ...figures],
    notYetRun: remaining(draft.notYetRun, protocol, found.notYetRun),
  };
}

/** What is still not run: analyses that were run are taken off the list, the others keep their own reason. */
function remaining(
  before: readonly NotYetRun[],
  { plan }: Protocol,
  notRun: readonly NotYetRun[],
): readonly NotYetRun[] {
  const beside = [...plan.exploratory, ...plan.sensitivity].map(({ id }) => id);
  return [...before.filter(({ id }) => !beside.includes(id)), ...notRun];
}

/** Generated sentences must not say that one thing acts on another; why something failed may quote the engine. */
function requireCareful(
  results: readonly AlternativeResult[],
  attrition: AttritionReport | undefined,
  language: Language,
): void {
  const texts = [
    ...results.flatMap(({ id, sentence, rows, cautions = [] }) =>
      rows.length === 0 ? [] : [sentence, ...cautions].map((text) => ({ place: id, text })),
    ),
    ...(attrition?.sentences ?? []).map((text) => ({ place: "who left", text })),
    ...(attrition?.terms ?? []).map(({ sentence }) => ({ place: "who left", text: sentence })),
  ];
  for (const { place, text } of texts) {
    const [first] = lintCausal(text, language);
    if (first === undefined) continue;
    throw new FindingsError(
      "findings.causal-wording",
      `Expected words of association in ${place}; found "${first.word}" in "${text}". Say what went together instead.`,
    );
  }
}
