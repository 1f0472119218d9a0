import fCdfOfStdlib from "@stdlib/stats-base-dists-f-cdf";
import normalCdfOfStdlib from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantileOfStdlib from "@stdlib/stats-base-dists-normal-quantile";
import tCdfOfStdlib from "@stdlib/stats-base-dists-t-cdf";
import tQuantileOfStdlib from "@stdlib/stats-base-dists-t-quantile";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectRelative } from "../testing/compare.ts";
import { readFixture } from "../testing/read-csv.ts";
import { chiSquareUpper } from "./chi-square.ts";
import { fCdf, fUpper, normalCdf, normalQuantile, tCdf, tQuantile, twoSidedP } from "./distributions.ts";

// A fixed seed: a failure found once stays found, and no run fails by chance.
fc.configureGlobal({ seed: 65279 });

const laws: Readonly<Record<string, (x: number, df1: number, df2: number) => number>> = {
  t: tCdf,
  qt: tQuantile,
  norm: normalCdf,
  qnorm: normalQuantile,
  f: fUpper,
};

describe("distributions", () => {
  test("agree with R over tails from 1e-200 up and degrees of freedom from 1 to a million", () => {
    const { columns, nrows } = readFixture("distributions-r");
    const { law } = columns;
    const at = (name: string, row: number) => {
      const column = columns[name];
      return column.kind === "numeric" ? column.values[row] : Number.NaN;
    };
    for (let row = 0; row < nrows; row++) {
      const name = law.kind === "factor" ? law.levels[law.codes[row]] : "";
      const [x, df1, df2] = [at("x", row), at("df1", row), at("df2", row)];
      // 1e-13 with up to 10,000 degrees of freedom; beyond, and at p = 1e-185, R's own last digits differ.
      const tolerance = Math.max(df1, df2 || 0) > 1e4 || Math.abs(x) >= 30 ? 5e-13 : 1.5e-13;
      expectRelative(laws[name](x, df1, df2), at("value", row), tolerance, `${name}(${x}, ${df1}, ${df2})`);
    }
    expect(nrows).toBe(308);
  });

  test("agree with another library of JavaScript wherever it keeps its digits", () => {
    const df = fc.double({ min: 1, max: 3e4, noNaN: true });
    const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    fc.assert(
      fc.property(df, fc.double({ min: -9, max: 9, noNaN: true }), p, (v, x, share) => {
        expectRelative(tCdf(x, v), tCdfOfStdlib(x, v), 1e-11);
        expectRelative(normalCdf(x), normalCdfOfStdlib(x, 0, 1), 1e-12);
        expectRelative(normalQuantile(share), normalQuantileOfStdlib(share, 0, 1), 1e-9);
        expectRelative(tQuantile(share, v), tQuantileOfStdlib(share, v), 1e-9);
        const f = 0.01 + Math.abs(x);
        expectRelative(fCdf(f, 3, v), fCdfOfStdlib(f, 3, v), 1e-10);
      }),
    );
  });

  test("what cannot be: NaN stays NaN, and the ends are the ends", () => {
    expect([tCdf(Number.NaN, 5), normalCdf(Number.NaN), tQuantile(1.2, 5), normalQuantile(-1)]).toEqual([
      ...[Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    ]);
    expect([tQuantile(0, 3), tQuantile(0.5, 3), tQuantile(1, 3)]).toEqual([-Infinity, 0, Infinity]);
    expect([twoSidedP(0, 12), twoSidedP(Infinity, 12), tCdf(0, 3)]).toEqual([1, 0, 0.5]);
  });

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
