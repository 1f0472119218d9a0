import type { Language } from "../../publication/types.ts";
import { english } from "./en.ts";
import { norwegian } from "./nb.ts";
import type { PageText } from "./types.ts";

export type { PageText } from "./types.ts";

/** The pages' own sentences in one language. */
export function pageText(language: Language): PageText {
  return language === "nb" ? norwegian : english;
}

/** `3 March 2026`, in UTC so that every reader and every machine sees the same day. */
export function longDate(atMs: number, text: PageText): string {
  return new Intl.DateTimeFormat(text.locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(atMs));
}
