import type { CheckedAnswer, MultiChoiceItem, SingleChoiceItem } from "../form.ts";
import { accept, refuse, show } from "./problem.ts";

/** Checks that one of the item's options was chosen. */
export function checkSingleChoice(item: SingleChoiceItem, value: unknown): CheckedAnswer {
  const option = item.options.find((candidate) => candidate.value === value);
  if (option !== undefined) return accept(option.value);
  return refuse({
    code: "answer.not-an-option",
    expected: `one of: ${item.options.map((candidate) => candidate.text).join(", ")}`,
    found: show(value),
    remedy: "Choose one of the answers, or skip the question.",
  });
}

/** Checks a list of options, each at most once, and puts them in the order of the form; an empty list means none. */
export function checkMultiChoice(item: MultiChoiceItem, value: unknown): CheckedAnswer {
  if (!Array.isArray(value)) return refuseList(value);
  const known = new Set<unknown>(item.options.map((option) => option.value));
  const stranger = value.find((entry) => !known.has(entry));
  if (stranger !== undefined || value.length > known.size) return refuseList(stranger ?? value);
  const chosen = new Set<unknown>(value);
  if (chosen.size !== value.length) return refuseList(value);
  return accept(item.options.map((option) => option.value).filter((entry) => chosen.has(entry)));
}

function refuseList(found: unknown): CheckedAnswer {
  return refuse({
    code: "answer.not-an-option",
    expected: "a list of the answers on this page, each at most once",
    found: show(found),
    remedy: "Tick the answers that fit, tick “none”, or skip the question.",
  });
}
