import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawPanel } from "../../power/draw.ts";
import { panelTable } from "../../power/panel-table.ts";
import { panelCovariance } from "../../power/population.ts";
import type { PanelTruth } from "../../power/truth.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn, takeRows } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { rows } from "../../testing/read-csv.ts";
import { fitSem } from "../sem/fit.ts";
import { estimate, problemModel, riclpmProblem } from "./estimate.ts";
import { riclpm } from "./fit.ts";
import { fixedAtZero, riclpmModel } from "./model.ts";
import { type RiclpmOptions, riclpmSettings } from "./options.ts";
import { reducedRows } from "./reduced.ts";
import type { RiclpmFit } from "./result.ts";
import { setupRiclpm } from "./setup.ts";

const TRUTH: PanelTruth = {
  waves: 4,
  icc: 0.5,
  autoregression: { x: 0.3, y: 0.2 },
  xToY: -0.1,
  yToX: 0.05,
  withinCorrelation: -0.2,
  betweenCorrelation: -0.3,
  dropout: { share: 0.3, onOutcome: 0.3 },
};
const LONG = { x: "x", y: "y", id: "id", time: "wave" } as const;
const QUICK = { lags: "equal", tests: false } as const;

function drawn(seed: number, people = 250, truth = TRUTH): Table {
  return panelTable(drawPanel(truth, people, createRandom(seed)));
}

function numeric(table: Table, name: string): NumericColumn {
  const column = table.columns[name];
  if (column.kind !== "numeric") throw new Error(`${name} is not numeric`);
  return column;
}

function withColumn(table: Table, name: string, values: ArrayLike<number>): Table {
  return createTable({ ...table.columns, [name]: numericColumn(values) });
}

function fitted(table: Table, options: RiclpmOptions = QUICK): RiclpmFit {
  return riclpm(LONG, rows(table), options);
}

function expectSame(one: RiclpmFit, other: RiclpmFit, tolerance: number): void {
  expectRelative(one.logLik, other.logLik, tolerance, "logLik");
  for (const [i, row] of one.parameters.entries()) {
    const scale = other.parameters[i].stdError ?? 1;
    expectAbsolute(
      (row.estimate - other.parameters[i].estimate) / scale,
      0,
      tolerance * 1e3,
      `${row.lhs}${row.op}${row.rhs}`,
    );
  }
}

describe("the fit does not depend on how the data are written", () => {
  test("not on the order of the rows, nor on whether ids are numbers or text in any script", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const table = drawn(seed);
        const random = createRandom(seed).fork("order");
        const order = Int32Array.from({ length: table.nrows }, (_, i) => i);
        for (let i = order.length - 1; i > 0; i--) {
          const j = random.integer(i + 1);
          [order[i], order[j]] = [order[j], order[i]];
        }
        const columns = Object.fromEntries(
          Object.entries(table.columns).map(([name, column]) => [name, takeRows(column, order)]),
        );
        const id = numeric(table, "id").values;
        const text = factorColumn(Array.from(order, (row) => `человек ${id[row]} 🏃`));
        expectSame(fitted(createTable({ ...columns, id: text })), fitted(table), 1e-9);
      }),
      { numRuns: 8 },
    );
  });

  test("not on the units: paths scale, and the fit of the model stays", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1e-6, 0.01, 100, 1e8),
        fc.constantFrom(0, -5, 2013),
        fc.integer({ min: 1, max: 1000 }),
        (scale, shift, seed) => {
          const table = drawn(seed);
          const x = numeric(table, "x").values.map((value) => scale * (value + shift));
          const [plain, scaled] = [fitted(table), fitted(withColumn(table, "x", x))];
          expectAbsolute(scaled.chiSquare, plain.chiSquare ?? Number.NaN, 1e-5, "chi-square");
          const path = (fit: RiclpmFit) =>
            fit.parameters.find(({ lhs, rhs }) => lhs === "wy2" && rhs === "wx1");
          const error = path(plain)?.stdError ?? 1;
          expectAbsolute(
            ((path(scaled)?.estimate ?? 0) * scale - (path(plain)?.estimate ?? 1)) / error,
            0,
            1e-4,
            "path",
          );
          expectAbsolute(
            path(scaled)?.standardized ?? 0,
            path(plain)?.standardized ?? 1,
            1e-6,
            "standardised",
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  test("not on whether it is long or wide", () => {
    const panel = drawPanel(TRUTH, 250, createRandom(7));
    const names = (series: string) => [1, 2, 3, 4].map((wave) => `${series}${wave}`);
    const wide = createTable(
      Object.fromEntries([
        ...names("x").map((name, t) => [name, numericColumn(panel.x[t])]),
        ...names("y").map((name, t) => [name, numericColumn(panel.y[t])]),
      ]),
    );
    const fit = riclpm({ x: names("x"), y: names("y") }, rows(wide), QUICK);
    expectSame(fit, fitted(panelTable(panel)), 1e-9);
  });
});

