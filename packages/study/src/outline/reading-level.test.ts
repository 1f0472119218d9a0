import { describe, expect, test } from "vitest";
import { countSyllables, readingLevel, readingLimits } from "./reading-level.ts";

describe("syllables", () => {
  test.each(
    Object.entries({
      ...{ the: 1, association: 5, exercise: 3, people: 2, usual: 3, weeks: 1, smaller: 2, difference: 3 },
      ...{ notice: 2, reported: 3, slightly: 2, interval: 3, several: 3, little: 2, changes: 2, wanted: 2 },
      ...{ asked: 1, compared: 2, science: 2, variable: 4, "same-week": 2, followed: 2, "cross-lags": 2 },
      ...{ published: 2, usually: 4, negative: 3, quiet: 2, going: 2, year: 1, used: 1, table: 2, period: 3 },
    }),
  )("of %s are counted: %i", (word, count) => {
    expect(countSyllables(word)).toBe(count);
  });

  test("of a number are one, so that figures make a text no harder", () => {
    expect(countSyllables("1,234.5")).toBe(1);
  });
});

describe("the reading level", () => {
  test("is the Flesch-Kincaid grade in English, of words and sentences as they are counted", () => {
    const level = readingLevel(["The cat sat on the mat. It was warm."], "en");
    expect(level).toMatchObject({ measure: "Flesch-Kincaid grade", words: 9, sentences: 2, limit: 8 });
    expect(level.score).toBeCloseTo(0.39 * 4.5 + 11.8 - 15.59, 10);
  });

  test("is LIX in Norwegian: words a sentence, and the share of words longer than six letters", () => {
    const level = readingLevel(["Sammenhengen er svak. Den er klar."], "nb");
    expect(level).toMatchObject({ measure: "LIX", words: 6, sentences: 2, limit: 40 });
    expect(level.score).toBeCloseTo(3 + 100 / 6, 10);
  });

  test("takes a decimal point for no end of a sentence, and a heading for a sentence", () => {
    expect(readingLevel(["A weak association", "Inside 0.5, our limit."], "en").sentences).toBe(2);
  });

  test("of a hard text is above the limit", () => {
    const hard =
      "Heterogeneous longitudinal associations necessitate multivariate hierarchical specifications incorporating individually varying autoregressive coefficients.";
    expect(readingLevel([hard], "en").score).toBeGreaterThan(readingLimits.en);
    const vanskelig =
      "Forskjellsestimatenes konfidensintervaller forutsetter tilfredsstillende modellspesifikasjoner uavhengig av utvalgsstørrelsen.";
    expect(readingLevel([vanskelig], "nb").score).toBeGreaterThan(readingLimits.nb);
  });
});
