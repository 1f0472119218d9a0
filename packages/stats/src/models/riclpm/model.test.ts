import { describe, expect, test } from "vitest";
import type { SemModel } from "../sem/model.ts";
import { fixedAtZero, type RiclpmStructure, riclpmModel } from "./model.ts";

function freeCount({ parameters }: SemModel): number {
  return new Set(parameters.flatMap(({ free }) => (free === null ? [] : [free]))).size;
}

function df(structure: RiclpmStructure, waves: number, groups = 1): number {
  const variables = 2 * waves;
  return (groups * variables * (variables + 3)) / 2 - freeCount(riclpmModel(structure, waves));
}

describe("the parameter table", () => {
  test("leaves 1 degree of freedom with three waves and 21 with five, all free", () => {
    expect([df({}, 3), df({}, 5)]).toEqual([1, 21]);
  });

  test("counts what equal lags, residuals and means save", () => {
    expect(df({ lags: "equal" }, 5)).toBe(33);
    expect(df({ lags: "equal", residuals: "equal" }, 5)).toBe(42);
    expect(df({ lags: "equal", residuals: "equal", means: "equal" }, 5)).toBe(50);
  });

  test("has three parameters fewer without random intercepts", () => {
    expect(df({ randomIntercepts: false }, 5)).toBe(24);
  });

  test("holds over groups what it is told to hold, and nothing else", () => {
    const groups = ["f", "m"];
    expect(df({ lags: "equal", groups }, 5, 2)).toBe(66);
    expect(df({ lags: "equal", groups, equalAcrossGroups: ["lags"] }, 5, 2)).toBe(70);
    const all = ["lags", "residuals", "means", "first-wave", "random-intercepts"] as const;
    expect(freeCount(riclpmModel({ groups, equalAcrossGroups: all }, 5))).toBe(44);
  });

  test("adds slopes, their covariances and a line of means with linear growth", () => {
    expect(df({ lags: "equal", growth: "linear", means: "linear" }, 5)).toBe(32);
  });

  test("names variables as lavaan users do", () => {
    const model = riclpmModel({ covariates: ["age"] }, 3);
    expect(model.latent).toEqual(["RIx", "RIy", "wx1", "wx2", "wx3", "wy1", "wy2", "wy3"]);
    expect(model.observed).toEqual(["x1", "x2", "x3", "y1", "y2", "y3", "age"]);
    expect(model.fixedCovariates).toEqual(["age"]);
  });

  test("refuses two waves and thirteen", () => {
    for (const waves of [2, 13]) {
      expect(() => riclpmModel({}, waves)).toThrowError(/Expected 3 to 12 waves; found/);
    }
  });

  test("refuses more parameters than there are moments", () => {
    expect(() => riclpmModel({ growth: "linear", means: "linear" }, 3)).toThrowError(
      /Expected at most 27 parameters/,
    );
  });

  test("renumbers free parameters without gaps when some are fixed at zero", () => {
    const model = fixedAtZero(riclpmModel({}, 3), ({ lhs, op }) => op === "~~" && lhs.startsWith("RI"));
    const free = model.parameters.flatMap((row) => (row.free === null ? [] : [row.free]));
    expect([...new Set(free)].sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, i) => i));
  });
});
