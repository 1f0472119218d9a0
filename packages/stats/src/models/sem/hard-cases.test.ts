import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { expectRelative } from "../../testing/compare.ts";
import { modelOf, riclpmTable, type TableRow } from "../../testing/sem-models.ts";
import { semData } from "./data.ts";
import { fitSem } from "./fit.ts";
import type { SemFit, SemModel, SemRows, SemStdErrors } from "./model.ts";

const start = { vx: 2, vy: 2, mx: 0, my: 0 };

/** Rows of named columns made person by person. */
function rowsOf(names: readonly string[], people: number, person: (i: number) => readonly number[]): SemRows {
  const values = Array.from({ length: people }, (_, i) => person(i));
  const columns = names.map((_, j) => Float64Array.from(values, (row) => row[j]));
  return { names, columns, groups: new Int32Array(people), labels: [""] };
}

function waves(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, t) => `${letter}${t + 1}`);
}

/** A panel of x and y with traits of the given variance. */
function panel(people: number, count: number, traitStdDev = 1, seed = 3): SemRows {
  const random = createRandom(seed);
  return rowsOf([...waves("x", count), ...waves("y", count)], people, () => {
    const traits = [traitStdDev * random.normal(), traitStdDev * random.normal()];
    return traits.flatMap((trait) => Array.from({ length: count }, () => trait + random.normal()));
  });
}

function fitted(model: SemModel, rows: SemRows, se: SemStdErrors = "observed"): SemFit {
  return fitSem(model, semData(rows, { fixedCovariates: model.fixedCovariates }), { se, level: 0.95, rows });
}

function codes(fit: SemFit): string[] {
  return fit.warnings.map(({ code }) => code);
}

function without(rows: SemRows, missing: (column: number, row: number) => boolean): SemRows {
  const columns = rows.columns.map((values, j) => values.map((v, i) => (missing(j, i) ? Number.NaN : v)));
  return { ...rows, columns };
}

describe("improper solutions are reported as they are", () => {
  test("a trait that is not there gets a variance that may be negative, and a warning that names it", () => {
    const improper = Array.from({ length: 20 }, (_, seed) =>
      fitted(riclpmTable({ waves: 3, start }), panel(80, 3, 0, seed + 1)),
    ).filter((fit) => fit.converged && !fit.admissible);
    expect(improper.length).toBeGreaterThan(0);
    for (const fit of improper) {
      expect(codes(fit)).toContain("sem.improper");
      expect(fit.warnings[0].message).toMatch(/found (variance|correlation|covariance matrix) /);
      expect(fit.improper.every(({ value }) => Number.isFinite(value))).toBe(true);
      expect(fit.stdErrors).not.toBeNull();
    }
    expect(improper.some((fit) => fit.improper.some(({ kind }) => kind === "negative-variance"))).toBe(true);
  });

  test("a Heywood case: an indicator that its factor explains more than wholly", () => {
    // Correlations .9, .9 and .7 ask of the first indicator a communality of .9 * .9 / .7 = 1.16.
    const names = ["x1", "x2", "x3"];
    const covariance = Float64Array.of(1, 0.9, 0.9, 0.9, 1, 0.7, 0.9, 0.7, 1);
    const pattern = { observed: Int32Array.of(0, 1, 2), count: 200, mean: new Float64Array(3), covariance };
    const model = modelOf(
      names,
      ["f"],
      [
        ...names.map((name): TableRow => ["f", "=~", name, null, 0.8]),
        ...names.map((name): TableRow => [name, "~~", name, null, 0.5]),
        ...names.map((name): TableRow => [name, "~1", "", null, 0]),
        ["f", "~~", "f", 1, 1],
      ],
    );
    const group = { label: "", nobs: 200, droppedEmpty: 0, droppedCovariate: 0, patterns: [pattern] };
    const fit = fitSem(model, [group], { se: "observed", level: 0.95 });
    expect(fit.converged).toBe(true);
    expect(fit.improper).toHaveLength(1);
    expect(fit.improper[0]).toMatchObject({ kind: "negative-variance", variables: ["x1"] });
    expectRelative(fit.improper[0].value, 1 - (0.9 * 0.9) / 0.7, 1e-8);
  });
});

