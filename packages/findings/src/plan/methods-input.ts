import type { Dataset, PlanBounds, Protocol } from "@longwave/study";
import type { TestedHypothesis } from "../hypotheses/finding.ts";
import type { AnswerSource, Language, ModelReport } from "../publication/types.ts";
import type { FittedModel } from "./fit-model.ts";

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

/** Names in a row, with a word before the last. */
export function listOf(names: readonly string[], and: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${and} ${names.at(-1)}`;
}
