import type { Dataset, PlanBounds, Protocol } from "@longwave/study";
import type { TestedHypothesis } from "../hypotheses/finding.ts";
import type { AnswerSource, Language, ModelReport } from "../publication/types.ts";
import type { FittedModel } from "./fit-model.ts";
import { reasonsIn } from "./reasons.ts";

export interface MethodsInput {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly origin: AnswerSource;
  readonly simulated: boolean;
  readonly language: Language;
  readonly tested: readonly TestedHypothesis[];
  readonly models: readonly ModelReport[];
  /** The first within-person model. */
  readonly within: FittedModel | undefined;
}

/** The planned family, and which of its tests have no result. */
export function testFamily({ protocol, tested }: MethodsInput): {
  readonly over: readonly string[];
  readonly waiting: readonly string[];
} {
  const { over } = protocol.plan.multiplicity;
  const run = tested
    .filter(({ outcome }) => outcome.kind === "tested")
    .map(({ hypothesis }) => hypothesis.id);
  return { over, waiting: over.filter((id) => !run.includes(id)) };
}

/** The limits that a hypothesis of the plan is judged by, in the plan's order. */
export function usedBounds({ plan }: Protocol): readonly PlanBounds[] {
  const used = new Set(plan.hypotheses.map(({ bounds }) => bounds));
  return Object.entries(plan.bounds).flatMap(([name, bounds]) => (used.has(name) ? [bounds] : []));
}

/** "H1: The form (1 + x | id) was tried first ..." for each planned model with a note. */
export function modelNotes({ models }: MethodsInput): readonly string[] {
  return models.flatMap(({ id, note, comparisonOnly }) =>
    note === undefined || comparisonOnly ? [] : [`${id}: ${note}`],
  );
}

/** The planned panel model on one line, as a sentence; nothing when none was fitted. */
export function panelOf({ tested, models }: MethodsInput): string | undefined {
  const path = tested.find(({ test, outcome }) => test.kind === "path" && outcome.kind === "tested");
  const model = path && models.find(({ id }) => id === path.model);
  return model && `${model.formula}.`;
}

/** The tests with a second column of robust standard errors. */
export function robustIds({ tested }: MethodsInput): readonly string[] {
  return tested
    .filter(({ outcome }) => outcome.kind === "tested" && outcome.robust !== undefined)
    .map(({ hypothesis }) => hypothesis.id);
}

/** A sentence for each test whose robust interval disagrees with the model's own on zero. */
export function robustNotes({ tested, language }: MethodsInput): readonly string[] {
  const { robustDiffers } = reasonsIn(language);
  return tested.flatMap(({ hypothesis, outcome }) => {
    if (outcome.kind !== "tested" || outcome.robust === undefined) return [];
    const [own, robust] = [leavesOutZero(outcome), leavesOutZero(outcome.robust)];
    return own === robust ? [] : [robustDiffers(hypothesis.id, robust)];
  });
}

function leavesOutZero({ lower, upper }: { readonly lower: number; readonly upper: number }): boolean {
  return lower > 0 || upper < 0;
}

/** Names in a row, with a word before the last. */
export function listOf(names: readonly string[], and: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${and} ${names.at(-1)}`;
}
