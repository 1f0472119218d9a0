import { describe, expect, test } from "vitest";
import { flagship } from "../testing/flagship.ts";
import { formTime } from "./minutes.ts";
import { outlineStudy } from "./outline.ts";

const joins = { at: Date.UTC(2026, 0, 15, 11), timeZone: "Europe/Oslo" };

describe("the outline of a study text", () => {
  const outline = outlineStudy(flagship, joins);

  test("has the days of every wave for someone who joins that day", () => {
    expect(outline.waves.map(({ id, opens, closes }) => [id, opens, closes])).toEqual([
      ["w1", "2026-01-15", "2026-01-29"],
      ["w2", "2026-04-09", "2026-05-07"],
      ["w3", "2026-07-09", "2026-08-06"],
      ["w4", "2026-10-08", "2026-11-05"],
      ["w5", "2027-01-07", "2027-02-04"],
    ]);
  });

  test("has the days of messages, and the last day of an invitation", () => {
    expect(outline.waves[0]?.messages.map(({ date }) => date)).toEqual(["2026-01-17", "2026-01-22"]);
    expect(outline.recruitment.closes).toBe("2026-02-25");
  });

  test("finds the flagship's promises kept, with the consent in the first wave", () => {
    expect(outline.waves.filter(({ overPromise }) => overPromise)).toEqual([]);
    expect(outline.waves.map(({ consentSeconds }) => consentSeconds > 0)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test("notices a wave that takes longer than it promises", () => {
    const hasty = { ...flagship, minutesByWave: { ...flagship.minutesByWave, w2: 2 } };
    expect(
      outlineStudy(hasty, joins)
        .waves.filter(({ overPromise }) => overPromise)
        .map(({ id }) => id),
    ).toEqual(["w2"]);
  });

  test("names hard texts with their place, and marks the words of a scale that may not be changed", () => {
    const [english] = outline.reading;
    expect(english?.hardest).toMatchObject([
      { path: ["instruments", 2, "items", 2, "text", "en"], fixed: true },
    ]);
  });

  test("names the languages that wait for a named person", () => {
    expect(outline.unconfirmed.map(({ language }) => language)).toEqual(["nb"]);
  });
});

test("a form takes the time of reading its words at 180 a minute, and of answering by kind", () => {
  const yesNo = { kind: "yes_no", id: "a", text: "Do you walk to work?" } as const;
  const scale = { ...yesNo, kind: "scale", min: 0, max: 10, lowText: "No pain", highText: "Worst" } as const;
  expect(formTime([yesNo]).longest).toBeCloseTo(5 / 3 + 3 + 1, 10);
  expect(formTime([scale]).longest).toBeCloseTo(8 / 3 + 4 + 1, 10);
  const askIf = { kind: "literal", value: true, at: 0 } as const;
  expect(formTime([yesNo, { ...scale, askIf }]).shortest).toBeCloseTo(5 / 3 + 3 + 1, 10);
});
