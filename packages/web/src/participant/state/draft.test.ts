import type { FormItem } from "@longwave/study/answering";
import { describe, expect, test } from "vitest";
import { exampleForm } from "../../testing/example-form.ts";
import { wordsIn } from "../text/index.ts";
import { draftOf, readDraft } from "./draft.ts";

const words = wordsIn("en");
const item = (id: string): FormItem => exampleForm.items.find((candidate) => candidate.id === id)!;
const typed = (id: string, text: string) => readDraft(item(id), { kind: "typed", text }, words);

describe("what is written in a field", () => {
  test.each([
    ["minutes", "30", 30],
    ["minutes", " 600 ", 600],
    ["weight", "72,5", 72.5],
    ["weight", "72.5", 72.5],
    ["remark", " more rain than usual ", "more rain than usual"],
  ])("%s: “%s” is read as %s", (id, text, value) => {
    expect(typed(id, text)).toEqual({ ok: true, payload: { kind: "value", value } });
  });

  test.each([
    ["minutes", "", "Write an answer"],
    ["minutes", "half an hour", "not a number"],
    ["minutes", "601", "from 0 to 600"],
    ["minutes", "2.5", "whole number"],
    ["weight", "72.55", "1 figure after the point"],
    ["weight", "1e2", "not a number"],
    ["remark", "x".repeat(401), "longer than 400"],
  ])("%s: “%s” is answered with what to do", (id, text, message) => {
    const read = typed(id, text);
    expect(read.ok).toBe(false);
    expect(read).toHaveProperty("message", expect.stringContaining(message));
  });

  test("“none of these” is an answer, and nothing ticked is not", () => {
    expect(readDraft(item("places"), { kind: "chosen", value: [] }, words).ok).toBe(true);
    expect(readDraft(item("places"), { kind: "nothing" }, words).ok).toBe(false);
  });

  test("an earlier answer is shown again, and a skipped one shows nothing chosen", () => {
    expect(draftOf(item("minutes"), { kind: "value", value: 30 })).toEqual({ kind: "typed", text: "30" });
    expect(draftOf(item("pain"), { kind: "skipped" })).toEqual({ kind: "nothing" });
  });
});
