import { benjaminiHochberg } from "@longwave/stats";
import type { PlanModel, PlannedAnalysis } from "@longwave/study";
import type { AlternativeResult } from "../../publication/alternative-types.ts";
import type { Language, NotYetRun, PlanScope } from "../../publication/types.ts";
import { localText } from "../../words/study-names.ts";
import { reasonsIn } from "../reasons.ts";
import { inShort } from "../run-models.ts";
import { measureSessions } from "../sessions/measure-sessions.ts";
import { hasEvents } from "../sessions/occasions.ts";
import {
  type AlternativeContext,
  type Measured,
  NotMeasured,
  type SessionContrasts,
  type ShiftMap,
  type SlopeLaw,
} from "./context.ts";
import { hasFormTimes, measureDataRules } from "./data-rules.ts";
import { measureEValue } from "./e-value.ts";
import { measureLag } from "./lag-alternative.ts";
import { measurePanel } from "./panel-alternatives.ts";
import { measureShifts } from "./shifted-imputation.ts";
import { measureMixedModel, measureOrdered, measurePatterns, measureWeights } from "./slope-alternatives.ts";
import { measureSlopes } from "./slope-profile.ts";
import { alternativeWords } from "./words.ts";

/** What was found beside the planned answers, and what was not run. */
export interface Alternatives {
  readonly sensitivity: readonly AlternativeResult[];
  readonly exploratory: readonly AlternativeResult[];
  readonly notYetRun: readonly NotYetRun[];
  /** The map of shifts, when it was made. */
  readonly map: ShiftMap | undefined;
  /** What is expected of personal slopes, when it was asked. */
  readonly slopes: SlopeLaw | undefined;
  /** Sessions against rest, when they were compared. */
  readonly sessions: SessionContrasts | undefined;
}

interface OneRun {
  readonly analysis: PlannedAnalysis;
  readonly result: AlternativeResult;
  readonly measured: Measured | undefined;
}

/** What can be run depends on: how much of the plan is asked for, and what the data hold. */
export interface RunLimits {
  readonly scope: PlanScope;
  readonly dataset: AlternativeContext["dataset"];
}

/** The analyses of the plan that can be run on the data at hand, in the plan's order. */
export function runnableAlternatives(
  { plan }: AlternativeContext["protocol"],
  limits: RunLimits,
): { readonly sensitivity: readonly PlannedAnalysis[]; readonly exploratory: readonly PlannedAnalysis[] } {
  const run = ({ model }: PlannedAnalysis): boolean => whyNotRun(model, limits) === undefined;
  return { sensitivity: plan.sensitivity.filter(run), exploratory: plan.exploratory.filter(run) };
}

/**
 * Runs the sensitivity and exploratory analyses of the plan, one after another. One that fails never stops the
 * others: its reason is its result. None of them changes a verdict.
 *
 * @param onStep  called before each with what is being done.
 */
export async function runAlternatives(
  context: AlternativeContext,
  scope: PlanScope,
  onStep: (doing: string) => void,
): Promise<Alternatives> {
  const { sensitivity, exploratory } = runnableAlternatives(context.protocol, {
    scope,
    dataset: context.dataset,
  });
  const first = await runAll(context, sensitivity, onStep);
  const second = await runAll(context, exploratory, onStep);
  return {
    sensitivity: first.map(({ result }) => result),
    exploratory: adjusted(second),
    notYetRun: notRun(context, scope),
    map: [...first, ...second].flatMap(({ measured }) => measured?.map ?? [])[0],
    slopes: [...first, ...second].flatMap(({ measured }) => measured?.slopes ?? [])[0],
    sessions: [...first, ...second].flatMap(({ measured }) => measured?.sessions ?? [])[0],
  };
}

