import { expect, test } from "vitest";
import { protocol } from "../testing/study.ts";
import { lintProtocol } from "./lint-protocol.ts";

test("warns of causal words that people wrote in a protocol, with their place", () => {
  const changed = { ...protocol, title: { en: "Exercise reduces pain", nb: "Mosjon og smerte" } };
  const before = lintProtocol(protocol).length;
  const warnings = lintProtocol(changed);
  expect(warnings[0]).toEqual({
    place: "title",
    language: "en",
    word: "reduces",
    text: "Exercise reduces pain",
  });
  expect(warnings).toHaveLength(before + 1);
});

test("the flagship protocol has none", () => {
  expect(lintProtocol(protocol)).toEqual([]);
});

test("names of variables, terms, questions and labels of analyses are read too", () => {
  const { plan, instruments } = protocol;
  const outcome = { ...plan.variables.outcome, label: { en: "pain due to work" } };
  const hypotheses = plan.hypotheses.map((entry) => ({ ...entry, term: { en: "The impact" } }));
  const comparisons = plan.comparisons.map((entry) => ({ ...entry, label: { en: "No effect of time" } }));
  const questions = instruments.map((entry) => ({
    ...entry,
    items: entry.items.map((item) => ({ ...item, text: { en: "Has exercise helped?" } })),
  }));
  const changed = {
    ...protocol,
    instruments: questions,
    plan: { ...plan, hypotheses, comparisons, variables: { ...plan.variables, outcome } },
  };
  const places = lintProtocol(changed).map(({ place, word }) => `${place}: ${word}`);
  expect(places).toEqual(
    expect.arrayContaining([
      "label of the outcome: due to",
      "term of H1: impact",
      "label of C1: effect of",
      "question pain_vrs: helped",
    ]),
  );
});
