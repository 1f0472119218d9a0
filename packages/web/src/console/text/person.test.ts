import { auditActions } from "@longwave/api";
import { expect, test } from "vitest";
import { personPage } from "./person.ts";

test("every line that the audit can hold has a plain sentence in one person's story", () => {
  const told = auditActions.map((what) => {
    const event = { at: 0, kind: "act", by: "longwave", wave: null, what, state: null } as const;
    return personPage.event(event);
  });
  expect(
    told.filter(
      (words, index) => words === auditActions[index] || !/^[a-z][a-z -]+(;| [a-z-]+)+$/.test(words),
    ),
  ).toEqual([]);
  expect(new Set(told).size).toBe(auditActions.length);
});
