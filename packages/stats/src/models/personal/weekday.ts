import { StatsError } from "../../errors.ts";
import { requireNumbers } from "../../frame/variables.ts";
import type { Column, FactorColumn } from "../../table/table.ts";

/** Levels of the day of the week; Monday is the reference. */
export const WEEKDAYS: readonly string[] = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

/** The day of the week of a date of the Gregorian calendar, 0 for Monday. */
function weekdayOfDate(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/.exec(text);
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  // 1 January 1970 was a Thursday.
  return (((ms / 86_400_000 + 3) % 7) + 7) % 7;
}

function ofDates(column: FactorColumn): FactorColumn {
  const days = column.levels.map(weekdayOfDate);
  const bad = column.levels.find((_, code) => days[code] === null);
  if (bad !== undefined) {
    throw new StatsError(
      "personal.option",
      `Expected dates such as 2024-05-01; found "${bad}". Write dates as year-month-day, or give the day's number.`,
    );
  }
  const codes = Int32Array.from(column.codes, (code) => days[code] ?? 0);
  return { kind: "factor", codes, levels: WEEKDAYS, missing: column.missing };
}

/**
 * The day of the week as a factor with Monday as reference, from dates (`2024-05-01`) or from day numbers.
 *
 * @param dayZero  the weekday of day number 0, where the column holds day numbers.
 * @throws StatsError `personal.option` for text that is not a date, or a day number that is not whole.
 */
export function weekdayColumn(column: Column, dayZero: string = "Monday"): FactorColumn {
  if (column.kind === "factor") return ofDates(column);
  const first = WEEKDAYS.indexOf(dayZero);
  const { values, missing } = requireNumbers(column, "day", "for the day of the week");
  const odd = values.find((value, row) => missing[row] === 0 && !Number.isInteger(value));
  if (first < 0 || odd !== undefined) {
    throw new StatsError(
      "personal.option",
      `Expected whole day numbers and a weekday such as Monday; found ${odd ?? dayZero}. Give the number of the day.`,
    );
  }
  const codes = Int32Array.from(values, (value, row) =>
    missing[row] === 1 ? 0 : (((value + first) % 7) + 7) % 7,
  );
  return { kind: "factor", codes, levels: WEEKDAYS, missing };
}
