import type { CheckedAnswer, IntegerItem, NumberItem, ScaleItem } from "../form.ts";
import { accept, refuse, show } from "./problem.ts";

/** Checks a whole number between the item's limits. */
export function checkInteger(item: IntegerItem | ScaleItem, value: unknown): CheckedAnswer {
  if (typeof value !== "number" || !Number.isInteger(value)) {
    return refuse({
      code: "answer.not-a-whole-number",
      expected: `a whole number from ${item.min} to ${item.max}`,
      found: show(value),
      remedy: "Give a number without decimals, or skip the question.",
    });
  }
  return checkRange(item, value);
}

/** Checks a number between the item's limits, with no more decimals than the item asks for. */
export function checkNumber(item: NumberItem, value: unknown): CheckedAnswer {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return refuse({
      code: "answer.not-a-number",
      expected: `a number from ${item.min} to ${item.max}`,
      found: show(value),
      remedy: "Give a number, such as 72, or skip the question.",
    });
  }
  if (Number(value.toFixed(item.decimals)) !== value) {
    return refuse({
      code: "answer.too-many-decimals",
      expected: `at most ${item.decimals} ${item.decimals === 1 ? "decimal" : "decimals"}`,
      found: show(value),
      remedy: `Round it, for example to ${value.toFixed(item.decimals)}.`,
    });
  }
  return checkRange(item, value);
}

function checkRange(item: IntegerItem | ScaleItem | NumberItem, value: number): CheckedAnswer {
  // Minus zero would be stored as another value than zero; people cannot mean the difference.
  if (value >= item.min && value <= item.max) return accept(value === 0 ? 0 : value);
  return refuse({
    code: "answer.out-of-range",
    expected: `a number from ${item.min} to ${item.max}`,
    found: show(value),
    remedy: "Check the number and give it again, or skip the question.",
  });
}
