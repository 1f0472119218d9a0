import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choleskyInto, logDetFromCholesky } from "../../linalg/cholesky.ts";
import { invertPositive } from "../../linalg/dense.ts";
import { createTable, factorColumn, numericColumn } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { expectRelative } from "../../testing/compare.ts";
import { fitOf, numbers, panel } from "../../testing/panel.ts";
import { rows, withColumns } from "../../testing/read-csv.ts";
import { lmm, lmmDetails } from "./fit.ts";
import { residualMatrix } from "./residual.ts";
import type { CorrelatedType } from "./residual-options.ts";
import type { LmmFit } from "./result.ts";

const TYPES: readonly CorrelatedType[] = ["ar1", "car1", "toeplitz", "unstructured", "variances"];
/** -2 logLik by ML, written out for dense matrices from nothing but the fit and the rows. */
function plainDeviance(fit: LmmFit, table: Table): number {
  const [id, wave, x, y] = ["id", "wave", "x", "y"].map((name) => numbers(table, name));
  let deviance = 0;
  for (const person of new Set(id)) {
    const own = [...id.keys()].filter((i) => id[i] === person);
    const n = own.length;
    const v = residualMatrix(
      fit.residual,
      own.map((i) => wave[i]),
    ).map((value) => value * fit.sigma ** 2);
    for (const block of fit.random) {
      const z = own.map((i) => block.terms.map((term) => (term === "(Intercept)" ? 1 : wave[i])));
      for (let e = 0; e < n * n; e++) {
        const [left, right] = [z[Math.floor(e / n)], z[e % n]];
        for (const [r, a] of left.entries()) {
          for (const [t, b] of right.entries()) v[e] += a * block.covariance[r][t] * b;
        }
      }
    }
    const lower = new Float64Array(n * n);
    choleskyInto(lower, v, n);
    const inverse = invertPositive(v, n) ?? new Float64Array(n * n);
    const beta = fit.fixed.map(({ estimate }) => estimate);
    const left = own.map((i) => y[i] - beta[0] - beta[1] * x[i] - beta[2] * wave[i]);
    const quadratic = inverse.reduce(
      (sum, value, e) => sum + value * left[Math.floor(e / n)] * left[e % n],
      0,
    );
    deviance += n * Math.log(2 * Math.PI) + logDetFromCholesky(lower, n) + quadratic;
  }
  return deviance;
}

describe.each(TYPES)("a mixed model with residuals of type %s", (type) => {
  const table = panel({ seed: 11, people: 60, waves: 4, phi: 0.5 });

  test("reports the likelihood of the covariance that it reports", () => {
    const marginal = fitOf(table, type, "y ~ x + wave", { method: "ml" });
    expect(marginal.converged).toBe(true);
    expectRelative(plainDeviance(marginal, table), marginal.deviance, 1e-9);
    if (type === "unstructured" || type === "toeplitz") return;
    const mixed = fitOf(table, type, "y ~ x + wave + (1 + wave | id)", { method: "ml" });
    expectRelative(plainDeviance(mixed, table), mixed.deviance, 1e-9);
  });

  test("does not depend on the order of rows or the names of people", () => {
    const order = [...numbers(table, "y").keys()].sort((a, b) => Math.sin(a * 12.9) - Math.sin(b * 12.9));
    const shuffled = createTable(
      Object.fromEntries(
        ["id", "wave", "x", "y"].map((name) => [
          name,
          numericColumn(order.map((row) => numbers(table, name)[row])),
        ]),
      ),
    );
    const named = createTable({
      ...shuffled.columns,
      id: factorColumn(Array.from(numbers(shuffled, "id"), (id) => `Å ${100 - id}`)),
    });
    expectSame(fitOf(named, type), fitOf(table, type));
  });

  test("follows the outcome into other units", () => {
    const other = withColumns(table, { y: (value) => 1e6 + 1e-4 * value("y") });
    const [a, b] = [fitOf(other, type), fitOf(table, type)];
    expectRelative(a.sigma, 1e-4 * b.sigma, 1e-6);
    a.residual.parameters.forEach((value, k) => {
      expect(Math.abs(value - b.residual.parameters[k])).toBeLessThan(1e-5);
    });
    expectRelative(a.fixed[1].estimate, 1e-4 * b.fixed[1].estimate, 1e-6);
  });

  test("gives the same answer for calendar years", () => {
    const years = withColumns(table, { year: (value) => 2005 + value("wave") });
    const formula = (time: string) =>
      type === "variances" ? `y ~ x + ${time} + (1 + ${time} | id)` : `y ~ x + ${time}`;
    const [a, b] = [
      fitOf(years, type, formula("year"), { time: "year" }),
      fitOf(table, type, formula("wave")),
    ];
    expectRelative(a.deviance, b.deviance, 1e-9);
    expectRelative(a.fixed[2].estimate, b.fixed[2].estimate, 1e-6);
    expectRelative(a.fixed[2].stdError, b.fixed[2].stdError, 1e-6);
    expectRelative(a.fixed[2].df, b.fixed[2].df ?? 0, 1e-4);
  });
});

