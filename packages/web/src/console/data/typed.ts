import type { AnswerPayload, FormItem } from "@longwave/study/answering";
import { checkAnswer } from "@longwave/study/answering";

/** What was typed for a question: nothing yet, an answer, or something that is none. */
export type Typed =
  | { readonly kind: "empty" }
  | { readonly kind: "answer"; readonly payload: AnswerPayload }
  | { readonly kind: "wrong"; readonly expected: string };

/** One thing that can be typed for a question with choices. */
export interface TypedCode {
  readonly key: string;
  readonly text: string;
  readonly value: number | string | boolean;
}

const BLANK = "-";
const yes = new Set(["1", "y", "yes", "j", "ja"]);
const no = new Set(["0", "n", "no", "nei"]);

/**
 * What can be typed for a question with choices: the code that is stored when every code is a whole number, as it is
 * printed on paper; else 1, 2, 3 in the order of the choices.
 */
export function codesOf(item: FormItem): readonly TypedCode[] {
  if (item.kind === "yes_no")
    return [
      { key: "0", text: "No", value: false },
      { key: "1", text: "Yes", value: true },
    ];
  if (item.kind !== "single_choice" && item.kind !== "multi_choice") return [];
  const numbered = item.options.every(({ value }) => /^\d+$/.test(String(value)));
  return item.options.map(({ value, text }, index) => ({
    key: numbered ? String(value) : String(index + 1),
    text,
    value,
  }));
}

/** Reads what was typed for a question by the same rules as the phone; "-" is left blank or "rather not say". */
export function readTyped(item: FormItem, text: string): Typed {
  const typed = text.trim();
  if (typed === "") return { kind: "empty" };
  if (typed === BLANK) return { kind: "answer", payload: { kind: "skipped" } };
  const checked = checkAnswer(item, { kind: "value", value: typedValue(item, typed) });
  if (checked.ok) return { kind: "answer", payload: checked.payload };
  return { kind: "wrong", expected: checked.problem.expected };
}

function typedValue(item: FormItem, typed: string): unknown {
  const codes = codesOf(item);
  const coded = (key: string): unknown => codes.find((code) => code.key === key)?.value ?? key;
  switch (item.kind) {
    case "single_choice":
      return coded(typed);
    case "multi_choice":
      return listOf(codes, typed).map(coded);
    case "yes_no":
      return yes.has(typed.toLowerCase()) ? true : no.has(typed.toLowerCase()) ? false : typed;
    case "text":
      return typed;
    default:
      return /^-?\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(",", ".")) : typed;
  }
}

/** A single 0 means none of the choices, unless one of them has that code. */
function listOf(codes: readonly TypedCode[], typed: string): readonly string[] {
  if (typed === "0" && !codes.some(({ key }) => key === "0")) return [];
  return typed.split(/[\s,;]+/).filter((key) => key !== "");
}

/** An answer in the words of its question, after the code where it has one. */
export function wordsOf(item: FormItem, payload: AnswerPayload, words: { readonly blank: string }): string {
  if (payload.kind === "skipped") return words.blank;
  const { value } = payload;
  const codes = codesOf(item);
  const coded = (each: unknown): string => {
    const code = codes.find((known) => known.value === each);
    return code === undefined ? String(each) : `${code.key} ${code.text}`;
  };
  if (!Array.isArray(value)) return coded(value);
  if (value.length === 0) return item.kind === "multi_choice" ? `0 ${item.noneText}` : "0";
  return value.map(coded).join(", ");
}
