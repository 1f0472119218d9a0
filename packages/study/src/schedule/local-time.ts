import { Temporal } from "temporal-polyfill";
import { makeLocalDates } from "../dataset/calendar.ts";
import type { Protocol } from "../protocol/types.ts";
import { afterQuietHours } from "./quiet-hours.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A year of mornings in every zone of the world is less than this. */
const MOST_KEPT = 200_000;

/** Moments of local days. Zones are slow to ask, so each answer is kept. */
export interface LocalTime {
  /** Days since 1970 on the person's calendar. */
  dayOf(at: number, timeZone: string): number;
  /** The first moment of a local day, ms UTC. */
  startOf(day: number, timeZone: string): number;
  /** The first moment of a local day at which a message may come. */
  morningOf(day: number, timeZone: string): number;
  /** The first moment from `at` on at which a message may come. */
  afterQuiet(at: number, timeZone: string): number;
}

/** Local time with an empty memory, for the quiet hours of a study. */
export function makeLocalTime(hours: Protocol["messages"]): LocalTime {
  const localDate = makeLocalDates();
  const starts = new Map<string, number>();
  const mornings = new Map<string, number>();
  // Hours and the offsets of today's zones are whole minutes: a minute is quiet or not as a whole.
  const minutes = new Map<string, number>();
  const startOf = (day: number, zone: string): number =>
    remember(starts, zone, day, () => startOfDay(day, zone));
  return {
    dayOf: (at, zone) => localDate(at, zone).day,
    startOf,
    morningOf: (day, zone) =>
      remember(mornings, zone, day, () => afterQuietHours(hours, zone, startOf(day, zone))),
    afterQuiet(at, zone) {
      const minute = Math.floor(at / MINUTE_MS);
      const end = remember(minutes, zone, minute, () => afterQuietHours(hours, zone, minute * MINUTE_MS));
      return Math.max(at, end);
    },
  };
}

function remember(memory: Map<string, number>, zone: string, unit: number, make: () => number): number {
  const key = `${zone} ${unit}`;
  const found = memory.get(key);
  if (found !== undefined) return found;
  if (memory.size >= MOST_KEPT) memory.clear();
  const made = make();
  memory.set(key, made);
  return made;
}

/** Not always midnight, since some zones change their clocks then. */
function startOfDay(day: number, timeZone: string): number {
  const date = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
    .toZonedDateTimeISO("UTC")
    .toPlainDate();
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}
