import type { Language } from "../publication/types.ts";
import { english } from "./english.ts";
import { norwegian } from "./norwegian.ts";
import type { Words } from "./sentence-input.ts";

const languages: Readonly<Record<Language, Words>> = { en: english, nb: norwegian };

/** The verdict language of a study's language. */
export function wordsFor(language: Language): Words {
  return languages[language];
}
