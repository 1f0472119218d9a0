import type { Hypothesis, PlanTest, Protocol } from "@longwave/study";
import { keyAt, rowsOfModel } from "../flow/used-rows.ts";
import type { FittedModel, ModelOutcome } from "../plan/fit-model.ts";
import { FEWEST_PEOPLE, type Reasons, reasonsIn } from "../plan/reasons.ts";
import type { Language } from "../publication/types.ts";
import type { SentenceDesign } from "../words/sentence-input.ts";
import { capitalise } from "../words/sentence-parts.ts";
import { studyNames } from "../words/study-names.ts";
import type { NotTested, TestOutcome } from "./outcome.ts";
import { testJoint } from "./test-groups.ts";
import { testDifference, testTerm } from "./test-slope.ts";

/** A test in a mixed model. */
export type RunnableTest = Extract<PlanTest, { kind: "term" | "difference" | "joint" }>;

/** A test of the plan that gives one number. */
export type NumberTest = Exclude<PlanTest, { kind: "intersection" }>;

/** What the number behind a test compares. */
export function designOf(test: NumberTest): SentenceDesign {
  if (test.kind === "path") return "lag";
  if (test.kind !== "term") return test.kind === "difference" ? "difference" : "baseline";
  // Only a deviation from the person's own mean at the same wave may be worded as one.
  if (/^within\([^()]+\)$/.test(test.term)) return "within";
  return /^between\([^()]+\)$/.test(test.term) ? "between" : "other";
}

const labels = {
  en: {
    everyone: "Everyone",
    unadjusted: "Not adjusted",
    adjusted: "Adjusted for the start",
  },
  nb: {
    everyone: "Alle",
    unadjusted: "Ikke justert",
    adjusted: "Justert for start",
  },
} as const;

function labelsIn(language: Language): (typeof labels)[Language] & { readonly reasons: Reasons } {
  return { ...labels[language], reasons: reasonsIn(language) };
}

export interface HypothesisRun {
  readonly protocol: Protocol;
  readonly hypothesis: Hypothesis;
  readonly test: RunnableTest;
  readonly model: ModelOutcome;
  readonly second: ModelOutcome | undefined;
  readonly language: Language;
}

/** Tests one hypothesis in its fitted model; too few people in a group is an outcome, not an error. */
export function runHypothesis(run: HypothesisRun): TestOutcome | NotTested {
  const { model, language } = run;
  if (model.kind === "not_fitted") return { kind: "not_tested", reason: model.reason };
  const outcome = testFitted(run, model);
  return requireFinite(outcome, language);
}

/** An outcome with a number that is not finite was not tested: its interval is not known. */
export function requireFinite(outcome: TestOutcome | NotTested, language: Language): TestOutcome | NotTested {
  if (outcome.kind === "not_tested") return outcome;
  const numbers = [
    outcome.estimate,
    outcome.lower,
    outcome.upper,
    outcome.lower90,
    outcome.upper90,
    outcome.pValue,
  ];
  if (numbers.every(Number.isFinite)) return outcome;
  return { kind: "not_tested", reason: reasonsIn(language).noInterval };
}

function testFitted(
  { protocol, test, second, language }: HypothesisRun,
  model: FittedModel,
): TestOutcome | NotTested {
  const [one, other] = studyNames(protocol, language).groups;
  const words = { ...labelsIn(language), first: capitalise(one), second: capitalise(other) };
  const { person } = protocol.plan.variables;
  switch (test.kind) {
    case "term":
      return testTerm(model, { test, person }, words);
    case "difference":
      return smallGroup(protocol, model, words.reasons) ?? testDifference(model, { test, person }, words);
    case "joint":
      return testJoint(model, test, { second, labels: words });
  }
}

/** Refuses a comparison of groups when one of them has fewer than ten people. */
function smallGroup(protocol: Protocol, model: FittedModel, reasons: Reasons): NotTested | undefined {
  const { moderator, person } = protocol.plan.variables;
  if (!moderator) return undefined;
  const group = model.data.table.columns[moderator.name];
  const used = rowsOfModel(model, person);
  const counts = new Map<string, number>();
  for (const [first] of used.byPerson) {
    const key = group && first !== undefined ? keyAt(group, first) : "";
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const enough = counts.size > 1 && Math.min(...counts.values()) >= FEWEST_PEOPLE;
  return enough ? undefined : { kind: "not_tested", reason: reasons.smallGroup };
}