function expectSame(a: LmmFit, b: LmmFit): void {
  expectRelative(a.deviance, b.deviance, 1e-9);
  a.fixed.forEach(({ estimate, stdError, df }, j) => {
    expectRelative(estimate, b.fixed[j].estimate, 1e-6);
    expectRelative(stdError, b.fixed[j].stdError, 1e-6);
    expectRelative(df, b.fixed[j].df ?? 0, 1e-4);
  });
  a.residual.parameters.forEach((value, k) => {
    expect(Math.abs(value - b.residual.parameters[k])).toBeLessThan(1e-5);
  });
}

describe("AR(1) and CAR(1)", () => {
  test("are the same for whole waves and a positive correlation", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const table = panel({ seed, people: 50, waves: 5, phi: 0.6, level: 0 });
        expectSame(fitOf(table, "ar1"), fitOf(table, "car1"));
      }),
      { numRuns: 8 },
    );
  });

  test("respect gaps: a correlation of waves 1 and 3 is that of neighbours squared", () => {
    const { residual } = fitOf(panel({ seed: 3, people: 50, waves: 4, phi: 0.6 }), "ar1");
    expect(residualMatrix(residual, [1, 3])[1]).toBeCloseTo(residual.parameters[0] ** 2, 12);
  });

  test("find a negative correlation with AR(1)", () => {
    const { residual } = fitOf(panel({ seed: 3, people: 80, waves: 5, phi: -0.6, level: 0 }), "ar1");
    expect(residual.parameters[0]).toBeLessThan(-0.4);
    expect(residual.upper[0]).toBeLessThan(0);
  });

  test.each([
    { unit: "quarters of a year", factor: 0.25 },
    { unit: "epoch seconds", factor: 91 * 86400 },
    { unit: "epoch milliseconds", factor: 91 * 86400 * 1000 },
  ])("CAR(1) is the same in $unit: phi of the new unit is phi^(1 / factor)", ({ factor }) => {
    const table = panel({ seed: 5, people: 60, waves: 5, phi: 0.5 });
    const other = withColumns(table, { time: (value) => 1e3 * factor + factor * value("wave") });
    const a = fitOf(other, "car1", "y ~ x + time + (1 | id)", { time: "time", method: "ml" });
    const b = fitOf(table, "car1", "y ~ x + wave + (1 | id)", { method: "ml" });
    expectRelative(a.deviance, b.deviance, 1e-9);
    expectRelative(a.residual.range ?? 0, factor * (b.residual.range ?? 0), 1e-5);
    expectRelative(a.residual.parameters[0], b.residual.parameters[0] ** (1 / factor), 1e-5);
    expectRelative(a.residual.lower[0], (b.residual.lower[0] ?? 0) ** (1 / factor), 1e-4);
    expectRelative(a.fixed[1].estimate, b.fixed[1].estimate, 1e-6);
    expectRelative(a.fixed[1].df, b.fixed[1].df ?? 0, 1e-4);
  });

  test("one person's series has a correlation and no random part", () => {
    const series = panel({ seed: 9, people: 1, waves: 200, phi: 0.6, level: 0 });
    const fit = fitOf(series, "ar1");
    expect(fit.estimator).toBe("lmm");
    expect(fit.random).toEqual([]);
    expect(fit.warnings).toEqual([]);
    expect(Math.abs(fit.residual.parameters[0] - 0.6)).toBeLessThan(0.15);
  });
});

