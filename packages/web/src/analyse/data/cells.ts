/** How the numbers of a column are written in the file. */
export type Writing = "point" | "comma" | "date" | "text";

/** Texts that stand for a missing value in files people bring. */
export const MISSING: ReadonlySet<string> = new Set([
  "",
  "NA",
  "NaN",
  "nan",
  "N/A",
  "n/a",
  "null",
  "NULL",
  ".",
]);

const DAY_MS = 86_400_000;
const COMMA_NUMBER = /^[+-]?(\d+(,\d+)?|,\d+)(e[+-]?\d+)?$/i;
/** `1,000` in a file that has commas between its columns may be a thousand: it is not read as one. */
const THOUSANDS = /^[+-]?\d{1,3}(,\d{3})+$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?)?$/;
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** How all present cells of a column are written; `text` when no one way of writing numbers fits them all. */
export function writingOf(cells: readonly (string | null)[], delimiter: string): Writing {
  const present = cells.filter((cell) => cell !== null);
  if (present.every((cell) => Number.isFinite(Number(cell)))) return "point";
  const mayBeThousands = delimiter === "," && present.some((cell) => THOUSANDS.test(cell));
  if (!mayBeThousands && present.every((cell) => COMMA_NUMBER.test(cell))) return "comma";
  if (present.every((cell) => Number.isFinite(daysOf(cell)))) return "date";
  return "text";
}

/** The number in a cell; dates are days since 1970. */
export function numberOf(cell: string, writing: Writing): number {
  if (writing === "date") return daysOf(cell);
  return Number(writing === "comma" ? cell.replace(",", ".") : cell);
}

/** The first cell that keeps a column from being numbers, when most of its cells are. */
export function oddCell(cells: readonly (string | null)[]): string | null {
  const present = cells.filter((cell) => cell !== null);
  const odd = present.filter((cell) => !Number.isFinite(Number(cell)) && !COMMA_NUMBER.test(cell));
  return odd.length > 0 && odd.length < present.length / 2 ? (odd[0] ?? null) : null;
}

/** Days since 1970 of `2024-01-05`, `2024-01-05 08:30` or `5.1.2024`; NaN for anything else. */
function daysOf(cell: string): number {
  const iso = ISO_DATE.exec(cell);
  if (iso !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = iso
      .slice(1)
      .map((part) => Number(part ?? 0));
    return dayNumber([year, month, day]) + (hour * 3600 + minute * 60 + second) / 86_400;
  }
  const [day = 0, month = 0, year = 0] = DOTTED_DATE.exec(cell)?.slice(1).map(Number) ?? [];
  return dayNumber([year, month, day]);
}

/** A day that the calendar lacks, such as 31 February, is no date. */
function dayNumber([year, month, day]: readonly [number, number, number]): number {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY_MS : Number.NaN;
}
