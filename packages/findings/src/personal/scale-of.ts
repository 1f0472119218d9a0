import type { ItemText, Language, LocalText, Protocol } from "@longwave/study";

/** How one question is drawn and read back: the place of each answer on a line, and its words. */
export interface OwnScale {
  readonly question: string;
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  /** The height of an answer: its place among the choices, or the number itself. */
  heightOf(code: string | number): number | undefined;
  /** The answer at a height, in words. */
  wordsAt(height: number): string;
}

/** The scale of a question in a language. */
export function scaleOf(protocol: Protocol, itemId: string, language: Language): OwnScale | undefined {
  const item = protocol.instruments.flatMap(({ items }) => items).find(({ id }) => id === itemId);
  if (item === undefined) return undefined;
  const words = (text: LocalText): string => text[language] ?? text.en;
  if (item.kind === "single_choice") return choiceScale(item, words);
  if (item.kind === "scale" || item.kind === "integer" || item.kind === "number") {
    return numberScale(item, words, language);
  }
  return undefined;
}

type Choice = Extract<ItemText, { readonly kind: "single_choice" }>;
type Numeric = Extract<ItemText, { readonly kind: "scale" | "integer" | "number" }>;

function choiceScale(item: Choice, words: (text: LocalText) => string): OwnScale {
  const texts = item.options.map(({ text }) => words(text));
  return {
    question: words(item.text),
    min: 0,
    max: texts.length - 1,
    ticks: texts.map((text, value) => ({ value, text })),
    heightOf(code) {
      const place = item.options.findIndex(({ value }) => value === code);
      return place < 0 ? undefined : place;
    },
    wordsAt: (height) => texts[height] ?? "",
  };
}

function numberScale(item: Numeric, words: (text: LocalText) => string, language: Language): OwnScale {
  const unit = "unit" in item && item.unit !== undefined ? ` ${words(item.unit)}` : "";
  const text = (value: number): string =>
    `${language === "nb" ? String(value).replace(".", ",") : String(value)}${unit}`;
  const middle = (item.min + item.max) / 2;
  return {
    question: words(item.text),
    min: item.min,
    max: item.max,
    ticks: [item.min, middle, item.max].map((value) => ({ value, text: text(value) })),
    heightOf: (code) => (typeof code === "number" && Number.isFinite(code) ? code : undefined),
    wordsAt: text,
  };
}
