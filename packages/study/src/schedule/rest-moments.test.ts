import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterQuietHours } from "./quiet-hours.ts";
import { clockMinutes, drawRestMoments, localDateOf, weekOf } from "./rest-moments.ts";

const hours = { quietFrom: "21:00", quietTo: "08:00" };
const zones = ["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"];

/** A stream of numbers from one seed; any will do here. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("rest moments", () => {
  test("lie on different days of the week, never in the quiet hours, and come again with the same numbers", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 1, max: 1e9 }),
          timeZone: fc.constantFrom(...zones),
          moment: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
          perWeek: fc.integer({ min: 1, max: 7 }),
          sessionTimes: fc.array(fc.integer({ min: 0, max: 1439 }), { maxLength: 6 }),
        }),
        ({ seed, timeZone, moment, perWeek, sessionTimes }) => {
          const week = weekOf(moment, timeZone);
          const draw = () =>
            drawRestMoments({ hours, timeZone, week, perWeek, sessionTimes, uniform: stream(seed) });
          const moments = draw();
          expect(draw()).toEqual(moments);
          expect(new Set(moments.map(({ localDate }) => localDate)).size).toBe(perWeek);
          for (const { at, localDate } of moments) {
            expect(afterQuietHours(hours, timeZone, at)).toBe(at);
            expect(localDateOf(at, timeZone)).toBe(localDate);
            expect(weekOf(at, timeZone)).toBe(week);
          }
        },
      ),
      { numRuns: 150, seed: 12 },
    );
  });

  test("keep to the clock times of a person's own sessions once there are three", () => {
    const draw = { hours, timeZone: "Europe/Oslo", week: "2026-03-02", perWeek: 7, uniform: stream(7) };
    const moments = drawRestMoments({ ...draw, sessionTimes: [600, 600, 600] });
    expect(moments.every(({ basis }) => basis === "session_times")).toBe(true);
    for (const { at } of moments)
      expect(Math.abs(clockMinutes(at, "Europe/Oslo") - 600)).toBeLessThanOrEqual(30);
    expect(drawRestMoments({ ...draw, sessionTimes: [600] })[0]?.basis).toBe("daytime");
  });

  test("are as likely on every day and spread over the whole of it", () => {
    const uniform = stream(3);
    const draw = { hours, timeZone: "UTC", week: "2026-03-02", perWeek: 2, sessionTimes: [], uniform };
    const moments = Array.from({ length: 700 }, () => drawRestMoments(draw)).flat();
    for (let day = 2; day <= 8; day++) {
      const count = moments.filter(({ localDate }) => localDate === `2026-03-0${day}`).length;
      expect(count).toBeGreaterThan(150);
      expect(count).toBeLessThan(250);
    }
    const minutes = moments.map(({ at }) => clockMinutes(at, "UTC"));
    expect(Math.min(...minutes)).toBeLessThan(8 * 60 + 10);
    expect(Math.max(...minutes)).toBeGreaterThan(19 * 60 + 20);
    expect(Math.max(...minutes)).toBeLessThan(19 * 60 + 30);
  });
});
