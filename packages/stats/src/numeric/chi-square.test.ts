import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectAbsolute, expectRelative } from "../testing/compare.ts";
import { readFixture } from "../testing/read-csv.ts";
import { chiSquareUpper, incompleteGamma, noncentralChiSquareCdf } from "./chi-square.ts";

// A fixed seed: a failure found once stays found, and no run fails by chance.
fc.configureGlobal({ seed: 65279 });

describe("the chi-square laws", () => {
  test("the noncentral law agrees with R from no noncentrality to 900", () => {
    const { columns, nrows } = readFixture("noncentral-chi-square-r");
    const at = (name: string, row: number) => {
      const column = columns[name];
      return column.kind === "numeric" ? column.values[row] : Number.NaN;
    };
    for (let row = 0; row < nrows; row++) {
      const ours = noncentralChiSquareCdf(at("x", row), at("df", row), at("ncp", row));
      expectAbsolute(ours, at("cdf", row), 2e-12, `row ${row}`);
    }
  });

  test("without noncentrality it is the central law, in both tails", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        (df, share) => {
          const x = df * share;
          expectAbsolute(noncentralChiSquareCdf(x, df, 0), 1 - chiSquareUpper(x, df), 1e-12);
          expectAbsolute(noncentralChiSquareCdf(x, df, 1e-12), 1 - chiSquareUpper(x, df), 1e-11);
        },
      ),
    );
  });

  test("the incomplete gamma function of one is the exponential law", () => {
    for (const x of [1e-8, 0.3, 1, 2.5, 40]) expectRelative(incompleteGamma(1, x), -Math.expm1(-x), 1e-13);
    expect(incompleteGamma(3, 0)).toBe(0);
    expect(incompleteGamma(3, Number.POSITIVE_INFINITY)).toBe(1);
    expect(incompleteGamma(-1, 2)).toBeNaN();
    expect(noncentralChiSquareCdf(-1, 3, 2)).toBe(0);
    expect(noncentralChiSquareCdf(1, 3, -2)).toBeNaN();
  });

  test("the probability rises with x and falls with the noncentrality, far out as well", () => {
    expectAbsolute(noncentralChiSquareCdf(30000, 21, 30000), 0.476979718744777, 1e-10);
    expect(noncentralChiSquareCdf(100, 21, 30000)).toBe(0);
    expect(noncentralChiSquareCdf(90000, 21, 30000)).toBeCloseTo(1, 12);
  });

  test("the upper tail of chi-square keeps its digits for large statistics and many degrees of freedom, as R's", () => {
    // pchisq(x, df, lower.tail = FALSE) of R 4.2.2.
    expectRelative(chiSquareUpper(1600, 1500), 0.0360264467040266, 1e-11);
    expectRelative(chiSquareUpper(2000, 1900), 0.05420667388901861, 1e-11);
    expectRelative(chiSquareUpper(1400, 3), 2.945619361016318e-303, 1e-10);
    expectRelative(chiSquareUpper(0.001, 1), 0.9747728793699604, 1e-13);
    expect([chiSquareUpper(0, 4), chiSquareUpper(-1, 4), chiSquareUpper(Infinity, 2)]).toEqual([1, 1, 0]);
    expect(chiSquareUpper(Number.NaN, 3)).toBeNaN();
  });
});
