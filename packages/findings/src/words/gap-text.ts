import type { Protocol } from "@longwave/study";
import type { Language } from "../publication/types.ts";

const numbers: Readonly<Record<Language, readonly string[]>> = {
  en: ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
  nb: ["", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
};

interface Unit {
  readonly days: number;
  /** One of it, and several. */
  readonly en: readonly [string, string];
  readonly nb: readonly [string, string];
  /** One in Norwegian agrees with the noun. */
  readonly one: string;
}

const units: readonly Unit[] = [
  { days: 365.25, en: ["year", "years"], nb: ["år", "år"], one: "ett" },
  { days: 30.44, en: ["month", "months"], nb: ["måned", "måneder"], one: "én" },
  { days: 7, en: ["week", "weeks"], nb: ["uke", "uker"], one: "én" },
  { days: 1, en: ["day", "days"], nb: ["dag", "dager"], one: "én" },
];

/** How much later the next wave comes: "about three months later", or "at the next wave" when gaps differ. */
export function laterText(protocol: Protocol, language: Language): string {
  const offsets = protocol.waves.map(({ offsetDays }) => offsetDays);
  const gaps = offsets.slice(1).map((day, index) => day - (offsets[index] ?? 0));
  const [shortest, longest] = [Math.min(...gaps), Math.max(...gaps)];
  const uneven = gaps.length === 0 || !(shortest > 0) || longest > 1.25 * shortest;
  if (uneven) return language === "nb" ? "ved neste runde" : "at the next wave";
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const unit = units.find(({ days }) => mean >= 0.95 * days);
  if (!unit) return language === "nb" ? "ved neste runde" : "at the next wave";
  const count = Math.round(mean / unit.days);
  const number = count === 1 && language === "nb" ? unit.one : (numbers[language][count] ?? String(count));
  const noun = unit[language][count === 1 ? 0 : 1];
  return language === "nb" ? `omtrent ${number} ${noun} senere` : `about ${number} ${noun} later`;
}
