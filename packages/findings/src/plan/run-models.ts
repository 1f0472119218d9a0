import type { Source } from "@longwave/source";
import type { Hypothesis, PlannedAnalysis, PlanTest, Protocol } from "@longwave/study";
import type { RunnableTest } from "../hypotheses/run-hypothesis.ts";
import type { Language } from "../publication/types.ts";
import { type FittedLagSlopes, fitLagSlopes } from "./fit-lag-slopes.ts";
import { fitModel, type ModelOutcome } from "./fit-model.ts";
import { fitPanel, type PanelOutcome, type UnfittedPanel } from "./fit-panel.ts";
import {
  extendModel,
  type PanelModel,
  type ResolvedModel,
  type RunnableModel,
  resolveModel,
  type UnavailableModel,
} from "./resolve-model.ts";

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being done, in words. */
  readonly doing: string;
}

/** One hypothesis that a mixed model answers, with its models. */
export interface PlannedRun {
  readonly hypothesis: Hypothesis;
  readonly test: RunnableTest;
  readonly model: RunnableModel;
  /** The same model with more terms, when the plan asks for a second one. */
  readonly second: RunnableModel | undefined;
}

interface FittedRun extends PlannedRun {
  readonly outcome: ModelOutcome;
  readonly secondOutcome: ModelOutcome | undefined;
}

type PathTest = Extract<PlanTest, { kind: "path" }>;

/** One hypothesis about a lagged path. */
export interface PlannedPath {
  readonly hypothesis: Hypothesis;
  readonly test: PathTest;
  readonly model: PanelModel;
  /** The first hypothesis with this very model: it is fitted once and reported under this id. */
  readonly reportedAs: string;
}

export interface PathRun extends PlannedPath {
  readonly outcome: PanelOutcome;
}

export type AnyOutcome = ModelOutcome | PanelOutcome | FittedLagSlopes | UnfittedPanel;

export interface ComparisonRun {
  readonly analysis: PlannedAnalysis;
  readonly model: Exclude<ResolvedModel, UnavailableModel>;
  readonly outcome: AnyOutcome;
}

export interface ModelRuns {
  readonly hypotheses: readonly FittedRun[];
  readonly paths: readonly PathRun[];
  readonly comparisons: readonly ComparisonRun[];
}

/** The hypotheses of the plan that a mixed model answers, in the plan's order. */
export function plannedRuns(protocol: Protocol): readonly PlannedRun[] {
  return protocol.plan.hypotheses.flatMap((hypothesis) => {
    const { test } = hypothesis;
    if (test.kind === "path" || test.kind === "intersection") return [];
    const model = resolveModel(protocol, hypothesis.model);
    if (model.kind !== "lmm") return [];
    const second = test.kind === "joint" && test.second ? extendModel(model, test.second.add) : undefined;
    return [{ hypothesis, test, model, second }];
  });
}

/** The last formula that the plan falls back on for each mixed model of all rows: the ones that sums may determine. */
export function plannedFormulas(protocol: Protocol): readonly string[] {
  const formulas = plannedRuns(protocol).flatMap(({ model: { formulas: tried, where } }) =>
    where === undefined ? tried.slice(-1) : [],
  );
  return [...new Set(formulas)];
}

/** The hypotheses about lagged paths, in the plan's order. */
export function plannedPaths(protocol: Protocol): readonly PlannedPath[] {
  const firstWith = new Map<string, string>();
  return protocol.plan.hypotheses.flatMap((hypothesis) => {
    const { test } = hypothesis;
    if (test.kind !== "path") return [];
    const model = resolveModel(protocol, hypothesis.model);
    if (model.kind !== "panel") return [];
    const key = JSON.stringify(model);
    const reportedAs = firstWith.get(key) ?? hypothesis.id;
    firstWith.set(key, reportedAs);
    return [{ hypothesis, test, model, reportedAs }];
  });
}

/** An id with what it stands for, up to the first colon, semicolon or parenthesis: a step is told in one line. */
export function inShort(id: string, words: string): string {
  const [first = words] = words.split(/\s*[:;(]/);
  return `${id}: ${first}`;
}

interface RunOptions {
  readonly language: Language;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Fits every model of the plan that can be fitted, one after another, and says where it is. */
export async function runModels(
  protocol: Protocol,
  source: Source,
  { language, onProgress }: RunOptions,
): Promise<ModelRuns> {
  const [planned, paths] = [plannedRuns(protocol), plannedPaths(protocol)];
  const compared = protocol.plan.comparisons.flatMap((analysis) => {
    const model = resolveModel(protocol, analysis.model);
    return model.kind === "unavailable" ? [] : [{ analysis, model }];
  });
  const panels = new Set(paths.map(({ reportedAs }) => reportedAs)).size;
  // The figures and words are the last step.
  const total = planned.length + panels + compared.length + 1;
  let done = 0;
  const step = (doing: string): void => onProgress?.({ done: done++, total, doing });
  const fitter = { protocol, source, language };
  const hypotheses: FittedRun[] = [];
  for (const run of planned) {
    step(`Fitting the model of ${inShort(run.hypothesis.id, run.hypothesis.label.en)}`);
    hypotheses.push(await fitMixed(run, fitter));
  }
  const fitted = new Map<string, PanelOutcome>();
  for (const { hypothesis, model, reportedAs } of paths) {
    if (fitted.has(reportedAs)) continue;
    step(`Fitting the model of ${inShort(reportedAs, hypothesis.label.en)}`);
    fitted.set(reportedAs, await fitPanel({ ...fitter, model }));
  }
  const comparisons: ComparisonRun[] = [];
  for (const { analysis, model } of compared) {
    step(`Fitting, for comparison, ${inShort(analysis.id, analysis.what.en)}`);
    comparisons.push({ analysis, model, outcome: await fitAny(model, fitter) });
  }
  step("Drawing the figures and writing the answer");
  const pathRuns = paths.flatMap((path) => {
    const outcome = fitted.get(path.reportedAs);
    return outcome === undefined ? [] : [{ ...path, outcome }];
  });
  return { hypotheses, paths: pathRuns, comparisons };
}

interface Fitter {
  readonly protocol: Protocol;
  readonly source: Source;
  readonly language: Language;
}

async function fitMixed(run: PlannedRun, fitter: Fitter): Promise<FittedRun> {
  const outcome = await fitModel({ ...fitter, model: run.model });
  const { second } = run;
  const secondOutcome = second === undefined ? undefined : await fitModel({ ...fitter, model: second });
  return { ...run, outcome, secondOutcome };
}

function fitAny(model: ComparisonRun["model"], fitter: Fitter): Promise<AnyOutcome> {
  switch (model.kind) {
    case "lmm":
      return fitModel({ ...fitter, model });
    case "panel":
      return fitPanel({ ...fitter, model });
    case "lag_slopes":
      return fitLagSlopes({ ...fitter, model });
  }
}
