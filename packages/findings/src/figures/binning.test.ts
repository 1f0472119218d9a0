import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { averageByBins, countCells, quantile } from "./binning.ts";

const ranges = { x: [0, 10] as const, y: [0, 5] as const };
const steps = { x: 5, y: 5 };
const point = fc.record({ x: fc.integer({ min: -2, max: 12 }), y: fc.integer({ min: 0, max: 5 }) });

describe("binned points", () => {
  test("a cell with fewer than ten points is left out, for every cloud", () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 300 }), (points) => {
        const cells = countCells(points, ranges, steps);
        expect(cells.every(({ count }) => count >= 10)).toBe(true);
        expect(cells.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(points.length);
      }),
    );
  });

  test("the upper edge belongs to the last cell, and points outside to none", () => {
    const points = [...Array(10).fill({ x: 10, y: 5 }), ...Array(10).fill({ x: 11, y: 5 })];
    expect(countCells(points, ranges, steps)).toEqual([{ x0: 8, x1: 10, y0: 4, y1: 5, count: 10 }]);
  });

  test("bins of averages hold at least ten points and never part equal values", () => {
    const points = Array.from({ length: 100 }, (_, index) => ({ x: index < 60 ? 0 : index, y: index % 5 }));
    const averages = averageByBins(points, 6);
    expect(averages[0]).toMatchObject({ x: 0, count: 60, mean: 2 });
    expect(
      averages.every(({ count, lower, mean, upper }) => count >= 10 && lower < mean && mean < upper),
    ).toBe(true);
  });

  test("a quantile is interpolated, and that of nothing is not a number", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
