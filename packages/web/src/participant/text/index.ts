import { en } from "./en.ts";
import { nb } from "./nb.ts";
import type { Words } from "./words.ts";

export type { TroubleKind, Words } from "./words.ts";

/** A language the participant app speaks. */
export type Language = "en" | "nb";

const all: Readonly<Record<Language, Words>> = { en, nb };

/** The words of the app in `language`. */
export function wordsIn(language: Language): Words {
  return all[language];
}

/** The app's language that suits a browser's list of preferred languages; English when none fits. */
export function preferredLanguage(preferred: readonly string[]): Language {
  const first = preferred
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => tag !== undefined && /^(en|nb|nn|no)$/.test(tag));
  return first === undefined || first === "en" ? "en" : "nb";
}
