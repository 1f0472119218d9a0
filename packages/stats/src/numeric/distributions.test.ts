import fc from "fast-check";
import { describe, test } from "vitest";
import { expectRelative } from "../testing/compare.ts";
import {
  chiSquareUpper,
  fCdf,
  fUpper,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
  twoSidedP,
} from "./distributions.ts";

// A fixed seed: a failure found once stays found, and no run fails by chance.
fc.configureGlobal({ seed: 65279 });

describe("distributions", () => {
  test("cdf(quantile(p)) is p, for t and the normal", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        fc.double({ min: 1, max: 1e5, noNaN: true }),
        (p, df) => {
          expectRelative(normalCdf(normalQuantile(p)), p, 1e-10);
          expectRelative(tCdf(tQuantile(p, df), df), p, 1e-8);
        },
      ),
    );
  });

  test("the square of t is F with one numerator degree of freedom", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.double({ min: 1, max: 1e4, noNaN: true }),
        (t, df) => {
          expectRelative(fUpper(t * t, 1, df), twoSidedP(t, df), 1e-8);
        },
      ),
    );
  });

  test("both tails of F sum to one", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (x, df) => {
          expectRelative(fUpper(x, df, 17.5) + fCdf(x, df, 17.5), 1, 1e-10);
        },
      ),
    );
  });

  // The 95 % points, and e^-30 (1 + 30 + 450) for six degrees of freedom.
  test.each([
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [7.814727903251179, 3, 0.05],
    [9.487729036781154, 4, 0.05],
    [1, 5, 0.9625657732472964],
    [60, 6, 481 * Math.exp(-30)],
  ])("the upper tail of chi-square at %d with %d df is %d", (x, df, p) => {
    expectRelative(chiSquareUpper(x, df), p, 1e-6);
  });

  test("the upper tail of chi-square is that of F with many denominator degrees of freedom", () => {
    expectRelative(chiSquareUpper(12, 5), fUpper(12 / 5, 5, 1e9), 1e-6);
  });
});
