import { Temporal } from "temporal-polyfill";
import type { Protocol } from "../protocol/types.ts";

/** The hours in which a study writes to nobody, as times of day; they may pass over midnight. */
type QuietHours = Pick<Protocol["messages"], "quietFrom" | "quietTo">;

/**
 * The first moment from `at` (ms UTC) on at which a message may reach a person who lives in `timeZone`: `at` itself
 * outside the quiet hours, else their end on the person's own clock.
 *
 * An end that the clock passes twice counts the second time, and one that it jumps over counts as much later as it
 * jumps: never too early.
 * @param timeZone  an IANA name such as Europe/Oslo.
 */
export function afterQuietHours(hours: QuietHours, timeZone: string, at: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const from = minuteOf(Temporal.PlainTime.from(hours.quietFrom));
  const to = minuteOf(Temporal.PlainTime.from(hours.quietTo));
  const now = minuteOf(local);
  const overMidnight = from > to;
  const evening = now >= from;
  const isQuiet = overMidnight ? evening || now < to : evening && now < to;
  if (!isQuiet) return at;
  const day = local.toPlainDate().add({ days: overMidnight && evening ? 1 : 0 });
  const end = day.toPlainDateTime(Temporal.PlainTime.from(hours.quietTo));
  return end.toZonedDateTime(timeZone, { disambiguation: "later" }).epochMilliseconds;
}

/** Minutes since midnight on the clock. */
function minuteOf({ hour, minute }: { readonly hour: number; readonly minute: number }): number {
  return 60 * hour + minute;
}
