import { lintCausal } from "./lint-causal.ts";

/** A word of cause in a text that people wrote for a publication. */
export interface EntryWarning {
  readonly field: string;
  readonly word: string;
}

/** Words of cause, in either language, in the fields of an entry: warnings, since a person wrote them and may mean them. */
export function lintEntry(entry: Readonly<Record<string, string>>): readonly EntryWarning[] {
  return Object.entries(entry).flatMap(([field, text]) => {
    const found = (["en", "nb"] as const).flatMap((language) => lintCausal(text, language));
    return [...new Set(found.map(({ word }) => word))].map((word) => ({ field, word }));
  });
}

/** One warning as a sentence for whoever wrote it. */
export function describeEntryWarning({ word }: EntryWarning): string {
  return `"${word}" is a word of cause, which these models cannot support; the published page repeats your words.`;
}
