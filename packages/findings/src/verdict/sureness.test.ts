import { expect, test } from "vitest";
import type { Verdict } from "./decide-verdict.ts";
import { surenessOf } from "./sureness.ts";

function verdict(rule: Verdict["rule"], onlyUnadjusted = false): Verdict {
  return { rule, sure: rule <= 4, opposite: false, onlyUnadjusted };
}

test("rules 6 and 7 are never clear", () => {
  expect([surenessOf(verdict(6), 0.2), surenessOf(verdict(7), 0.9)]).toEqual(["not clear", "not clear"]);
});

test("rules 1 to 3 are clear when the adjusted p is under .01, else fairly clear", () => {
  for (const rule of [1, 2, 3] as const) {
    expect(surenessOf(verdict(rule), 0.0099)).toBe("clear");
    expect(surenessOf(verdict(rule), 0.01)).toBe("fairly clear");
  }
});

test("an open size is fairly clear, and no association larger than the limit is clear", () => {
  expect(surenessOf(verdict(4), 0.0001)).toBe("fairly clear");
  expect(surenessOf(verdict(5), 0.6)).toBe("clear");
  expect(surenessOf(verdict(5, true), 0.06)).toBe("fairly clear");
});
