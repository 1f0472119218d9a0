import { describe, expect, test } from "vitest";
import { calibrate, onTarget } from "./calibration/cell.ts";
import { cells } from "./calibration/cells.ts";

const REPLICATES = 200;

describe(`each design, repeated ${REPLICATES} times, is within four Monte-Carlo errors of its target`, () => {
  test("there are twelve, each with a seed of its own", () => {
    expect(cells).toHaveLength(12);
    expect(new Set(cells.map(({ seed }) => seed)).size).toBe(12);
  });

  test.each(cells)("$name", (cell) => {
    const outcome = calibrate(cell, REPLICATES);
    expect(outcome.notConverged).toBeLessThanOrEqual(REPLICATES / 50);
    expect(onTarget(outcome, 4), `${cell.target.figure} ${outcome.found}`).toBe(true);
  });
});
