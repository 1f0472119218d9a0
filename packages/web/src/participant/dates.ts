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

const clockWord: Readonly<Record<Language, string>> = { en: "at", nb: "kl." };

/** A moment (ms UTC) near `now`, as people say it: "today at 14:10", "Wednesday at 08:00". */
export function momentInWords(
  at: number,
  now: number,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): string {
  const locale = locales[language];
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  return `${dayInWords(at, now, locale, timeZone)} ${clockWord[language]} ${clock}`;
}

function dayInWords(at: number, now: number, locale: string, timeZone: string): string {
  const days = (Date.parse(calendarDay(at, timeZone)) - Date.parse(calendarDay(now, timeZone))) / 86_400_000;
  if (Math.abs(days) <= 1)
    return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone }).format(at);
}
