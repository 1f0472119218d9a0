import type { Language } from "../publication/types.ts";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", nb: "nb-NO" };

/** Names for moments in a person's own time zone: by month, and by day as soon as two share a month. */
export function whenTexts(
  moments: readonly number[],
  language: Language,
  timeZone: string,
): readonly string[] {
  const months = moments.map((at) => dateText(at, { language, timeZone, day: false }));
  if (new Set(months).size === months.length) return months;
  return moments.map((at) => dateText(at, { language, timeZone, day: true }));
}

/** A moment as a date in words, with or without its day. */
export function dateText(
  at: number,
  options: { readonly language: Language; readonly timeZone: string; readonly day: boolean },
): string {
  const { language, timeZone, day } = options;
  const parts = { month: "long", year: "numeric", timeZone } as const;
  return new Intl.DateTimeFormat(locales[language], day ? { day: "numeric", ...parts } : parts).format(at);
}
