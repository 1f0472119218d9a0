import type { Random } from "@longwave/stats";
import type { DataTable } from "@longwave/study";
import { columnOf, idsOf } from "./table.ts";

// Monday 3 January 2000, in days since 1970-01-01: the first day of the made-up year.
const FIRST_DAY = 10_959;
const WEEKS = 52;

/**
 * By how many days each person's dates are moved: whole weeks, so that the day of the week and every span between two
 * dates of a person stay. Everyone enrols in a week of a made-up year drawn at random, whatever the true week was, so
 * that the dates told say nothing of the true ones, in one release or in several.
 */
export function calendarShifts(
  personWave: DataTable,
  people: readonly string[],
  random: Pick<Random, "integer">,
): ReadonlyMap<string, number> {
  const first = firstDays(personWave);
  return new Map(
    people.map((id) => {
      const week = random.integer(WEEKS);
      const day = first.get(id);
      if (day === undefined) return [id, 0];
      const weekday = (((day - FIRST_DAY) % 7) + 7) % 7;
      return [id, FIRST_DAY + 7 * week + weekday - day];
    }),
  );
}

/** The day of enrolment, or of the first answer where a file does not say when people enrolled. */
export function firstDays(personWave: DataTable): ReadonlyMap<string, number> {
  const ids = idsOf(personWave);
  const enrolled = columnOf(personWave, "enrolled_day").values;
  const answered = columnOf(personWave, "answered_day").values;
  const days = new Map<string, number>();
  ids.forEach((id, row) => {
    const day = enrolled[row] ?? answered[row];
    if (typeof day === "number") days.set(id, Math.min(days.get(id) ?? day, day));
  });
  return days;
}
