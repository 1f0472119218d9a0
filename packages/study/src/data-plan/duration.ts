const days: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.4375, year: 365.25 };

/** The days of "7 days", "3 months" or "1 year"; undefined for anything else. */
export function daysOf(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) (day|week|month|year)s?$/.exec(text.trim());
  const [, count, unit] = match ?? [];
  if (count === undefined || unit === undefined || Number(count) === 0) return undefined;
  return Number(count) * (days[unit] ?? 1);
}