describe("identities", () => {
  test("random intercepts held at zero give the cross-lagged panel model", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const table = drawn(seed);
        const problem = riclpmProblem(reducedRows(setupRiclpm(LONG, rows(table))), riclpmSettings(QUICK));
        const held = fixedAtZero(
          problemModel(problem),
          ({ lhs, op, rhs }) => op === "~~" && (lhs.startsWith("RI") || rhs.startsWith("RI")),
        );
        const zero = estimate(problem, held).fit;
        const clpm = fitted(table, { ...QUICK, randomIntercepts: false });
        expectRelative(zero.logLik, clpm.logLik, 1e-9, "logLik");
        expect(zero.df).toBe(clpm.df);
      }),
      { numRuns: 6 },
    );
  });

  test("two identical groups give the estimates of one, twice the chi-square and no difference", () => {
    const table = drawn(11);
    const twice = (column: NumericColumn, second: (value: number) => number) =>
      numericColumn([...column.values, ...column.values.map(second)]);
    const same = (value: number) => value;
    const double = createTable({
      id: twice(numeric(table, "id"), (id) => id + 10_000),
      wave: twice(numeric(table, "wave"), same),
      x: twice(numeric(table, "x"), same),
      y: twice(numeric(table, "y"), same),
      half: factorColumn([...new Array(table.nrows).fill("one"), ...new Array(table.nrows).fill("two")]),
    });
    const single = fitted(table);
    const both = riclpm({ ...LONG, group: "half" }, rows(double), { lags: "equal" });
    expectAbsolute(both.chiSquare, 2 * (single.chiSquare ?? 0), 1e-5);
    expect(both.groups).toEqual([
      { label: "one", nobs: single.nobs },
      { label: "two", nobs: single.nobs },
    ]);
    for (const [i, row] of single.parameters.entries()) {
      const [one, two] = [both.parameters[i], both.parameters[i + single.parameters.length]];
      expectAbsolute(one.estimate, row.estimate, 1e-6);
      expectAbsolute(two.estimate, row.estimate, 1e-6);
    }
    const overGroups = both.tests.filter(({ name }) => name.endsWith("over groups"));
    expect(overGroups.map(({ method }) => method)).toContain("likelihood-ratio");
    for (const test of overGroups) expectAbsolute(test.statistic, 0, 1e-6, test.name);
  });

  test("the table fitted to a population's moments gives the population's paths", () => {
    const truth = { ...TRUTH, waves: 5 };
    const model = riclpmModel({ lags: "equal", residuals: "equal" }, truth.waves);
    const patterns = [
      {
        observed: Int32Array.from({ length: 10 }, (_, i) => i),
        count: 1000,
        mean: new Float64Array(10),
        covariance: panelCovariance(truth),
      },
    ];
    const data = [{ label: "", nobs: 1000, droppedEmpty: 0, droppedCovariate: 0, patterns }];
    const fit = fitSem(model, data, { se: "expected", level: 0.95 });
    const path = (lhs: string, rhs: string) => {
      const row = model.parameters.find((one) => one.op === "~" && one.lhs === lhs && one.rhs === rhs);
      return fit.estimates[row?.free ?? 0];
    };
    expectAbsolute(path("wx2", "wx1"), truth.autoregression.x, 1e-7);
    expectAbsolute(path("wy2", "wy1"), truth.autoregression.y, 1e-7);
    expectAbsolute(path("wy2", "wx1"), truth.xToY, 1e-7);
    expectAbsolute(path("wx2", "wy1"), truth.yToX, 1e-7);
    expectAbsolute(fit.chiSquare, 0, 1e-8);
  });
});

describe("what the series share at later waves", () => {
  const correlation = (fit: RiclpmFit, wave: number): number =>
    fit.parameters.find(({ lhs, op, rhs }) => lhs === `wx${wave}` && op === "~~" && rhs === `wy${wave}`)
      ?.standardized ?? Number.NaN;

  test("is the mean of the residual correlations after the first wave", () => {
    const fit = fitted(drawn(31));
    const [found] = fit.laterCorrelations;
    const mean = (correlation(fit, 2) + correlation(fit, 3) + correlation(fit, 4)) / 3;
    expectRelative(found.estimate, mean, 1e-12, "mean");
    expect(found.lower).toBeLessThan(found.estimate);
    expect(found.upper).toBeGreaterThan(found.estimate);
    expect(found.estimate).toBeLessThan(0);
  });

  test("is given for each group, and is turned by turning one series", () => {
    const table = drawn(32, 300);
    const half = factorColumn(
      Array.from({ length: table.nrows }, (_, row) => (row < table.nrows / 2 ? "a" : "b")),
    );
    const grouped = createTable({ ...table.columns, half });
    const turned = withColumn(
      table,
      "y",
      numeric(table, "y").values.map((value) => -value),
    );
    const both = riclpm({ ...LONG, group: "half" }, rows(grouped), QUICK);
    expect(both.laterCorrelations.map(({ group }) => group)).toEqual(["a", "b"]);
    expectAbsolute(
      fitted(turned).laterCorrelations[0].estimate + fitted(table).laterCorrelations[0].estimate,
      0,
      1e-5,
      "turned",
    );
  });
});
