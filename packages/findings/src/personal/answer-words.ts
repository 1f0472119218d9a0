import type { Language, LocalText, Protocol } from "@longwave/study";
import type { AnswerPayload } from "@longwave/study/answering";
import { scaleOf } from "./scale-of.ts";

const fixed = {
  en: { yes: "Yes", no: "No", skipped: "Rather not say" },
  nb: { yes: "Ja", no: "Nei", skipped: "Vil ikke svare" },
} as const;

/** The words of a question, or its id when this version of the study text no longer has it. */
export function questionWords(protocol: Protocol, item: string, language: Language): string {
  const text = itemOf(protocol, item)?.text;
  return text === undefined ? item : inWords(text, language);
}

/** An answer in the words the person met. */
export function answerWords(
  protocol: Protocol,
  item: string,
  payload: AnswerPayload,
  language: Language,
): string {
  if (payload.kind === "skipped") return fixed[language].skipped;
  const { value } = payload;
  if (typeof value === "boolean") return value ? fixed[language].yes : fixed[language].no;
  if (typeof value === "object") return listWords(protocol, item, value, language);
  const scale = scaleOf(protocol, item, language);
  const height = scale?.heightOf(value);
  return scale === undefined || height === undefined ? String(value) : scale.wordsAt(height);
}

function listWords(
  protocol: Protocol,
  itemId: string,
  codes: readonly (string | number)[],
  language: Language,
): string {
  const item = itemOf(protocol, itemId);
  if (item?.kind !== "multi_choice") return codes.join(", ");
  if (codes.length === 0) return inWords(item.noneText, language);
  const texts = item.options.filter(({ value }) => codes.includes(value));
  return texts.map(({ text }) => inWords(text, language)).join(", ");
}

function itemOf(protocol: Protocol, id: string) {
  return protocol.instruments.flatMap(({ items }) => items).find((item) => item.id === id);
}

function inWords(text: LocalText, language: Language): string {
  return text[language] ?? text.en;
}
