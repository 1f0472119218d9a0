import type { Language } from "./text/index.ts";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", nb: "nb-NO" };

/** A moment (ms UTC) as a date in words in a person's language and time zone: "Monday 22 February 2027". */
export function dateInWords(at: number, language: Language, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  });
  return format.format(at).replace(/^(\p{L}+),/u, "$1");
}

/** A moment (ms UTC) as the calendar day in a time zone: "2027-02-22". */
export function calendarDay(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    timeZone,
  });
  return parts.format(at);
}
