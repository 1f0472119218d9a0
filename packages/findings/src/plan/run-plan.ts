import type { Source } from "@longwave/source";
import { holm } from "@longwave/stats";
import { type Dataset, type Hypothesis, type Protocol, planHash } from "@longwave/study";
import { publicationFigures } from "../figures/publication-figures.ts";
import {
  axisLimits,
  type FindingContext,
  type TestedHypothesis,
  writeFinding,
} from "../hypotheses/finding.ts";
import { writeBoth } from "../hypotheses/finding-both.ts";
import { designOf, runHypothesis } from "../hypotheses/run-hypothesis.ts";
import { testPath } from "../hypotheses/test-path.ts";
import { citationOf } from "../publication/citation.ts";
import type {
  DatasetSummary,
  Finding,
  Language,
  ModelReport,
  PlanScope,
  PublicationDraft,
} from "../publication/types.ts";
import { reportingFacts } from "../strobe/facts.ts";
import { localText } from "../words/study-names.ts";
import { besideSteps, runBeside } from "./alternatives/run-beside.ts";
import { shortAnswer } from "./answer.ts";
import { requireCarefulWords } from "./check-words.ts";
import { foundDeviations } from "./found-deviations.ts";
import { lagComparison } from "./lag-comparison.ts";
import { limitationsOf } from "./limitations.ts";
import { methodSections } from "./methods.ts";
import { isPairOf, notYetRun } from "./not-yet-run.ts";
import { reportOutcome } from "./report-model.ts";
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
  /** Hash of the study text as it was locked: running another one is a departure from the plan. */
  readonly lockedHash?: string;
  /** How much of the plan: the confirmatory models (default), or also what stands beside them. */
  readonly scope?: PlanScope;
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
  const scope = input.scope ?? "confirmatory";
  const steps = stepCounter(input, besideSteps(protocol, { scope, dataset }));
  const runs = await runModels(protocol, source, { language, onProgress: steps.onProgress });
  const tested = testHypotheses(protocol, runs, language);
  const context = { protocol, document, language, limits: axisLimits(protocol, tested) };
  const lags = lagComparison(protocol, runs, language);
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
    plan: { ...(lockedAt === undefined ? {} : { lockedAt }), hash: planHash(protocol) },
    protocol,
    answer: shortAnswer(tested, context),
    findings: findingsOf(tested, context),
    models,
    ...(lags === undefined ? {} : { lagComparison: lags }),
    notYetRun: notYetRun(protocol, language),
    flow: dataset.flow,
    reporting: reportingFacts(protocol, dataset, true),
    figures: figuresOf(input, { tested, runs, context }),
    methods: methodSections({ ...input, origin, language, tested, models, within: withinModel(runs) }),
    limitations: limitationsOf(protocol, input.simulated, language),
    citation: citationOf(study, summary, { lockedAt, language }),
  };
  requireCarefulWords(draft, language);
  const whole =
    scope === "confirmatory"
      ? draft
      : await runBeside(draft, { protocol, source, dataset, document, scope, onStep: steps.onStep });
  return { ...whole, deviations: foundDeviations(whole, { language, lockedHash: input.lockedHash }) };
}

/** Progress over the models of the plan and, after them, `more` steps beside. */
function stepCounter({ onProgress }: RunPlanInput, more: number) {
  let last: Progress = { done: -1, total: more, doing: "" };
  const say = (progress: Progress): void => {
    last = progress;
    onProgress?.(progress);
  };
  return {
    onProgress: (progress: Progress): void => say({ ...progress, total: progress.total + more }),
    onStep: (doing: string): void => say({ ...last, done: last.done + 1, doing }),
  };
}

/** Holm over the whole planned family: what was not tested counts as p = 1, so the correction stays that of the plan. */
function testHypotheses(
  protocol: Protocol,
  runs: ModelRuns,
  language: Language,
): readonly TestedHypothesis[] {
  const mixed = runs.hypotheses.map((run) => ({
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
  const paths = runs.paths.map((run) => ({
    hypothesis: run.hypothesis,
    test: run.test,
    model: run.reportedAs,
    outcome: testPath(run, protocol, language),
  }));
  const order = protocol.plan.hypotheses.map(({ id }) => id);
  const place = ({ hypothesis }: { hypothesis: Hypothesis }): number => order.indexOf(hypothesis.id);
  const tested = [...mixed, ...paths].sort((a, b) => place(a) - place(b));
  const { over } = protocol.plan.multiplicity;
  const pValues = over.map((id) => {
    const found = tested.find(({ hypothesis }) => hypothesis.id === id);
    return found?.outcome.kind === "tested" ? found.outcome.pValue : 1;
  });
  const adjusted = holm(pValues);
  return tested.map((entry) => ({ ...entry, pHolm: adjusted[over.indexOf(entry.hypothesis.id)] ?? 1 }));
}

/** One finding a hypothesis, in the plan's order; a claim about both directions is read from the two. */
function findingsOf(tested: readonly TestedHypothesis[], context: FindingContext): readonly Finding[] {
  const paths = new Set(
    tested.filter(({ test }) => test.kind === "path").map(({ hypothesis }) => hypothesis.id),
  );
  return context.protocol.plan.hypotheses.flatMap((hypothesis) => {
    const { test } = hypothesis;
    if (test.kind === "intersection") {
      return isPairOf(paths, test.of) ? [writeBoth(hypothesis, tested, context)] : [];
    }
    return tested
      .filter((entry) => entry.hypothesis.id === hypothesis.id)
      .map((entry) => writeFinding(entry, context));
  });
}

function modelReports(runs: ModelRuns, language: Language): readonly ModelReport[] {
  const planned = runs.hypotheses.flatMap(({ hypothesis, outcome, secondOutcome }) => {
    const title = localText(hypothesis.label, language);
    const first = { id: hypothesis.id, title, comparisonOnly: false };
    const second = { id: `${hypothesis.id}-adjusted`, title: `${title}, adjusted`, comparisonOnly: false };
    return [
      ...reportOutcome(outcome, first),
      ...(secondOutcome === undefined ? [] : reportOutcome(secondOutcome, second)),
    ];
  });
  const panels = runs.paths
    .filter(({ hypothesis, reportedAs }) => hypothesis.id === reportedAs)
    .flatMap(({ hypothesis, outcome }) => {
      const title = localText(hypothesis.label, language);
      return reportOutcome(outcome, { id: hypothesis.id, title, comparisonOnly: false });
    });
  const compared = runs.comparisons.flatMap(({ analysis, outcome }) => {
    const label = analysis.label ? { label: localText(analysis.label, language) } : {};
    const title = localText(analysis.what, language);
    return reportOutcome(outcome, { id: analysis.id, title, comparisonOnly: true, ...label });
  });
  return [...planned, ...panels, ...compared];
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
    paths: parts.runs.paths,
  });
}

function datasetSummary(dataset: Dataset): DatasetSummary {
  return {
    hash: dataset.hash,
    upToSeq: dataset.upToSeq,
    ...(dataset.erasureSeq === undefined ? {} : { erasureSeq: dataset.erasureSeq }),
    peopleInvited: dataset.flow.invited,
    people: dataset.flow.answeredOnce,
    rows: dataset.personWave.nrows,
  };
}
