import { Temporal } from "temporal-polyfill";
import type { Protocol } from "../protocol/types.ts";
import { afterQuietHours } from "./quiet-hours.ts";

/** A moment drawn for a rest prompt. */
export interface RestMoment {
  /** The day on the person's own calendar, YYYY-MM-DD. */
  readonly localDate: string;
  /** ms UTC. */
  readonly at: number;
  /** From which clock times it was drawn: those of the person's own sessions, or any hour by day. */
  readonly basis: "session_times" | "daytime";
}

/** What rest moments are drawn from. */
export interface RestDraw {
  readonly hours: Pick<Protocol["messages"], "quietFrom" | "quietTo">;
  readonly timeZone: string;
  /** The Monday of the week, YYYY-MM-DD. */
  readonly week: string;
  readonly perWeek: number;
  /** Minutes since midnight at which the person began sessions before. */
  readonly sessionTimes: readonly number[];
  /** Numbers from 0 to 1, 1 left out: the same ones give the same moments. */
  readonly uniform: () => number;
}

const DAY_MINUTES = 1440;
/** The second rating of a rest comes up to an hour and a half later; it should not fall into the quiet hours. */
const ROOM_MINUTES = 90;
/** Fewer sessions than this say little about when a person exercises. */
const ENOUGH_SESSIONS = 3;
/** How far from the clock time of a session a matched moment may lie. */
const SPREAD_MINUTES = 30;

/** The Monday (YYYY-MM-DD) of the week in which `at` (ms UTC) lies on the person's calendar. */
export function weekOf(at: number, timeZone: string): string {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

/** The moment (ms UTC) at which the next week begins on the person's calendar. */
export function nextWeekAt(at: number, timeZone: string): number {
  return Temporal.PlainDate.from(weekOf(at, timeZone)).add({ days: 7 }).toZonedDateTime(timeZone)
    .epochMilliseconds;
}

/** The moment (ms UTC) at which the next day begins on the person's calendar. */
export function startOfNextDay(at: number, timeZone: string): number {
  const tomorrow = Temporal.PlainDate.from(localDateOf(at, timeZone)).add({ days: 1 });
  return tomorrow.toZonedDateTime(timeZone).epochMilliseconds;
}

/** Minutes since midnight on the person's clock at `at` (ms UTC). */
export function clockMinutes(at: number, timeZone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return 60 * hour + minute;
}

/** The day (YYYY-MM-DD) on which `at` (ms UTC) lies on the person's calendar. */
export function localDateOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/**
 * The moments of one week, on different days, never in the quiet hours, in order.
 *
 * Clock times are matched to the person's own sessions once there are a few: pain has its hours, so a comparison with
 * rest at other hours would mix the two.
 */
export function drawRestMoments(draw: RestDraw): readonly RestMoment[] {
  const days = drawDays(draw);
  const matched = draw.sessionTimes.length >= ENOUGH_SESSIONS;
  return days.map((offset) => {
    const date = Temporal.PlainDate.from(draw.week).add({ days: offset });
    const minute = matched ? matchedMinute(draw) : daytimeMinute(draw);
    const at = momentOf(date, minute, draw);
    return { localDate: date.toString(), at, basis: matched ? "session_times" : "daytime" };
  });
}

/** Different days of the week, 0 is Monday, in order. */
function drawDays({ perWeek, uniform }: RestDraw): readonly number[] {
  const left = [0, 1, 2, 3, 4, 5, 6];
  const drawn: number[] = [];
  while (drawn.length < Math.min(perWeek, 7))
    drawn.push(...left.splice(Math.floor(uniform() * left.length), 1));
  return drawn.sort((a, b) => a - b);
}

function daytimeMinute({ hours, uniform }: RestDraw): number {
  const { from, length } = daytime(hours);
  return (from + Math.floor(uniform() * length)) % DAY_MINUTES;
}

/** A clock time of an earlier session, moved a little, and into the day where that would leave it. */
function matchedMinute({ hours, sessionTimes, uniform }: RestDraw): number {
  const one = sessionTimes[Math.floor(uniform() * sessionTimes.length)] ?? 0;
  const moved = one + Math.round((2 * uniform() - 1) * SPREAD_MINUTES);
  const { from, length } = daytime(hours);
  const sinceMorning = (moved - from + 2 * DAY_MINUTES) % DAY_MINUTES;
  if (sinceMorning < length) return (from + sinceMorning) % DAY_MINUTES;
  // Nearer to the evening or to the next morning, whichever it is.
  const toEvening = sinceMorning - (length - 1);
  return toEvening <= DAY_MINUTES - sinceMorning ? (from + length - 1) % DAY_MINUTES : from;
}

/** The minutes of the day in which a prompt may come: outside the quiet hours, with room for the second rating. */
function daytime({ quietFrom, quietTo }: RestDraw["hours"]): {
  readonly from: number;
  readonly length: number;
} {
  const [from, until] = [minuteIn(quietTo), minuteIn(quietFrom)];
  const whole = (until - from + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  return { from, length: Math.max(1, whole - ROOM_MINUTES) };
}

function minuteIn(clock: string): number {
  const { hour, minute } = Temporal.PlainTime.from(clock);
  return 60 * hour + minute;
}

/** The moment on the person's clock; one that a change of clocks skips or moves into the night comes after it. */
function momentOf(date: Temporal.PlainDate, minute: number, { hours, timeZone }: RestDraw): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const at = date.toPlainDateTime(time).toZonedDateTime(timeZone).epochMilliseconds;
  return afterQuietHours(hours, timeZone, at);
}
