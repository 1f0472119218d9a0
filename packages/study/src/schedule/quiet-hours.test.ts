import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { afterQuietHours } from "./quiet-hours.ts";

const nights = { quietFrom: "21:00", quietTo: "08:00" };
const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

describe("afterQuietHours", () => {
  test("lets a message go at once by day", () => {
    const noon = at("2026-03-02T12:00:00+01:00");
    expect(afterQuietHours(nights, "Europe/Oslo", noon)).toBe(noon);
    const first = at("2026-03-02T08:00:00+01:00");
    expect(afterQuietHours(nights, "Europe/Oslo", first)).toBe(first);
  });

  test("keeps it until the morning of the person, late in the evening and after midnight", () => {
    const morning = at("2026-03-03T08:00:00+01:00");
    expect(afterQuietHours(nights, "Europe/Oslo", at("2026-03-02T21:00:00+01:00"))).toBe(morning);
    expect(afterQuietHours(nights, "Europe/Oslo", at("2026-03-03T07:59:59.999+01:00"))).toBe(morning);
  });

  test("goes by the person's own clock: evening in Oslo is day in New York", () => {
    const evening = at("2026-03-02T22:00:00+01:00");
    expect(afterQuietHours(nights, "America/New_York", evening)).toBe(evening);
  });

  test("takes hours within one day as they stand, and none when both ends are the same", () => {
    const hours = { quietFrom: "12:00", quietTo: "13:00" };
    expect(afterQuietHours(hours, "UTC", at("2026-03-02T12:30:00Z"))).toBe(at("2026-03-02T13:00:00Z"));
    expect(afterQuietHours({ quietFrom: "12:00", quietTo: "12:00" }, "UTC", 0)).toBe(0);
  });

  test("waits for the second of two ends when clocks are set back", () => {
    const hours = { quietFrom: "22:00", quietTo: "02:30" };
    const second = at("2026-10-25T02:30:00+01:00");
    expect(afterQuietHours(hours, "Europe/Oslo", at("2026-10-25T00:30:00+02:00"))).toBe(second);
    expect(afterQuietHours(hours, "Europe/Oslo", at("2026-10-25T02:10:00+01:00"))).toBe(second);
  });

  test("is not early when clocks jump over the end", () => {
    const hours = { quietFrom: "22:00", quietTo: "02:30" };
    const end = afterQuietHours(hours, "Europe/Oslo", at("2026-03-29T01:00:00+01:00"));
    expect(end).toBe(at("2026-03-29T03:30:00+02:00"));
  });

  test("never gives a quiet moment, one in the past or one more than two days away, in any time zone of the world", () => {
    const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const clock = (minute: number): string =>
      `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    const cases = fc.record({
      moment: fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) }),
      timeZone: fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
      hours: fc.oneof(
        fc.constant(nights),
        fc.record({ quietFrom: minutes.map(clock), quietTo: minutes.map(clock) }),
      ),
    });
    fc.assert(
      fc.property(cases, ({ moment, timeZone, hours }) => {
        const end = afterQuietHours(hours, timeZone, moment);
        expect(end).toBeGreaterThanOrEqual(moment);
        expect(end - moment).toBeLessThanOrEqual(48 * 3_600_000);
        expect(afterQuietHours(hours, timeZone, end)).toBe(end);
      }),
      { numRuns: 2000, seed: 6 },
    );
  });

  test("holds around every change of clocks in Oslo, New York, Lord Howe and Casablanca", () => {
    for (const timeZone of ["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]) {
      let change = Temporal.Instant.from("2024-01-01T00:00Z").toZonedDateTimeISO(timeZone);
      for (let times = 0; times < 8; times++) {
        const next = change.getTimeZoneTransition("next");
        if (next === null) break;
        change = next;
        for (let minute = -24 * 60; minute <= 24 * 60; minute += 7) {
          const moment = change.epochMilliseconds + minute * 60_000;
          const end = afterQuietHours({ quietFrom: "23:15", quietTo: "02:15" }, timeZone, moment);
          expect(end).toBeGreaterThanOrEqual(moment);
          const { hour, minute: past } =
            Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(timeZone);
          const clock = 60 * hour + past;
          expect(clock >= 23 * 60 + 15 || clock < 2 * 60 + 15, `${timeZone} ${end}`).toBe(false);
        }
      }
    }
  });
});
