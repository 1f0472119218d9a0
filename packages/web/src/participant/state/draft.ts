import type { AnswerPayload, AnswerValue, FormItem } from "@longwave/study/answering";
import { checkAnswer } from "@longwave/study/answering";
import type { Words } from "../text/index.ts";

/** What stands on the screen before it is an answer: nothing, something chosen, or something typed. */
export type Draft =
  | { readonly kind: "nothing" }
  | { readonly kind: "chosen"; readonly value: AnswerValue }
  | { readonly kind: "typed"; readonly text: string };

/** A draft read as an answer, or the sentence to show under it. */
export type ReadDraft =
  | { readonly ok: true; readonly payload: AnswerPayload }
  | { readonly ok: false; readonly message: string };

/** The draft that shows an earlier answer, or nothing when there is none. */
export function draftOf(item: FormItem, payload: AnswerPayload | undefined): Draft {
  if (payload === undefined || payload.kind === "skipped") return { kind: "nothing" };
  if (isTyped(item)) return { kind: "typed", text: String(payload.value) };
  return { kind: "chosen", value: payload.value };
}

/** Whether the answer to this question is written, and so saved on Next and not at every letter. */
export function isTyped(item: FormItem): boolean {
  return item.kind === "integer" || item.kind === "number" || item.kind === "text";
}

/** Reads a draft with the same check as the server's, and says what to mend in the person's language. */
export function readDraft(item: FormItem, draft: Draft, words: Words): ReadDraft {
  if (draft.kind === "nothing") return { ok: false, message: emptyMessage(item, words) };
  if (draft.kind === "chosen") return check(item, draft.value, words);
  const text = draft.text.trim();
  if (text === "") return { ok: false, message: emptyMessage(item, words) };
  if (item.kind === "text") return check(item, text, words);
  const value = numberIn(text);
  return value === undefined
    ? { ok: false, message: words.question.notANumber(shortened(text)) }
    : check(item, value, words);
}

function check(item: FormItem, value: AnswerValue, words: Words): ReadDraft {
  const checked = checkAnswer(item, { kind: "value", value });
  if (checked.ok) return { ok: true, payload: checked.payload };
  return { ok: false, message: problemMessage(item, value, words) };
}

function problemMessage(item: FormItem, value: AnswerValue, words: Words): string {
  switch (item.kind) {
    case "text":
      return words.question.tooLong(item.maxLength);
    case "integer":
    case "number": {
      const outside = Number(value) < item.min || Number(value) > item.max;
      if (outside) return words.question.outside(String(value), String(item.min), String(item.max));
      return words.question.tooManyDecimals(item.kind === "integer" ? 0 : item.decimals);
    }
    default:
      return words.question.chooseFirst(words.ratherNot);
  }
}

function emptyMessage(item: FormItem, words: Words): string {
  if (item.kind === "multi_choice") return words.question.tickFirst(item.noneText);
  return isTyped(item)
    ? words.question.enterFirst(words.ratherNot)
    : words.question.chooseFirst(words.ratherNot);
}

/** Reads figures with a point or a comma before the decimals; anything else is not a number. */
function numberIn(text: string): number | undefined {
  const plain = text.replace(/\s/g, "").replace(",", ".");
  return /^[-+]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

function shortened(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}
