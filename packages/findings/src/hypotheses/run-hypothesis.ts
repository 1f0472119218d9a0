import type { Hypothesis, PlanTest, Protocol } from "@longwave/study";
import { numberAt, usedRows } from "../flow/used-rows.ts";
import { FEWEST_PEOPLE, type FittedModel, type ModelOutcome } from "../plan/fit-model.ts";
import type { Language } from "../publication/types.ts";
import type { SentenceDesign } from "../words/sentence-input.ts";
import type { NotTested, TestOutcome } from "./outcome.ts";
import { testJoint } from "./test-groups.ts";
import { testDifference, testTerm } from "./test-slope.ts";

/** A test of the plan that this version can run. */
export type RunnableTest = Extract<PlanTest, { kind: "term" | "difference" | "joint" }>;

/** What the number behind a test compares. */
export function designOf(test: RunnableTest): SentenceDesign {
  if (test.kind === "term") return "within";
  return test.kind === "difference" ? "difference" : "baseline";
}

const labels = {
  en: {
    everyone: "Everyone",
    women: "Women",
    men: "Men",
    unadjusted: "Not adjusted",
    adjusted: "Adjusted for the start",
  },
  nb: {
    everyone: "Alle",
    women: "Kvinner",
    men: "Menn",
    unadjusted: "Ikke justert",
    adjusted: "Justert for start",
  },
} as const;

/** The words that name groups and estimates in a figure. */
export function rowLabels(language: Language): (typeof labels)[Language] {
  return labels[language];
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
  const { model, test, language } = run;
  if (model.kind === "not_fitted") return { kind: "not_tested", reason: model.reason };
  const outcome = testFitted(run, model);
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
  const reason = `The ${test.kind === "joint" ? "joint test" : "interval"} could not be computed from these answers.`;
  return { kind: "not_tested", reason: language === "nb" ? "Intervallet lot seg ikke regne ut." : reason };
}

function testFitted(
  { protocol, test, second, language }: HypothesisRun,
  model: FittedModel,
): TestOutcome | NotTested {
  switch (test.kind) {
    case "term":
      return testTerm(model, test, labels[language]);
    case "difference":
      return smallGroup(protocol, model) ?? testDifference(model, test, labels[language]);
    case "joint":
      return testJoint(model, test, { second, labels: labels[language] });
  }
}

/** Refuses a comparison of groups when one of them has fewer than ten people. */
function smallGroup(protocol: Protocol, model: FittedModel): NotTested | undefined {
  const { moderator, outcome, exposure, person } = protocol.plan.variables;
  if (!moderator) return undefined;
  const { table } = model.data;
  const used = usedRows(table, [outcome.name, exposure.name, moderator.name], person);
  const values = used.byPerson.map(([first]) => numberAt(table.columns[moderator.name], first ?? 0));
  const ones = values.filter((value) => value === 1).length;
  const smallest = Math.min(ones, values.length - ones);
  if (smallest >= FEWEST_PEOPLE) return undefined;
  return {
    kind: "not_tested",
    reason: `One of the groups has fewer than ${FEWEST_PEOPLE} people with two complete answers, so they are not compared.`,
  };
}