describe("missing values", () => {
  test("people who answered nothing are left out and counted", () => {
    const rows = without(panel(120, 3), (_, row) => row % 10 === 0);
    const fit = fitted(riclpmTable({ waves: 3, start }), rows);
    expect([fit.nobs, fit.droppedEmpty]).toEqual([108, 12]);
    expect(codes(fit)).toContain("sem.rows-dropped");
    expect(fit.warnings[0].message).toMatch(/found 12 rows with nothing observed/);
  });

  test("a wave that nobody answered is an error that names it", () => {
    const rows = without(panel(120, 3), (column) => column === 2);
    expect(() => fitted(riclpmTable({ waves: 3, start }), rows)).toThrow(/none of "x3"/);
  });

  test("two variables never seen together leave estimates and no test of fit", () => {
    const rows = without(panel(200, 4), (column, row) => (row % 2 === 0 ? column === 3 : column === 0));
    const fit = fitted(riclpmTable({ waves: 4, equalLags: true, start }), rows, "robust");
    expect(fit.converged).toBe(true);
    expect(fit.stdErrors?.every(Number.isFinite)).toBe(true);
    expect(codes(fit)).toContain("sem.saturated-not-identified");
    expect([fit.logLikSaturated, fit.chiSquare, fit.cfi, fit.rmsea, fit.srmr, fit.scalingFactor]).toEqual(
      Array(6).fill(null),
    );
  });

  test("a person without a covariate is left out and counted", () => {
    const random = createRandom(9);
    const base = panel(150, 3);
    const age = Float64Array.from({ length: 150 }, (_, i) =>
      i < 9 ? Number.NaN : 20 + 60 * random.uniform(),
    );
    const rows = { ...base, names: [...base.names, "age"], columns: [...base.columns, age] };
    const fit = fitted(riclpmTable({ waves: 3, covariates: ["age"], start }), rows);
    expect([fit.nobs, fit.droppedCovariate]).toEqual([141, 9]);
  });
});

describe("data that cannot carry the model", () => {
  test("a variable that is constant is an error, whatever its size", () => {
    for (const value of [0, 3, 1e9]) {
      const base = panel(60, 3);
      const columns = base.columns.map((column, j) => (j === 1 ? column.map(() => value) : column));
      expect(() => fitted(riclpmTable({ waves: 3, start }), { ...base, columns })).toThrow(/"x2" always /);
    }
  });

  test("a group of two people gives no test and no false certainty", () => {
    const base = panel(150, 3);
    const rows = {
      ...base,
      groups: Int32Array.from({ length: 150 }, (_, i) => (i < 2 ? 1 : 0)),
      labels: ["many", "two"],
    };
    const fit = fitted(riclpmTable({ waves: 3, equalLags: true, groups: ["many", "two"], start }), rows);
    expect(fit.nobsByGroup).toEqual([148, 2]);
    expect(fit.chiSquare).toBeNull();
    expect(codes(fit)).toContain("sem.saturated-not-identified");
    if (!fit.converged) expect(fit.stdErrors).toBeNull();
  });

  test("a model with more parameters than its data can tell apart has no standard errors", () => {
    // Two waves of a random-intercept model.
    const fit = fitted(riclpmTable({ waves: 2, start }), panel(200, 2));
    expect(codes(fit)).toContain("sem.not-identified");
    expect([fit.conditionNumber, fit.stdErrors, fit.vcov, fit.chiSquare]).toEqual([null, null, null, null]);
    expect(Number.isFinite(fit.logLik)).toBe(true);
  });

  test("nearly collinear variables are fitted, and exactly collinear ones not passed off as a fit", () => {
    const random = createRandom(5);
    const pair = (noise: number) =>
      rowsOf(["x1", "x2"], 100, () => {
        const x = random.normal();
        return [x, x + noise * random.normal()];
      });
    const model = modelOf(
      ["x1", "x2"],
      [],
      [
        ["x2", "~", "x1", null, 0.5],
        ["x1", "~~", "x1", null, 1],
        ["x2", "~~", "x2", null, 1],
        ["x1", "~1", "", null, 0],
        ["x2", "~1", "", null, 0],
      ],
    );
    const near = fitted(model, pair(1e-3));
    expect(near.converged).toBe(true);
    expectRelative(near.estimates[0], 1, 1e-3);
    const exact = fitted(model, pair(0));
    expect(exact.converged && exact.stdErrors !== null).toBe(false);
    expect(exact.warnings.length).toBeGreaterThan(0);
  });

  test("a covariate that does not vary is an error", () => {
    const base = panel(60, 3);
    const sex = new Float64Array(60).map((_, i) => i % 2);
    const model = riclpmTable({ waves: 3, covariates: ["a", "b"], start });
    const rows = {
      ...base,
      names: [...base.names, "a", "b"],
      columns: [...base.columns, sex, sex.map((v) => 1 - v)],
    };
    expect(() => fitted(model, rows)).toThrow(/a, b do not/);
  });
});

