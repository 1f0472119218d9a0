/** A local calendar date; `day` counts days since 1970-01-01. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const dayMs = 86_400_000;

/** A function from a moment (ms UTC) to its local date; formatters are kept by zone because making one is slow. */
export function makeLocalDates(): (at: number, timeZone: string) => LocalDate {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  return (at, timeZone) => {
    let formatter = formatters.get(timeZone);
    if (formatter === undefined) {
      formatter = new Intl.DateTimeFormat("en-US", {
        timeZone,
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        calendar: "gregory",
        numberingSystem: "latn",
      });
      formatters.set(timeZone, formatter);
    }
    // en-US with these options is MM/DD/YYYY.
    const [month = 0, day = 0, year = 0] = formatter.format(at).split("/").map(Number);
    return { year, month, day: Math.floor(Date.UTC(year, month - 1, day) / dayMs) };
  };
}
