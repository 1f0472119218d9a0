import { describe, expect, test } from "vitest";
import { lintCausal } from "./lint-causal.ts";
import { allowedThere, englishCorpus, norwegianCorpus } from "./testing/lint-corpus.ts";

const found = (text: string, language: "en" | "nb") => lintCausal(text, language).map(({ word }) => word);

test("the corpus holds 60 sentences and more, at least 25 in each language", () => {
  expect(englishCorpus.length).toBeGreaterThanOrEqual(35);
  expect(norwegianCorpus.length).toBeGreaterThanOrEqual(25);
  const texts = [...englishCorpus, ...norwegianCorpus].map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
});

describe.each([
  ["en", englishCorpus],
  ["nb", norwegianCorpus],
] as const)("in %s", (language, corpus) => {
  test.each(corpus.map(({ text, words }) => [text, words] as const))("%s", (text, words) => {
    expect(found(text, language)).toEqual(words);
  });
});

test("words of cause in limitations and target trials are words all the same: who checks leaves those parts out", () => {
  for (const text of allowedThere) expect(found(text, "en").length).toBeGreaterThan(0);
});
