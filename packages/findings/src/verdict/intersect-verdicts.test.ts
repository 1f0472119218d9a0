import fc from "fast-check";
import { expect, test } from "vitest";
import type { Verdict } from "./decide-verdict.ts";
import { intersectVerdicts } from "./intersect-verdicts.ts";

type Rule = Verdict["rule"];

function verdict(rule: Rule, flags: Partial<Verdict> = {}): Verdict {
  return { rule, sure: rule <= 4, opposite: false, onlyUnadjusted: false, ...flags };
}

function ruleOf(first: Rule, second: Rule): Rule {
  return intersectVerdicts([verdict(first), verdict(second)]).rule;
}

test("both are there and weak only when both tests hold and both intervals are inside the limit", () => {
  expect(ruleOf(3, 3)).toBe(3);
  expect(ruleOf(2, 3)).toBe(3);
  expect(ruleOf(2, 2)).toBe(2);
  expect(ruleOf(1, 1)).toBe(1);
});

test("both are there, and their size is open, when one interval leaves the limit", () => {
  for (const [first, second] of [
    [4, 3],
    [1, 3],
    [1, 2],
    [4, 4],
    [1, 4],
  ] as const) {
    expect(ruleOf(first, second)).toBe(4);
  }
});

test("one direction that is sure does not make both sure", () => {
  expect(ruleOf(3, 6)).toBe(6);
  expect(ruleOf(3, 7)).toBe(7);
  expect(ruleOf(1, 6)).toBe(7);
  expect(ruleOf(2, 5)).toBe(5);
  expect(ruleOf(5, 6)).toBe(6);
});

test("the opposite in one direction is the opposite of the claim, and only when both are sure", () => {
  expect(intersectVerdicts([verdict(3), verdict(3, { opposite: true })]).opposite).toBe(true);
  expect(intersectVerdicts([verdict(7), verdict(3, { opposite: true })]).opposite).toBe(false);
});

test("what holds only unadjusted is said when it goes for all parts that are not sure", () => {
  const only = { onlyUnadjusted: true };
  expect(intersectVerdicts([verdict(3), verdict(6, only)]).onlyUnadjusted).toBe(true);
  expect(intersectVerdicts([verdict(7), verdict(6, only)]).onlyUnadjusted).toBe(false);
});

test("the order of the parts changes nothing", () => {
  const anyVerdict = fc
    .tuple(fc.constantFrom<Rule>(1, 2, 3, 4, 5, 6, 7), fc.boolean())
    .map(([rule, flag]) => verdict(rule, rule <= 4 ? { opposite: flag } : { onlyUnadjusted: flag }));
  fc.assert(
    fc.property(anyVerdict, anyVerdict, (a, b) => {
      expect(intersectVerdicts([b, a])).toEqual(intersectVerdicts([a, b]));
    }),
  );
});
