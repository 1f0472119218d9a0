import { expect, test } from "vitest";
import { newDocument } from "../testing/plan.ts";
import { protocol } from "../testing/study.ts";
import { lastSeenFigure } from "./last-seen-figure.ts";

const point = (wave: number, mean: number, people: number) => ({
  wave,
  people,
  mean,
  lower: mean - 0.1,
  upper: mean + 0.1,
});

function draw(language: "en" | "nb", lastSeen: Parameters<typeof lastSeenFigure>[0]["lastSeen"]) {
  const context = { document: newDocument(), language };
  return lastSeenFigure({ protocol, lastSeen, note: "Simulated people", language, context })[0];
}

const groups = [
  { lastWave: 1, people: 30, means: [point(1, 2, 30)] },
  { lastWave: 2, people: 10, means: [point(1, 1.5, 10), point(2, 1.6, 10)] },
  { lastWave: 5, people: 200, means: [point(4, 1.4, 180), point(5, 1.3, 200)] },
];

test("the title weighs the last answers of those who left by how many they are", () => {
  expect(draw("en", groups)?.title).toBe(
    "Mean pain at the last answer: 1.9 among those who left, 1.3 among those who stayed",
  );
  expect(draw("nb", groups)?.title).toContain("1,9 blant dem som sluttet, 1,3 blant dem som ble med");
});

test("waves are counted back from the last answer", () => {
  const rows = draw("en", groups)?.table.rows ?? [];
  expect(rows.filter(([label]) => label === "Wave 2").map((row) => row[2])).toEqual([1, 0]);
});

test("without anybody who left the title compares nothing; without means there is no figure", () => {
  expect(draw("en", groups.slice(2))?.title).toBe("Mean pain before the last answer");
  expect(draw("en", [])).toBeUndefined();
});
