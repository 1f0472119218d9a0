import { describe, expect, test } from "vitest";
import { lintCausal } from "./lint-causal.ts";

describe("the causal lint", () => {
  test("finds a causal verb and says where", () => {
    expect(lintCausal("Exercise reduces pain.", "en")).toEqual([{ word: "reduces", index: 9 }]);
  });

  test("works by whole words, so misleading is not leading", () => {
    expect(lintCausal("That would be misleading; unaffected people were misled.", "en")).toEqual([]);
  });

  test("finds a phrase across a line break", () => {
    expect(lintCausal("the effect\nof exercise", "en")).toHaveLength(1);
  });

  test("lets mixed and random effects pass, which name a model", () => {
    expect(lintCausal("A mixed-effects model with random effects and fixed effects.", "en")).toEqual([]);
  });

  test("lets an allowed phrase pass and still finds the word elsewhere", () => {
    expect(lintCausal("A leading zero is kept, leading to more.", "en")).toEqual([
      { word: "leading", index: 24 },
    ]);
  });

  test("has its own list in Norwegian", () => {
    expect(lintCausal("Mosjon fører til mindre smerte", "nb").map(({ word }) => word)).toEqual(["fører til"]);
    expect(lintCausal("Mosjon fører til mindre smerte", "en")).toEqual([]);
    expect(lintCausal("Det påvirker søvnen", "nb")).toHaveLength(1);
  });
});
