import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarDay, dateInWords } from "./dates.ts";
import { calendarFile } from "./ics.ts";

const entry = {
  uid: "try-w2@longwave",
  day: "2027-02-28",
  title: "Questions",
  text: "Open your link.",
  madeAt: 0,
};

describe("the calendar file", () => {
  test("holds one whole day, ends its lines with CRLF and names the day after as its end", () => {
    const file = calendarFile(entry);
    expect(file).toContain("DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n");
    expect(file).toContain("DTSTAMP:19700101T000000Z\r\n");
    expect(file.endsWith("END:VCALENDAR\r\n")).toBe(true);
  });

  test("escapes commas, semicolons, backslashes and line breaks", () => {
    expect(calendarFile({ ...entry, title: "a,b;c\\d\ne" })).toContain("SUMMARY:a\\,b\\;c\\\\d\\ne\r\n");
  });

  test("no line is longer than 75 octets, and unfolding gives the text back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (title) => {
        const file = calendarFile({ ...entry, title });
        const lines = file.split("\r\n");
        expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(
          75,
        );
        const short = calendarFile({ ...entry, title: "" }).split("\r\n").length;
        expect(file.replaceAll("\r\n ", "").split("\r\n").length).toBe(short);
      }),
    );
  });
});

describe("a date in words", () => {
  const at = Date.parse("2027-02-21T23:30:00Z");
  test("is in the person's language and time zone", () => {
    expect(dateInWords(at, "en", "Europe/Oslo")).toBe("Monday 22 February 2027");
    expect(dateInWords(at, "en", "UTC")).toBe("Sunday 21 February 2027");
    expect(dateInWords(at, "nb", "Europe/Oslo")).toBe("mandag 22. februar 2027");
  });
  test("the calendar day follows the same time zone", () => {
    expect(calendarDay(at, "Europe/Oslo")).toBe("2027-02-22");
    expect(calendarDay(at, "America/New_York")).toBe("2027-02-21");
  });
});
