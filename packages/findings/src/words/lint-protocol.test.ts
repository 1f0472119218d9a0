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
