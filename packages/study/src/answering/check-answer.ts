import type { CheckedAnswer, FormItem } from "./form.ts";
import { checkMultiChoice, checkSingleChoice } from "./items/choice.ts";
import { checkInteger, checkNumber } from "./items/number.ts";
import { refuse, show } from "./items/problem.ts";
import { checkText, checkYesNo } from "./items/words.ts";

/**
 * The answer as it will be stored, or the problem with it in three parts.
 *
 * The phone and the server run this same function. Any question may be skipped.
 */
export function checkAnswer(item: FormItem, payload: unknown): CheckedAnswer {
  if (typeof payload !== "object" || payload === null || !("kind" in payload)) return notAnAnswer(payload);
  if (payload.kind === "skipped") return { ok: true, payload: { kind: "skipped" } };
  if (payload.kind !== "value" || !("value" in payload)) return notAnAnswer(payload);
  return checkValue(item, payload.value);
}

function checkValue(item: FormItem, value: unknown): CheckedAnswer {
  switch (item.kind) {
    case "single_choice":
      return checkSingleChoice(item, value);
    case "multi_choice":
      return checkMultiChoice(item, value);
    case "scale":
    case "integer":
      return checkInteger(item, value);
    case "number":
      return checkNumber(item, value);
    case "yes_no":
      return checkYesNo(item, value);
    case "text":
      return checkText(item, value);
  }
}

function notAnAnswer(payload: unknown): CheckedAnswer {
  return refuse({
    code: "answer.not-an-answer",
    expected: 'an answer: { "kind": "value", "value": … } or { "kind": "skipped" }',
    found: show(payload),
    remedy: "Load the page again and answer once more.",
  });
}
