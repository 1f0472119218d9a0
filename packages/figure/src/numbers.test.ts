import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digitsFor, fewTicks, formatCount, formatInterval, formatNumber, formatTick } from "./numbers.ts";

describe("numbers in figures", () => {
  test("thousands are set apart by a comma, in Norwegian by a space", () => {
    expect(formatCount(6419)).toBe("6,419");
    expect(formatCount(1234567, "nb")).toBe("1\u00a0234\u00a0567");
  });

  test("a small negative number never becomes minus zero", () => {
    expect(formatNumber(-0.001, 2)).toBe("0.00");
    expect(formatNumber(-0.115, 2)).toMatch(/^−0\.1[12]$/);
    expect(formatNumber(Number.NaN, 2)).toBe("–");
  });

  test("an interval has the decimals that tell its ends apart", () => {
    const wide = { estimate: -0.115, lower: -0.131, upper: -0.099 };
    const fine = { estimate: -0.0412, lower: -0.047, upper: -0.0354 };
    expect(formatInterval(wide, digitsFor([wide]))).toMatch(/^−0\.1[12] \(−0\.13 to −0\.10\)$/);
    expect(formatInterval(fine, digitsFor([fine]), "nb")).toBe("−0,041 (−0,047 til −0,035)");
  });

  test("ticks are few, round, inside the range and in order", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        (low, span) => {
          const ticks = fewTicks([low, low + span]);
          expect(ticks.length).toBeGreaterThan(0);
          expect(ticks.length).toBeLessThanOrEqual(6);
          expect([...ticks].sort((a, b) => a - b)).toEqual(ticks);
          const slack = span * 1e-6;
          for (const tick of ticks) expect(tick >= low - slack && tick <= low + span + slack).toBe(true);
        },
      ),
    );
    expect(fewTicks([-6, 6])).toEqual([-6, -3, 0, 3, 6]);
    expect(fewTicks([1, 1])).toEqual([]);
  });

  test("ticks of a difference carry their sign", () => {
    expect([-0.5, 0, 0.5].map((value) => formatTick(value, { signed: true }))).toEqual(["−0.5", "0", "+0.5"]);
  });
});
