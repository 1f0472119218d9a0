import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectRelative } from "../testing/compare.ts";
import { equivalence } from "./equivalence.ts";

const slope = { term: "within(ex)", estimate: 0.04, stdError: 0.02, df: 30 };

describe("equivalence by two one-sided tests", () => {
  test("is the two t tests against the bounds", () => {
    const found = equivalence(slope, 0.1);
    // R: pt(7, 30, lower.tail = FALSE) and pt(3, 30, lower.tail = FALSE).
    expectRelative(found.pLower, 4.434979334e-8, 1e-5);
    expectRelative(found.pUpper, 0.002694982, 1e-6);
    expect(found.pValue).toBe(found.pUpper);
    expect(found.equivalent).toBe(true);
    expect(found.bounds).toEqual({ lower: -0.1, upper: 0.1 });
  });

  test("rejects exactly when the 90 % interval lies inside the bounds", () => {
    const numbers = {
      estimate: fc.double({ min: -1, max: 1, noNaN: true }),
      stdError: fc.double({ min: 0.01, max: 1, noNaN: true }),
      df: fc.oneof(fc.constant(null), fc.integer({ min: 2, max: 400 })),
    };
    fc.assert(
      fc.property(fc.record(numbers), ({ estimate, stdError, df }) => {
        const { equivalent, interval, pValue } = equivalence({ term: "x", estimate, stdError, df }, 0.5);
        if (Math.abs(pValue - 0.05) < 1e-9) return;
        expect(equivalent).toBe(interval.lower > -0.5 && interval.upper < 0.5);
      }),
    );
  });

  test("bounds need not be symmetric, and an unknown standard error proves nothing", () => {
    const found = equivalence(slope, { lower: -0.5, upper: 0.03 });
    expect(found.equivalent).toBe(false);
    expect(found.pUpper).toBeGreaterThan(0.5);
    expect(equivalence({ ...slope, stdError: Number.NaN }, 0.1).equivalent).toBe(false);
  });

  test.each([0, Number.NaN, { lower: 1, upper: -1 }])("bounds %o are refused", (bounds) => {
    expect(() => equivalence(slope, bounds)).toThrow("units of the estimate");
  });
});
