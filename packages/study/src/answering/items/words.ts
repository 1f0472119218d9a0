import type { CheckedAnswer, TextItem, YesNoItem } from "../form.ts";
import { accept, refuse, show } from "./problem.ts";

/** Checks a yes (`true`) or a no (`false`). */
export function checkYesNo(_item: YesNoItem, value: unknown): CheckedAnswer {
  if (typeof value === "boolean") return accept(value);
  return refuse({
    code: "answer.not-yes-or-no",
    expected: "yes or no",
    found: show(value),
    remedy: "Choose yes or no, or skip the question.",
  });
}

/** Checks free words: something written, and no longer than the item allows. */
export function checkText(item: TextItem, value: unknown): CheckedAnswer {
  if (typeof value !== "string" || value.trim() === "") {
    return refuse({
      code: "answer.no-words",
      expected: "some words",
      found: show(value),
      remedy: "Write a few words, or skip the question.",
    });
  }
  if (value.length <= item.maxLength) return accept(value);
  return refuse({
    code: "answer.too-long",
    expected: `at most ${item.maxLength} characters`,
    found: `${value.length} characters`,
    remedy: "Make it shorter and send it again.",
  });
}
