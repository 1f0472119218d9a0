import { Temporal } from "temporal-polyfill";
import { StudyError } from "../errors.ts";
import type { Protocol } from "../protocol/types.ts";

/** When one person can answer one wave. */
export interface WaveWindow {
  readonly wave: string;
  /** YYYY-MM-DD in the person's own time zone. */
  readonly targetDate: string;
  /** The first moment the wave can be answered, ms UTC: the start of a local day. */
  readonly opensAt: number;
  /** The first moment it no longer can, ms UTC: the start of the local day after the last. */
  readonly closesAt: number;
}

/** When and where a person joined. */
export interface Enrolment {
  /** ms UTC. */
  readonly enrolledAt: number;
  /** An IANA name such as Europe/Oslo. */
  readonly timeZone: string;
  /** Later changes of time zone in the order they were made; `at` is ms UTC. */
  readonly moves?: readonly { readonly at: number; readonly timeZone: string }[];
  /** Windows that had begun when the study was amended: for this person they stay as they were. */
  readonly held?: readonly WaveWindow[];
}

/**
 * The windows of every wave, stepped in whole local days from the local date of enrolment.
 *
 * Days follow the person's calendar, so a change of clock moves no date. The first wave opens at enrolment itself
 * when its first day is the day of enrolment. A change of time zone moves only the windows that have not opened yet:
 * their dates stay and their days begin in the new zone. Held windows stand as they are.
 * @throws StudyError `schedule.unknown-time-zone`
 */
export function waveWindows(protocol: Protocol, enrolment: Enrolment): readonly WaveWindow[] {
  const { enrolledAt, timeZone, moves = [], held = [] } = enrolment;
  const enrolled = localDate(enrolledAt, timeZone);
  for (const move of moves) localDate(move.at, move.timeZone);
  let earliest = enrolledAt;
  return protocol.waves.map((wave) => {
    const kept = held.find((window) => window.wave === wave.id);
    if (kept !== undefined) {
      earliest = kept.closesAt;
      return kept;
    }
    const target = enrolled.add({ days: wave.offsetDays });
    const firstDay = target.add({ days: wave.opensDays });
    const zone = moves.reduce(
      (zone, move) => (startOfDay(firstDay, zone) > move.at ? move.timeZone : zone),
      timeZone,
    );
    const window = {
      wave: wave.id,
      targetDate: target.toString(),
      opensAt: Math.max(startOfDay(firstDay, zone), earliest),
      closesAt: startOfDay(target.add({ days: wave.closesDays + 1 }), zone),
    };
    // A move to the east must not let a wave open before the last one closed in the old zone.
    earliest = window.closesAt;
    return window;
  });
}

function localDate(at: number, timeZone: string): Temporal.PlainDate {
  try {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  } catch {
    throw new StudyError([
      {
        code: "schedule.unknown-time-zone",
        path: ["timeZone"],
        expected: "a time zone such as Europe/Oslo and a time in milliseconds",
        found: `“${timeZone}” and ${at}`,
        remedy: "Use a name of the IANA time zone database.",
      },
    ]);
  }
}

/** The first moment of a local day; not always midnight, since some zones change their clocks then. */
function startOfDay(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}
