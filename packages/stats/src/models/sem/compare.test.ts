import { describe, expect, test } from "vitest";
import { expectRelative } from "../../testing/compare.ts";
import { readFixture, readReference } from "../../testing/read-csv.ts";
import { freeIndex, riclpmTable, widen } from "../../testing/sem-models.ts";
import { type SemTest, semLrt, semWald } from "./compare.ts";
import { semData } from "./data.ts";
import { fitSem } from "./fit.ts";
import type { SemFit, SemModel, SemRows } from "./model.ts";

const { tests } = readReference<{ readonly tests: Readonly<Record<string, SemTest>> }>("sem-lavaan");
const wide = widen(readFixture("hunt_like"), {
  ...{ x: "ex", y: "pain_c", id: "id", wave: "wave", waves: [1, 2, 3, 4, 5] },
  constant: ["sex"],
});
const waves = { ...wide, names: wide.names.slice(0, 10), columns: wide.columns.slice(0, 10) };
const start = { vx: 3, vy: 1.5, mx: 3, my: 2 };
const free = riclpmTable({ waves: 5, start });
const equal = riclpmTable({ waves: 5, equalLags: true, start });

function fitted(model: SemModel, rows: SemRows, se: "observed" | "robust" = "observed"): SemFit {
  return fitSem(model, semData(rows), { se, level: 0.95, rows });
}

function expectTest(ours: SemTest | null, theirs: SemTest): void {
  expect(ours?.df).toBe(theirs.df);
  // The difference of two likelihoods that lavaan finds to about 1e-6.
  expectRelative(ours?.chiSquare ?? null, theirs.chiSquare, 1e-5);
  expectRelative(ours?.pValue ?? null, theirs.pValue, 1e-5);
}

describe("comparing fits", () => {
  test("the likelihood-ratio test of equal lags is lavaan's", () => {
    expectTest(semLrt(fitted(free, waves), fitted(equal, waves)), tests.plain);
  });

  test("with robust standard errors the difference is scaled as Satorra and Bentler do", () => {
    const test = semLrt(fitted(free, waves, "robust"), fitted(equal, waves, "robust"));
    expectTest(test, tests.scaled);
    expect(test?.scalingFactor).not.toBe(1);
  });

  test("the Wald test that lags are equal in two groups is lavaan's", () => {
    const groups = Int32Array.from(wide.columns[10]);
    const rows = { ...waves, groups, labels: ["women", "men"] };
    const model = riclpmTable({ waves: 5, equalLags: true, groups: ["women", "men"], start });
    const fit = fitted(model, rows);
    const constraints = ["wx2 ~ wx1", "wx2 ~ wy1", "wy2 ~ wx1", "wy2 ~ wy1"].map((path) => {
      const row = fit.estimates.map(() => 0);
      row[freeIndex(model, path, 0)] = 1;
      row[freeIndex(model, path, 1)] = -1;
      return row;
    });
    expectTest(semWald(fit, constraints), tests.wald);
    expect(semWald(fit, [...constraints, constraints[0]])).toBeNull();
    expect(semWald({ ...fit, vcov: null }, constraints)).toBeNull();
    expect(() => semWald(fit, [[1]])).toThrow(/a weight for each of 64 parameters; found 1/);
  });

  test("fits that are not nested, or not of the same rows, are refused", () => {
    const fit = fitted(equal, waves);
    expect(() => semLrt(fit, fit)).toThrow(/32 and 32 free parameters/);
    expect(() => semLrt(fit, fitted(free, waves))).toThrow(/32 and 44 free parameters/);
    expect(() => semLrt({ ...fitted(free, waves), nobs: 599 }, fit)).toThrow(/599 and 600 rows/);
    expect(() => semLrt(fitted(free, waves), { ...fit, converged: false })).toThrow(/did not converge/);
    expect(() => semLrt({ ...fitted(free, waves), logLik: -8000 }, fit)).toThrow(/larger likelihood/);
  });
});
