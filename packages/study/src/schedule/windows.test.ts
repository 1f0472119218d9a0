import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { flagship } from "../testing/flagship.ts";
import { waveState } from "./state.ts";
import { waveWindows } from "./windows.ts";

const timeZones = Intl.supportedValuesOf("timeZone");
const enrolments = fc.record({
  enrolledAt: fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }),
  timeZone: fc.constantFrom(...timeZones),
});

function local(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

describe("waveWindows", () => {
  test("opens wave 1 at enrolment and closes it after the last local day", () => {
    const enrolledAt = Date.UTC(2026, 0, 5, 12);
    const [first] = waveWindows(flagship, { enrolledAt, timeZone: "Europe/Oslo" });
    expect(first).toEqual({
      wave: "w1",
      targetDate: "2026-01-05",
      opensAt: enrolledAt,
      closesAt: Date.UTC(2026, 0, 19, 23),
    });
  });

  test("keeps to the local calendar when the clocks change", () => {
    const enrolment = { enrolledAt: Date.UTC(2026, 0, 5, 12), timeZone: "Europe/Oslo" };
    const second = waveWindows(flagship, enrolment)[1];
    expect(second.targetDate).toBe("2026-04-06");
    // Midnight in Oslo is 22:00 UTC in summer.
    expect(second.opensAt).toBe(Date.UTC(2026, 2, 29, 22));
    expect(second.closesAt).toBe(Date.UTC(2026, 3, 27, 22));
  });

  test("counts from the local date, which may be another day than in UTC", () => {
    const enrolledAt = Date.UTC(2026, 0, 5, 12);
    const dates = ["Pacific/Kiritimati", "Pacific/Pago_Pago"].map(
      (timeZone) => waveWindows(flagship, { enrolledAt, timeZone })[0].targetDate,
    );
    expect(dates).toEqual(["2026-01-06", "2026-01-05"]);
  });

  test("never has two waves open at once, in any zone, on any day", () => {
    fc.assert(
      fc.property(enrolments, (enrolment) => {
        const windows = waveWindows(flagship, enrolment);
        for (const [index, window] of windows.entries()) {
          expect(window.opensAt).toBeLessThan(window.closesAt);
          if (index > 0) expect(window.opensAt).toBeGreaterThanOrEqual(windows[index - 1].closesAt);
        }
      }),
    );
  });

  test("opens and closes at the first moment of a local day", () => {
    fc.assert(
      fc.property(enrolments, (enrolment) => {
        const { timeZone } = enrolment;
        for (const { opensAt, closesAt } of waveWindows(flagship, enrolment).slice(1)) {
          for (const at of [opensAt, closesAt]) {
            const date = local(at, timeZone).toPlainDate();
            const before = local(at - 1, timeZone).toPlainDate();
            expect(Temporal.PlainDate.compare(before, date)).toBe(-1);
          }
        }
      }),
    );
  });

  test("depends only on the local date, except for when wave 1 opens", () => {
    const morning = { enrolledAt: Date.UTC(2026, 5, 1, 6), timeZone: "Europe/Oslo" };
    const evening = { enrolledAt: Date.UTC(2026, 5, 1, 20), timeZone: "Europe/Oslo" };
    expect(waveWindows(flagship, morning).slice(1)).toEqual(waveWindows(flagship, evening).slice(1));
  });

  test("moves only the windows that have not opened when a person changes time zone, and keeps their dates", () => {
    const enrolment = { enrolledAt: Date.UTC(2026, 0, 5, 12), timeZone: "Europe/Oslo" };
    const moved = { ...enrolment, moves: [{ at: Date.UTC(2026, 4, 1), timeZone: "America/New_York" }] };
    const [before, after] = [waveWindows(flagship, enrolment), waveWindows(flagship, moved)];
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after.map((window) => window.targetDate)).toEqual(before.map((window) => window.targetDate));
    expect(after[2].opensAt - before[2].opensAt).toBe(6 * 3_600_000);
  });

  test("never has two waves open at once, however often a person changes time zone", () => {
    const move = fc.record({
      at: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
      timeZone: fc.constantFrom(...timeZones),
    });
    const daily = {
      ...flagship,
      waves: flagship.waves.map((wave, i) => ({ ...wave, offsetDays: i, opensDays: 0, closesDays: 0 })),
    };
    fc.assert(
      fc.property(enrolments, fc.array(move, { maxLength: 3 }), (enrolment, moves) => {
        const windows = waveWindows(daily, { ...enrolment, moves: moves.sort((a, b) => a.at - b.at) });
        for (const [index, window] of windows.entries()) {
          if (index > 0) expect(window.opensAt).toBeGreaterThanOrEqual(windows[index - 1].closesAt);
        }
      }),
    );
  });

  test("refuses a time zone that does not exist", () => {
    expect(() => waveWindows(flagship, { enrolledAt: 0, timeZone: "Europe/Trondheim" })).toThrow(StudyError);
  });
});

describe("waveState", () => {
  const window = { wave: "w2", targetDate: "2026-04-06", opensAt: 100, closesAt: 200 };
  const none = { started: false, finished: false };

  test.each([
    ["not_yet before it opens", none, 99, "not_yet"],
    ["open from the first moment", none, 100, "open"],
    ["started with a first answer", { started: true, finished: false }, 150, "started"],
    ["missed from the moment it closes", none, 200, "missed"],
    ["missed when it was started and not finished", { started: true, finished: false }, 200, "missed"],
    ["withdrawn from the moment the person leaves", { ...none, withdrawnAt: 150 }, 150, "withdrawn"],
    ["missed when the person left after it closed", { ...none, withdrawnAt: 250 }, 300, "missed"],
    ["open until the person leaves", { ...none, withdrawnAt: 180 }, 150, "open"],
    ["completed for good once finished", { started: true, finished: true }, 500, "completed"],
  ])("is %s", (_, progress, now, state) => {
    expect(waveState(window, progress, now)).toBe(state);
  });
});
