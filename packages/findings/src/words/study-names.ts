import type { LocalText, Protocol } from "@longwave/study";
import type { Language } from "../publication/types.ts";
import type { StudyNames } from "./sentence-input.ts";

/** A text in the reader's language, or in English where it has no translation. */
export function localText(text: LocalText, language: Language): string {
  return text[language] ?? text.en;
}

/** What answers about one stretch of time are called, by how far back the questions look. */
const times = {
  "1d": {
    en: { period: "days", sameTime: "on the same day", sameTimeLink: "same-day link" },
    nb: { period: "dager", sameTime: "samme dag", sameTimeLink: "sammenhengen samme dag" },
  },
  "7d": {
    en: { period: "weeks", sameTime: "in the same week", sameTimeLink: "same-week link" },
    nb: { period: "uker", sameTime: "i samme uke", sameTimeLink: "sammenhengen i samme uke" },
  },
  other: {
    en: { period: "periods", sameTime: "at the same time", sameTimeLink: "same-time link" },
    nb: { period: "perioder", sameTime: "på samme tid", sameTimeLink: "sammenhengen på samme tid" },
  },
} as const;

/** The names a verdict sentence uses, from the plan's variables and the recall period of the outcome. */
export function studyNames(protocol: Protocol, language: Language): StudyNames {
  const { outcome, exposure } = protocol.plan.variables;
  const recall = protocol.instruments.find(({ role }) => role === "primary_outcome")?.recall;
  return {
    outcome: localText(outcome.label, language),
    exposure: localText(exposure.label, language),
    groups: groupNames(protocol, language),
    ...times[recall === "1d" || recall === "7d" ? recall : "other"][language],
  };
}

/** Whether every question is a column of a file: then nothing is known of how it was asked. */
export function isGiven(protocol: Protocol): boolean {
  return protocol.instruments.every(({ status }) => status === "given");
}

const womenAndMen = { en: ["women", "men"], nb: ["kvinner", "menn"] } as const;

/** The groups coded 0 and 1 of the plan's moderator, as they stand inside a sentence. */
function groupNames(protocol: Protocol, language: Language): readonly [string, string] {
  const { moderator } = protocol.plan.variables;
  const labels = moderator === undefined ? [] : labelsOf(protocol, moderator.name);
  const [first, second] = [0, 1].map((code) => labels.find(({ value }) => value === code)?.text);
  if (first === undefined || second === undefined) return womenAndMen[language];
  return [inSentence(localText(first, language)), inSentence(localText(second, language))];
}

function labelsOf(
  { derived, instruments }: Protocol,
  name: string,
): readonly { readonly value: number | string; readonly text: LocalText }[] {
  const computed = derived.find((variable) => variable.name === name)?.labels;
  if (computed !== undefined) return computed;
  const item = instruments.flatMap(({ items }) => items).find(({ id }) => id === name);
  return item !== undefined && "options" in item ? item.options : [];
}

/** "Women" inside a sentence is "women"; "AMT" stays as it is. */
function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
