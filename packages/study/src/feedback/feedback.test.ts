import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { parseProtocol } from "../protocol/parse.ts";
import type { LocalText, Protocol } from "../protocol/types.ts";
import { flagship } from "../testing/flagship.ts";
import { compileFeedback, feedbackHash } from "./compile-feedback.ts";
import { houseSentences } from "./sentences.ts";
import type { FeedbackText } from "./types.ts";

const rules = flagship.feedback as FeedbackText;
const withRules = (change: Partial<FeedbackText>): Protocol => ({
  ...flagship,
  feedback: { ...rules, ...change },
});

function problemsOf(protocol: Protocol): readonly string[] {
  try {
    parseProtocol(protocol);
  } catch (error) {
    if (error instanceof StudyError)
      return error.problems.map(({ code, expected }) => `${code}: ${expected}`);
    throw error;
  }
  return [];
}

describe("the rules of personal feedback", () => {
  test("may ask for more than the house and never for less", () => {
    const minimums = { answers: 1, band: 9, sessions: 13, rests: 4, reliability: 0.49 };
    expect(problemsOf(withRules({ minimums }))).toEqual([
      "protocol.feedback-floor: at least 2",
      "protocol.feedback-floor: at least 10",
      "protocol.feedback-floor: at least 14",
      "protocol.feedback-floor: at least 5",
      "protocol.feedback-floor: at least 0.5",
    ]);
    const more = { answers: 3, band: 20, sessions: 30, rests: 14, reliability: 0.7 };
    expect(problemsOf(withRules({ minimums: more }))).toEqual([]);
  });

  test("are about questions whose answers have an order", () => {
    const measures = rules.measures.slice(0, 1).map((measure) => ({ ...measure, item: "smoking" }));
    expect(problemsOf(withRules({ measures }))).toEqual([
      "protocol.feedback-item: a question with answers in an order: a choice of level ordinal, a scale or a number",
    ]);
  });

  test("need every place of a sentence in every language, and no other", () => {
    const own = (text: LocalText) => problemsOf(withRules({ sentences: { roundsDone: text } }));
    expect(own({ en: "{done} of {all}", nb: "{done} av {all}" })).toEqual([]);
    expect(own({ en: "{done} of {all}", nb: "{done} av alle" })).toEqual([
      "protocol.feedback-sentence: the places {done} {all}",
    ]);
    expect(own({ en: "{done} of {all}, {name}", nb: "{done} av {all}" })).toHaveLength(1);
    expect(problemsOf(withRules({ sentences: { roundDone: { en: "a", nb: "b" } } }))).toEqual([
      "protocol.unknown-name: a name that this text defines",
    ]);
  });

  test("count as reviewed only when the hash is that of what stands there", () => {
    const review = (hash: string) =>
      ({ status: "reviewed", reviewedBy: "A named person", reviewedOn: "2026-11-30", hash }) as const;
    const hash = feedbackHash(flagship);
    expect(problemsOf(withRules({ review: review(hash) }))).toEqual([]);
    const changed = { ...rules.minimums, sessions: 20 };
    expect(problemsOf(withRules({ review: review(hash), minimums: changed }))[0]).toMatch(
      /^protocol\.feedback-review: [0-9a-f]{64}, the name of the rules/,
    );
  });

  test("are named by a hash that any changed word changes, and the review does not", () => {
    const hash = compileFeedback(flagship, "en")?.hash;
    const reworded = withRules({
      sentences: { otherThings: { en: "Much else may.", nb: "Mye annet kan." } },
    });
    expect(compileFeedback(reworded, "en")?.hash).not.toBe(hash);
    expect(compileFeedback(withRules({ review: { status: "working" } }), "en")?.hash).toBe(hash);
    expect(compileFeedback(flagship, "nb")?.hash).not.toBe(hash);
  });

  test("of the flagship are marked as working, and say where the noise comes from", () => {
    expect(rules.review.status).toBe("working");
    for (const { noise } of rules.measures) expect(noise.source).toMatch(/\d{4}/);
  });

  test("are nothing when the study has none", () => {
    const { feedback: _none, ...without } = flagship;
    expect(compileFeedback(without, "en")).toBeUndefined();
    expect(problemsOf(without)).toEqual([]);
  });
});

test("every sentence of the house has its places in both languages", () => {
  for (const [name, { en, nb, places }] of Object.entries(houseSentences)) {
    for (const words of [en, nb]) {
      const found = [...words.matchAll(/\{(\w+)\}/g)].map(([, place]) => place);
      expect([...new Set(found)].toSorted(), name).toEqual([...places].toSorted());
    }
  }
});
