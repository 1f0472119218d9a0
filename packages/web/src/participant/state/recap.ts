import type { AnswerPayload, FormItem } from "@longwave/study/answering";
import { askedItems } from "@longwave/study/answering";
import type { Words } from "../text/index.ts";
import type { JustFinished } from "./model.ts";

/** One question and what was answered, in words. */
export interface RecapLine {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly skipped: boolean;
}

/** What a person answered in the wave just finished, question by question; no judgement and no comparison. */
export function recapLines(finished: JustFinished, words: Words): readonly RecapLine[] {
  return askedItems(finished.form, finished.answers).flatMap((item) => {
    const payload = finished.answers[item.id];
    if (payload === undefined) return [];
    return [
      {
        id: item.id,
        question: item.text,
        answer: answerInWords(item, payload, words),
        skipped: payload.kind === "skipped",
      },
    ];
  });
}

function answerInWords(item: FormItem, payload: AnswerPayload, words: Words): string {
  if (payload.kind === "skipped") return words.thanks.ratherNotSaid;
  const { value } = payload;
  switch (item.kind) {
    case "single_choice":
      return item.options.find((option) => option.value === value)?.text ?? String(value);
    case "multi_choice":
      return listInWords(
        item.options
          .filter((option) => Array.isArray(value) && value.includes(option.value))
          .map(({ text }) => text),
        item.noneText,
      );
    case "yes_no":
      return value === true ? words.question.yes : words.question.no;
    case "integer":
    case "number":
      return item.unit === undefined ? String(value) : `${String(value)} ${item.unit}`;
    default:
      return String(value);
  }
}

function listInWords(texts: readonly string[], none: string): string {
  return texts.length === 0 ? none : texts.join(", ");
}
