import { describe, expect, test } from "vitest";
import { addTerms, replaceRandomPart } from "./formula-text.ts";

const formula = "pain ~ within(ex) + factor(wave) + (1 + within(ex) | id)";

describe("formulas of a plan", () => {
  test("a fallback takes the place of the random part and of nothing else", () => {
    expect(replaceRandomPart(formula, "(1 | id)")).toBe("pain ~ within(ex) + factor(wave) + (1 | id)");
  });

  test("several random parts give way to one", () => {
    expect(replaceRandomPart("y ~ x + (1 | id) + (0 + x | id)", "(1 | id)")).toBe("y ~ x + (1 | id)");
  });

  test("parentheses around fixed terms are left alone", () => {
    expect(replaceRandomPart("y ~ (a + b) * c + (1 + a || id)", "(1 | id)")).toBe(
      "y ~ (a + b) * c + (1 | id)",
    );
  });

  test("a formula without a random part has nothing to fall back from", () => {
    expect(() => replaceRandomPart("y ~ x", "(1 | id)")).toThrow(/random part/);
  });

  test("added terms stand in front of the random part", () => {
    expect(addTerms(formula, ["within(ex):man"])).toBe(
      "pain ~ within(ex) + factor(wave) + within(ex):man + (1 + within(ex) | id)",
    );
    expect(addTerms("y ~ x", ["z"])).toBe("y ~ x + z");
  });
});
