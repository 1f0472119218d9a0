import { readingLevel, readingLimits } from "@longwave/study";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../verdict/decide-verdict.ts";
import { lintCausal } from "./lint-causal.ts";
import type { SentenceInput } from "./sentence-input.ts";
import { pain, smerte } from "./testing/names.ts";
import { wordsFor } from "./words.ts";

const rules = [1, 2, 3, 4, 5, 6, 7] as const;
const designs = ["within", "between", "other", "difference", "baseline", "lag", "both"] as const;
const languages = ["en", "nb"] as const;
const names = { en: pain, nb: smerte };

function verdictOf(rule: (typeof rules)[number], flags: Partial<Verdict> = {}): Verdict {
  return { rule, sure: rule <= 4, opposite: false, onlyUnadjusted: false, ...flags };
}

function inputOf(design: (typeof designs)[number], verdict: Verdict, language: "en" | "nb"): SentenceInput {
  const slopes = {
    first: { estimate: -0.08, lower: -0.1, upper: -0.06 },
    second: { estimate: -0.15, lower: -0.18, upper: -0.13 },
  };
  const { exposure, outcome } = names[language];
  const later = language === "nb" ? "omtrent tre måneder senere" : "about three months later";
  const lag = { from: exposure, to: outcome, later };
  const back = { from: outcome, to: exposure, later };
  const directions = [
    { lag, verdict, estimate: -0.05 },
    { lag: back, verdict, estimate: -0.04 },
  ] as const;
  return { design, verdict, estimate: -0.11, names: names[language], slopes, lag, directions };
}

describe("verdict sentences", () => {
  test("a weak same-week association says that either may come first", () => {
    expect(wordsFor("en").sentence(inputOf("within", verdictOf(3), "en"))).toBe(
      "In weeks when people exercised more than their own usual, they reported slightly less pain. " +
        "The difference is smaller than people usually notice. Either may come first.",
    );
  });

  test("a difference names the stronger group and says that both have the link", () => {
    expect(wordsFor("en").sentence(inputOf("difference", verdictOf(2), "en"))).toBe(
      "The same-week link was a little stronger in men than in women. Both groups had it. " +
        "The difference is inside the limit we set for too small to matter.",
    );
  });

  test("a comparison of people never speaks of change", () => {
    expect(wordsFor("en").sentence(inputOf("baseline", verdictOf(3), "en"))).toMatch(
      /^Over the following year, people who exercised most at the start reported slightly less pain compared/,
    );
  });

  test("the opposite of what was expected stands in front", () => {
    expect(wordsFor("en").verdict(3, verdictOf(3, { opposite: true }), "within")).toBe(
      "The opposite of what was expected: a weak association",
    );
  });

  test("an interval that only holds unadjusted is said to be so", () => {
    const verdict = verdictOf(6, { onlyUnadjusted: true });
    expect(wordsFor("en").verdict(6, verdict, "within")).toMatch(/not after allowing for several tests/);
  });

  test("another exposure and outcome make a whole sentence too", () => {
    const input = {
      ...inputOf("within", verdictOf(4), "en"),
      names: { ...names.en, outcome: "fatigue", exposure: "sleep" },
    };
    expect(wordsFor("en").sentence(input)).toMatch(
      /^In weeks when people had more sleep than their own usual, they reported less fatigue\./,
    );
  });

  test("a term without words of its own is named, never worded as a comparison with oneself", () => {
    const input = { ...inputOf("other", verdictOf(3), "en"), term: "lag(ex)" };
    expect(wordsFor("en").sentence(input)).toMatch(
      /^Where "lag\(ex\)" was higher, people reported slightly less pain\./,
    );
    expect(wordsFor("en").sentence(inputOf("between", verdictOf(3), "en"))).toMatch(
      /^People who usually exercised more than others/,
    );
  });

  test("no rule, design or language makes a causal claim or leaves a hole", () => {
    for (const language of languages) {
      const words = wordsFor(language);
      for (const design of designs) {
        for (const rule of rules) {
          for (const flags of [{}, { opposite: rule <= 4 }, { onlyUnadjusted: rule > 4 }]) {
            const input = inputOf(design, verdictOf(rule, flags), language);
            const bounds = { negligible: 0.1, noticeable: 0.5, pHolm: 0.03 };
            const texts = [
              words.verdict(rule, input.verdict, design),
              words.sentence(input),
              words.lead(input),
              words.sureWhy({ ...input, bounds }),
            ];
            for (const text of texts) {
              expect(lintCausal(text, language), text).toEqual([]);
              expect(text).not.toMatch(/undefined|NaN|\s{2}/);
            }
          }
        }
      }
    }
  });

  test.each(languages)(
    "whatever the rule, the answers together stay at the reading level of everyone (%s)",
    (language) => {
      const words = wordsFor(language);
      const bounds = { negligible: 0.1, noticeable: 0.5, pHolm: 0.03 };
      for (const rule of rules) {
        const texts = designs.flatMap((design) => {
          const input = inputOf(design, verdictOf(rule), language);
          return [
            words.verdict(rule, input.verdict, design),
            words.sentence(input),
            words.sureWhy({ ...input, bounds }),
          ];
        });
        const plain = texts.map((text) => text.replace(/\s*\([^)]*\)/g, ""));
        expect(readingLevel(plain, language).score, `rule ${rule}`).toBeLessThanOrEqual(
          readingLimits[language],
        );
      }
    },
  );
});
