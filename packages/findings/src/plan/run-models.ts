import type { Source } from "@longwave/source";
import type { Hypothesis, PlannedAnalysis, Protocol } from "@longwave/study";
import type { RunnableTest } from "../hypotheses/run-hypothesis.ts";
import type { Language } from "../publication/types.ts";
import { fitModel, type ModelOutcome } from "./fit-model.ts";
import { extendModel, type RunnableModel, resolveModel } from "./resolve-model.ts";

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being done, in words. */
  readonly doing: string;
}

/** One hypothesis this version can run, with its models. */
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

interface ComparisonRun {
  readonly analysis: PlannedAnalysis;
  readonly outcome: ModelOutcome;
}

export interface ModelRuns {
  readonly hypotheses: readonly FittedRun[];
  readonly comparisons: readonly ComparisonRun[];
}

/** The hypotheses of the plan that have a model and a test the engine knows, in the plan's order. */
export function plannedRuns(protocol: Protocol): readonly PlannedRun[] {
  return protocol.plan.hypotheses.flatMap((hypothesis) => {
    const { test } = hypothesis;
    if (test.kind === "path" || test.kind === "intersection") return [];
    const model = resolveModel(protocol, hypothesis.model);
    if (model.kind === "unavailable") return [];
    const second = test.kind === "joint" && test.second ? extendModel(model, test.second.add) : undefined;
    return [{ hypothesis, test, model, second }];
  });
}

/** Fits every model of the plan that can be fitted, one after another, and says where it is. */
export async function runModels(
  protocol: Protocol,
  source: Source,
  options: { readonly language: Language; readonly onProgress: ((progress: Progress) => void) | undefined },
): Promise<ModelRuns> {
  const { language, onProgress } = options;
  const planned = plannedRuns(protocol);
  const compared = protocol.plan.comparisons.flatMap((analysis) => {
    const model = resolveModel(protocol, analysis.model);
    return model.kind === "lmm" ? [{ analysis, model }] : [];
  });
  // The figures and words are the last step.
  const total = planned.length + compared.length + 1;
  let done = 0;
  const step = (doing: string): void => onProgress?.({ done: done++, total, doing });
  const hypotheses: FittedRun[] = [];
  for (const run of planned) {
    step(`Fitting the model of ${run.hypothesis.id}`);
    const outcome = await fitModel({ protocol, source, model: run.model, language });
    const { second } = run;
    const secondOutcome =
      second === undefined ? undefined : await fitModel({ protocol, source, model: second, language });
    hypotheses.push({ ...run, outcome, secondOutcome });
  }
  const comparisons: ComparisonRun[] = [];
  for (const { analysis, model } of compared) {
    step(`Fitting ${analysis.id}, for comparison`);
    comparisons.push({ analysis, outcome: await fitModel({ protocol, source, model, language }) });
  }
  step("Drawing the figures and writing the answer");
  return { hypotheses, comparisons };
}
