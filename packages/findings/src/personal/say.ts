import type { FeedbackRules, SentenceName, UnitWords } from "@longwave/study";
import type { Language } from "../publication/types.ts";

/** A sentence with its places filled in; the values are answers, dates and counts. */
export function fill(sentence: string, places: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

/** Says a sentence of the rules. */
export function say(
  rules: FeedbackRules,
  name: SentenceName,
  places?: Readonly<Record<string, string | number>>,
): string {
  return fill(rules.sentences[name], places);
}

/** A size without its sign: "half a point", "1 point", "2.5 points". */
export function sizeText(size: number, unit: UnitWords, language: Language): string {
  const amount = Math.abs(size);
  if (amount === 0.5) return unit.half;
  if (amount === 1) return unit.one;
  const number = String(Math.round(amount * 100) / 100);
  return fill(unit.many, { n: language === "nb" ? number.replace(".", ",") : number });
}

/** "March, June and September". */
export function listText(parts: readonly string[], language: Language): string {
  const last = parts.at(-1) ?? "";
  if (parts.length < 2) return last;
  return `${parts.slice(0, -1).join(", ")} ${language === "nb" ? "og" : "and"} ${last}`;
}
