import type { LocalText, Protocol } from "@longwave/study";
import type { Language } from "../publication/types.ts";
import type { StudyNames } from "./sentence-input.ts";

/** A text in the reader's language, or in English where it has no translation. */
export function localText(text: LocalText, language: Language): string {
  return text[language] ?? text.en;
}

/** The names a verdict sentence uses, from the plan's variables and the recall period of the outcome. */
export function studyNames(protocol: Protocol, language: Language): StudyNames {
  const { outcome, exposure } = protocol.plan.variables;
  const primary = protocol.instruments.find((instrument) => instrument.role === "primary_outcome");
  const weekly = primary?.recall === "7d";
  const periods = { en: weekly ? "weeks" : "periods", nb: weekly ? "uker" : "perioder" };
  return {
    outcome: localText(outcome.label, language),
    exposure: localText(exposure.label, language),
    period: periods[language],
  };
}