async function runAll(
  context: AlternativeContext,
  analyses: readonly PlannedAnalysis[],
  onStep: (doing: string) => void,
): Promise<readonly OneRun[]> {
  const runs: OneRun[] = [];
  for (const analysis of analyses) {
    onStep(`Running ${inShort(analysis.id, analysis.what.en)}`);
    runs.push(await runOne(context, analysis));
  }
  return runs;
}

async function runOne(context: AlternativeContext, analysis: PlannedAnalysis): Promise<OneRun> {
  const { language } = context;
  const named = {
    id: analysis.id,
    what: localText(analysis.what, language),
    ...(analysis.label === undefined ? {} : { label: localText(analysis.label, language) }),
  };
  try {
    const measured = await measure(context, analysis.model);
    const { map: _, slopes: __, sessions: ___, pValue: ____, ...result } = measured;
    return { analysis, measured, result: { ...named, ...result } };
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    const sentence = `${alternativeWords(language).notMeasured} ${error.message}`;
    return {
      analysis,
      measured: undefined,
      result: { ...named, rows: [], people: null, sentence, agrees: null },
    };
  }
}

function measure(context: AlternativeContext, model: PlanModel): Promise<Measured> {
  switch (model.family) {
    case "lmm":
      return measureMixedModel(context, model);
    case "ri_clpm":
      return measurePanel(context, model);
    case "clmm":
      return measureOrdered(context, model);
    case "delta_imputation":
      return measureShifts(context, model);
    case "pattern_mixture":
      return measurePatterns(context, model);
    case "weights":
      return measureWeights(context, model);
    case "e_value":
      return measureEValue(context, model);
    case "slope_profile":
      return measureSlopes(context, model);
    case "fe_lag":
      return measureLag(context, model);
    case "data_rules":
      return measureDataRules(context, model);
    case "session_contrast":
      return measureSessions(context, model);
    default:
      // `whyNotRun` names these; they are never asked for.
      throw new NotMeasured(reasonsIn(context.language).notBuilt);
  }
}

type WhyNotRun = "noFormTimes" | "noSessions" | "notBuilt" | "imputationLater";

/** Why a model is not run; undefined when it is. */
function whyNotRun(model: PlanModel, { scope, dataset }: RunLimits): WhyNotRun | undefined {
  switch (model.family) {
    case "data_rules":
      return model.fastestSeconds === undefined || hasFormTimes(dataset) ? undefined : "noFormTimes";
    case "session_contrast":
      return hasEvents(dataset.event) ? undefined : "noSessions";
    case "other":
    case "same_as":
    case "clpm":
      return "notBuilt";
    case "delta_imputation":
      return scope === "all" ? undefined : "imputationLater";
    default:
      return undefined;
  }
}

function notRun({ protocol, language, dataset }: AlternativeContext, scope: PlanScope): readonly NotYetRun[] {
  const { exploratory, sensitivity } = protocol.plan;
  return [...exploratory, ...sensitivity].flatMap(({ id, what, model }) => {
    const why = whyNotRun(model, { scope, dataset });
    return why === undefined ? [] : [{ id, what: localText(what, language), why: reason(why, language) }];
  });
}

function reason(why: WhyNotRun, language: Language): string {
  return why === "notBuilt" ? reasonsIn(language).notBuilt : alternativeWords(language)[why];
}

/** The tests of the exploratory analyses, adjusted over all of them: Benjamini & Hochberg (1995). */
function adjusted(runs: readonly OneRun[]): readonly AlternativeResult[] {
  const tested = runs.flatMap(({ analysis, measured }) =>
    measured?.pValue == null ? [] : [{ id: analysis.id, pValue: measured.pValue }],
  );
  const values = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  return runs.map(({ result }) => {
    const index = tested.findIndex(({ id }) => id === result.id);
    const [pValue, pAdjusted] = [tested[index]?.pValue, values[index]];
    return pValue === undefined || pAdjusted === undefined
      ? result
      : { ...result, test: { pValue, pAdjusted } };
  });
}
