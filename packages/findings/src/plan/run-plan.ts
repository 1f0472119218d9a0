import type { Source } from "@longwave/source";
import { holm } from "@longwave/stats";
import { canonicalJson, type Dataset, type Protocol, sha256 } from "@longwave/study";
import { publicationFigures } from "../figures/publication-figures.ts";
import {
  axisLimits,
  type FindingContext,
  type TestedHypothesis,
  writeFinding,
} from "../hypotheses/finding.ts";
import { designOf, runHypothesis } from "../hypotheses/run-hypothesis.ts";
import { citationOf } from "../publication/citation.ts";
import type { DatasetSummary, Language, ModelReport, PublicationDraft } from "../publication/types.ts";
import { localText } from "../words/study-names.ts";
import { shortAnswer } from "./answer.ts";
import { requireCarefulWords } from "./check-words.ts";
import { limitationsOf } from "./limitations.ts";
import { methodSections } from "./methods.ts";
import { notYetRun } from "./not-yet-run.ts";
import { reportModel } from "./report-model.ts";
import { type ModelRuns, type Progress, runModels } from "./run-models.ts";
import { answerSource, studySummary } from "./study-summary.ts";

export interface RunPlanInput {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly source: Source;
  /** Figures are drawn in it. */
  readonly document: Document;
  readonly seed: number;
  readonly simulated: boolean;
  readonly language?: Language;
  /** When the plan was locked, ms UTC. */
  readonly planLockedAt?: number;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Walks the protocol's plan: fits, tests, verdicts, figures and words, as one draft without a name. The same
 * input gives the same draft. Too little data is an outcome in the findings, never an error.
 *
 * @throws FindingsError `findings.plan-base-unknown`, `findings.bounds-unknown`,
 *   `findings.random-part-missing` for a plan that cannot be meant; `findings.causal-wording`.
 */
export async function runPlan(input: RunPlanInput): Promise<PublicationDraft> {
  const { protocol, dataset, source, document, planLockedAt: lockedAt } = input;
  const language = input.language ?? "en";
  const runs = await runModels(protocol, source, { language, onProgress: input.onProgress });
  const tested = testHypotheses(protocol, runs, language);
  const context = { protocol, document, language, limits: axisLimits(protocol, tested) };
  const models = modelReports(runs, language);
  const origin = answerSource(dataset);
  const study = studySummary(protocol, { simulated: input.simulated, language, source: origin });
  const summary = datasetSummary(dataset);
  const draft: PublicationDraft = {
    format: "longwave.publication/1",
    seed: input.seed,
    language,
    study,
    dataset: summary,
    plan: { ...(lockedAt === undefined ? {} : { lockedAt }), hash: sha256(canonicalJson(protocol.plan)) },
    protocol,
    answer: shortAnswer(tested, context),
    findings: tested.map((hypothesis) => writeFinding(hypothesis, context)),
    models,
    notYetRun: notYetRun(protocol, language),
    flow: dataset.flow,
    figures: figuresOf(input, { tested, runs, context }),
    methods: methodSections({ ...input, origin, language, tested, models, within: withinModel(runs) }),
    limitations: limitationsOf(protocol, input.simulated, language),
    citation: citationOf(study, summary, lockedAt),
  };
  requireCarefulWords(draft, language);
  return draft;
}

/** Holm over the whole planned family: what was not tested counts as p = 1, so the correction stays that of the plan. */
function testHypotheses(
  protocol: Protocol,
  runs: ModelRuns,
  language: Language,
): readonly TestedHypothesis[] {
  const tested = runs.hypotheses.map((run) => ({
    hypothesis: run.hypothesis,
    test: run.test,
    model: run.hypothesis.id,
    outcome: runHypothesis({
      ...run,
      protocol,
      language,
      model: run.outcome,
      second: run.secondOutcome,
    }),
  }));
  const { over } = protocol.plan.multiplicity;
  const pValues = over.map((id) => {
    const found = tested.find(({ hypothesis }) => hypothesis.id === id);
    return found?.outcome.kind === "tested" ? found.outcome.pValue : 1;
  });
  const adjusted = holm(pValues);
  return tested.map((entry) => ({ ...entry, pHolm: adjusted[over.indexOf(entry.hypothesis.id)] ?? 1 }));
}

function modelReports(runs: ModelRuns, language: Language): readonly ModelReport[] {
  const planned = runs.hypotheses.flatMap(({ hypothesis, outcome, secondOutcome }) => {
    const title = localText(hypothesis.label, language);
    const first = { id: hypothesis.id, title, comparisonOnly: false };
    const second = { id: `${hypothesis.id}-adjusted`, title: `${title}, adjusted`, comparisonOnly: false };
    return [
      ...(outcome.kind === "fitted" ? [reportModel(outcome, first)] : []),
      ...(secondOutcome?.kind === "fitted" ? [reportModel(secondOutcome, second)] : []),
    ];
  });
  const compared = runs.comparisons.flatMap(({ analysis, outcome }) => {
    if (outcome.kind === "not_fitted") return [];
    const label = analysis.label ? { label: localText(analysis.label, language) } : {};
    const title = localText(analysis.what, language);
    return [reportModel(outcome, { id: analysis.id, title, comparisonOnly: true, ...label })];
  });
  return [...planned, ...compared];
}

function withinModel(runs: ModelRuns) {
  const run = runs.hypotheses.find(({ test }) => designOf(test) === "within");
  return run?.outcome.kind === "fitted" ? run.outcome : undefined;
}

function figuresOf(
  input: RunPlanInput,
  parts: {
    readonly tested: readonly TestedHypothesis[];
    readonly runs: ModelRuns;
    readonly context: FindingContext;
  },
) {
  const { protocol, dataset, simulated } = input;
  const { language, document } = parts.context;
  const outcomeOf = (design: "within" | "difference") => {
    const outcome = parts.tested.find(({ test }) => designOf(test) === design)?.outcome;
    return outcome?.kind === "tested" ? outcome : undefined;
  };
  const [model, outcome] = [withinModel(parts.runs), outcomeOf("within")];
  const first = parts.tested.find(({ test }) => designOf(test) === "within")?.hypothesis;
  return publicationFigures({
    protocol,
    dataset,
    origin: answerSource(dataset),
    simulated,
    language,
    context: { document, language },
    within: model && outcome ? { model, outcome } : undefined,
    difference: outcomeOf("difference"),
    bounds: first ? protocol.plan.bounds[first.bounds] : undefined,
  });
}

function datasetSummary(dataset: Dataset): DatasetSummary {
  return {
    hash: dataset.hash,
    upToSeq: dataset.upToSeq,
    peopleInvited: dataset.flow.invited,
    people: dataset.flow.answeredOnce,
    rows: dataset.personWave.nrows,
  };
}