describe("tables and options that are not possible", () => {
  const rows = rowsOf(["x"], 20, (i) => [i % 5]);
  const table = (more: readonly TableRow[]) =>
    modelOf(["x"], [], [["x", "~~", "x", null, 1], ["x", "~1", "", null, 0], ...more]);

  test.each<[string, SemModel, RegExp]>([
    ["an unknown variable", table([["x", "~", "z", null, 0]]), /"z" in "x ~ z" in group 0/],
    ["a place twice", table([["x", "~~", "x", null, 1]]), /"x ~~ x" in group 0 twice/],
    ["a value that is none", table([["x", "~", "x", Number.NaN, 0]]), /found NaN/],
    [
      "no group",
      { ...table([]), groups: [], parameters: [] },
      /at least one group; found none|groups; found 1/,
    ],
    ["a variable twice", { ...table([]), latent: ["x"] }, /found "x" twice/],
    ["a covariate with a variance", { ...table([]), fixedCovariates: ["x"] }, /found "x" with a row/],
    ["a covariate not observed", { ...table([]), fixedCovariates: ["z"] }, /found "z" not observed/],
  ])("%s", (_, model, message) => {
    expect(() => fitSem(model, semData(rows), { se: "observed", level: 0.95 })).toThrow(message);
  });

  test("a model without free parameters is only a likelihood", () => {
    const fixed = modelOf(
      ["x"],
      [],
      [
        ["x", "~~", "x", 2, 2],
        ["x", "~1", "", 2, 2],
      ],
    );
    const fit = fitted(fixed, rows);
    expect([fit.converged, fit.df, fit.nparameters, fit.estimates]).toEqual([true, 2, 0, []]);
    // Twenty values 0..4, each four times, have mean 2 and variance 2.
    expectRelative(fit.logLik, -10 * (Math.log(2 * Math.PI * 2) + 1), 1e-12);
    expect(fit.chiSquare).toBeCloseTo(0, 8);
  });

  test("a fit is plain data", () => {
    const fit = fitted(riclpmTable({ waves: 3, start }), panel(100, 3), "robust");
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  });

  test("gaps in the numbers of free parameters", () => {
    const model = table([]);
    const parameters = model.parameters.map((p) => ({ ...p, free: (p.free ?? 0) * 2 }));
    expect(() => fitted({ ...model, parameters }, rows)).toThrow(
      /free indices without gaps; found none for 1/,
    );
  });

  test("rows and options", () => {
    const data = semData(rows);
    expect(() => fitSem(table([]), data, { se: "robust", level: 0.95 })).toThrow(/the rows of the data/);
    const renamed = { ...rows, names: ["z"] };
    expect(() => fitSem(table([]), data, { se: "robust", level: 0.95, rows: renamed })).toThrow(/found z/);
    expect(() => fitSem(table([]), data, { se: "observed", level: 95 })).toThrow(
      /level between 0 and 1; found 95/,
    );
    expect(() => fitSem(table([]), [...data, ...data], { se: "observed", level: 0.95 })).toThrow(/found 2/);
    expect(() => semData({ ...rows, names: [] })).toThrow(/a column for each of 0 names/);
    expect(() => semData({ ...rows, groups: new Int32Array(3) })).toThrow(/3 rows in each column/);
    expect(() => semData({ ...rows, groups: rows.groups.map(() => 1) })).toThrow(/groups below 1/);
    const infinite = rows.columns.map((column) => column.map((v) => 1 / v));
    expect(() => semData({ ...rows, columns: infinite })).toThrow(/an infinite one in "x"/);
  });

  test("a start value without variance is helped, a variable without any is an error", () => {
    const flat = modelOf(
      ["x"],
      [],
      [
        ["x", "~~", "x", null, 0],
        ["x", "~1", "", null, 0],
      ],
    );
    expect(fitted(flat, rows).converged).toBe(true);
    const none = modelOf(["x"], [], [["x", "~1", "", null, 0]]);
    expect(() => fitted(none, rows)).toThrow(/a positive definite covariance matrix/);
  });
});