describe("details of a model with a residual structure", () => {
  const table = panel({ seed: 13, people: 40, waves: 4, phi: 0.5 });
  const options = { time: "wave", residual: { type: "ar1" } } as const;

  test("are modes for every person, and fitted values that leave the residuals", () => {
    const { fit, ranef, fitted } = lmmDetails("y ~ x + wave + (1 | id)", rows(table), options);
    expect(ranef[0].levels.length).toBe(fit.ngroups.id);
    fitted.forEach(({ row, fitted: value, residual }) => {
      expect(value + residual).toBeCloseTo(numbers(table, "y")[row], 10);
    });
  });

  test("a random slope of no variance is reported as exactly 0", () => {
    const fit = lmm(
      "y ~ x + wave + (1 + x | id)",
      rows(panel({ seed: 3, people: 40, waves: 4, phi: 0.5 })),
      options,
    );
    expect(fit.singular).toBe(true);
    expect(fit.converged).toBe(true);
  });

  test("two people are enough, with the warning that groups are few", () => {
    const fit = lmm("y ~ x + (1 | id)", rows(panel({ seed: 3, people: 2, waves: 8, phi: 0.5 })), options);
    expect(fit.warnings.map(({ code }) => code)).toContain("lmm.few-groups");
  });
});

describe("structures that are the same model", () => {
  const two = panel({ seed: 21, people: 40, waves: 2, phi: 0.7, missed: 0.1 });

  test("with two waves Toeplitz, AR(1) and a random intercept agree to the degrees of freedom", () => {
    const intercept = lmm("y ~ x + wave + (1 | id)", rows(two));
    for (const type of ["ar1", "toeplitz"] as const) {
      const fit = fitOf(two, type);
      expectRelative(fit.deviance, intercept.deviance, 1e-9);
      expect(fit.nparameters).toBe(intercept.nparameters);
      const shared = (intercept.random[0].covariance[0][0] ?? 0) / fit.sigma ** 2;
      expect(fit.residual.parameters[0]).toBeCloseTo(shared, 5);
      fit.fixed.forEach(({ df }, j) => {
        expectRelative(df, intercept.fixed[j].df ?? 0, 1e-4);
      });
    }
  });

  test("with two waves an unstructured covariance is a random intercept with a variance for each wave", () => {
    const unstructured = fitOf(two, "unstructured");
    const variances = fitOf(two, "variances", "y ~ x + wave + (1 | id)");
    expectRelative(unstructured.deviance, variances.deviance, 1e-9);
    expect(unstructured.nparameters).toBe(variances.nparameters);
    expect(variances.warnings).toEqual([]);
  });

  test("an unstructured covariance is not changed by naming the waves in another order", () => {
    const table = panel({ seed: 2, people: 50, waves: 3, phi: 0.4 });
    const turned = withColumns(table, { code: (value) => 4 - value("wave") });
    const [a, b] = [
      fitOf(turned, "unstructured", "y ~ x + wave", { time: "code" }),
      fitOf(table, "unstructured"),
    ];
    expectRelative(a.deviance, b.deviance, 1e-9);
    const [pair12, pair13, pair23] = b.residual.parameters;
    [pair23, pair13, pair12].forEach((value, k) => {
      expect(a.residual.parameters[k]).toBeCloseTo(value, 5);
    });
  });

  test("on balanced data the unstructured mean of a wave has as many degrees of freedom as people less one", () => {
    const table = panel({ seed: 31, people: 24, waves: 3, phi: 0.4, missed: 0 });
    const fit = fitOf(table, "unstructured", "y ~ 0 + factor(wave)");
    for (const { df } of fit.fixed) expectRelative(df, 23, 1e-3);
  });
});

test("residualMatrix of an unstructured covariance has the SDs and correlations of the fit", () => {
  const { residual } = fitOf(panel({ seed: 6, people: 50, waves: 3, phi: 0.5 }), "unstructured");
  const matrix = residualMatrix(residual, [1, 3]);
  const [, ratio2, ratio3] = residual.stdDevRatio ?? [];
  expect(ratio2).toBeGreaterThan(0);
  expect(matrix[0]).toBe(1);
  expect(matrix[3]).toBeCloseTo(ratio3 ** 2, 12);
  expect(matrix[1]).toBeCloseTo(residual.parameters[1] * ratio3, 12);
});
