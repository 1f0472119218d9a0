import { describe, expect, test } from "vitest";
import type { Verdict } from "../verdict/decide-verdict.ts";
import { intersectVerdicts } from "../verdict/intersect-verdicts.ts";
import { lintCausal } from "./lint-causal.ts";
import type { DirectionView, SentenceInput } from "./sentence-input.ts";
import { pain, smerte } from "./testing/names.ts";
import { wordsFor } from "./words.ts";

const rules = [1, 2, 3, 4, 5, 6, 7] as const;
type Rule = (typeof rules)[number];
type Language = "en" | "nb";

const names = {
  en: { ...pain, later: "about three months later" },
  nb: { ...smerte, later: "omtrent tre måneder senere" },
};

function verdictOf(rule: Rule, flags: Partial<Verdict> = {}): Verdict {
  return { rule, sure: rule <= 4, opposite: false, onlyUnadjusted: false, ...flags };
}

function direction(way: "there" | "back", verdict: Verdict, language: Language): DirectionView {
  const { outcome, exposure, later } = names[language];
  const [from, to] = way === "there" ? [exposure, outcome] : [outcome, exposure];
  return { lag: { from, to, later }, verdict, estimate: verdict.opposite ? 0.05 : -0.05 };
}

function lagTexts(verdict: Verdict, language: Language, way: "there" | "back" = "there") {
  const words = wordsFor(language);
  const { lag, estimate } = direction(way, verdict, language);
  const input: SentenceInput = { design: "lag", verdict, estimate, names: names[language], lag };
  const bounds = { negligible: 0.03, noticeable: 0.07, pHolm: verdict.sure ? 0.004 : 0.3 };
  return [
    words.verdict(verdict.rule, verdict, "lag"),
    words.sentence(input),
    words.sureWhy({ ...input, bounds }),
  ];
}

function bothTexts(pair: readonly [Verdict, Verdict], language: Language) {
  const words = wordsFor(language);
  const verdict = intersectVerdicts(pair);
  const directions = [direction("there", pair[0], language), direction("back", pair[1], language)] as const;
  const input: SentenceInput = {
    ...{ design: "both", verdict, estimate: -0.05, names: names[language], directions },
  };
  const bounds = { negligible: 0.03, noticeable: 0.07, pHolm: verdict.sure ? 0.004 : 0.3 };
  return [
    words.verdict(verdict.rule, verdict, "both"),
    words.sentence(input),
    words.sureWhy({ ...input, bounds }),
    words.leadLater(directions),
  ];
}

/** Every way in which two directions can come out together, as far as words tell them apart. */
const pairs: readonly (readonly [Verdict, Verdict])[] = [
  [verdictOf(1), verdictOf(1)],
  [verdictOf(2), verdictOf(2)],
  [verdictOf(3), verdictOf(3)],
  [verdictOf(4), verdictOf(3)],
  [verdictOf(3), verdictOf(3, { opposite: true })],
  [verdictOf(3), verdictOf(5)],
  [verdictOf(3), verdictOf(6)],
  [verdictOf(7), verdictOf(4)],
  [verdictOf(5), verdictOf(5)],
  [verdictOf(5), verdictOf(6)],
  [verdictOf(6), verdictOf(6)],
  [verdictOf(7), verdictOf(7)],
  [verdictOf(6, { onlyUnadjusted: true }), verdictOf(6, { onlyUnadjusted: true })],
];

describe.each(["en", "nb"] as const)("lags in words, %s", (language) => {
  test("have a sentence for each of the seven rules", () => {
    expect(rules.map((rule) => lagTexts(verdictOf(rule), language))).toMatchSnapshot();
  });

  test("say the opposite, and what holds only unadjusted", () => {
    expect([
      lagTexts(verdictOf(3, { opposite: true }), language),
      lagTexts(verdictOf(6, { onlyUnadjusted: true }), language),
      lagTexts(verdictOf(3), language, "back"),
    ]).toMatchSnapshot();
  });

  test("have a sentence for each way in which two directions come out together", () => {
    expect(pairs.map((pair) => bothTexts(pair, language))).toMatchSnapshot();
  });

  test("never make a causal claim, call one direction the stronger, or leave a hole", () => {
    const texts = [
      ...rules.flatMap((rule) => lagTexts(verdictOf(rule), language)),
      ...pairs.flatMap((pair) => bothTexts(pair, language)),
    ];
    for (const text of texts) {
      expect(lintCausal(text, language), text).toEqual([]);
      expect(text).not.toMatch(/undefined|NaN|\s{2}|dominant|stronger than the other|sterkere enn den andre/);
    }
  });
});

test("a lag is weak by published cross-lags, and both directions are said only when both are sure", () => {
  expect(lagTexts(verdictOf(3), "en").slice(0, 2)).toEqual([
    "An association, weak by published cross-lags",
    "More exercise than usual was followed by slightly less pain about three months later. The link is weak by published cross-lags. Each person's own level is set apart, but something else that changes over time may lie behind both.",
  ]);
  expect(bothTexts([verdictOf(3), verdictOf(6)], "en")[1]).toMatch(
    /^One direction is clear: more exercise than usual was followed by slightly less pain about three months later\. The other way round, from pain to later exercise it is not clear\. That is not the same as no link there\./,
  );
});

test("how sure the answer is stands in words for the short and the long term", () => {
  expect(wordsFor("en").leadSure({ short: "clear", long: "not clear" })).toBe(
    "How sure we are: clear for the short term, not clear for the long term.",
  );
  expect(wordsFor("nb").leadSure({ short: "fairly clear", long: undefined })).toBe(
    "Så sikkert er det: nokså klart.",
  );
});
