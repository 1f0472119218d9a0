import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn, takeRows } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, rows, withColumns } from "../../testing/read-csv.ts";
import { lmm } from "../lmm/fit.ts";
import { logistic, unitDeviance } from "./family.ts";
import { glm } from "./fit.ts";
import { glmPredict, glmResiduals } from "./predict.ts";

fc.configureGlobal({ seed: 65279 });

const seeds = fc.integer({ min: 1, max: 1_000_000 });

function simulated(seed: number, n = 120): Table {
  const random = createRandom(seed);
  const [x, z, y, binary]: number[][] = [[], [], [], []];
  for (let i = 0; i < n; i++) {
    x.push(random.normal());
    z.push(random.integer(3));
    const eta = 0.3 + 0.6 * x[i] - 0.4 * z[i];
    y.push(eta + random.normal());
    binary.push(random.uniform() < logistic(eta) ? 1 : 0);
  }
  return createTable({
    x: numericColumn(x),
    z: numericColumn(z),
    y: numericColumn(y),
    binary: numericColumn(binary),
  });
}

describe("a generalised linear model", () => {
  test("with a gaussian outcome is ordinary regression", () => {
    const table = simulated(1);
    const fit = glm("y ~ x + factor(z)", rows(table));
    const same = lmm("y ~ x + factor(z)", rows(table), { method: "ml" });
    fit.fixed.forEach((row, j) => {
      expectRelative(row.estimate, same.fixed[j].estimate, 1e-9);
      expectRelative(row.df, same.dfResidual, 0);
    });
    expectRelative(fit.logLik, same.logLik, 1e-10);
    expectRelative(fit.aic, same.aic, 1e-10);
  });

  test("with a binomial outcome makes the mean of the fitted probabilities that of the outcome", () => {
    const table = simulated(2);
    const fit = glm("binary ~ x + z", rows(table), { family: "binomial" });
    const residuals = glmResiduals(fit, rows(table));
    const sum = residuals.reduce((total, { residual }) => total + residual, 0);
    expectAbsolute(sum, 0, 1e-9);
    expect(fit.converged).toBe(true);
    expect(fit.dfMethod).toBe("none");
  });

  test("does not depend on the units of a predictor", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1e8, 1e-6), fc.constantFrom(0, 2013, 1.6e9), (seed, unit, zero) => {
        const table = withColumns(simulated(seed), { scaled: (value) => zero + unit * value("x") });
        const fit = glm("binary ~ x + z", rows(table), { family: "binomial" });
        const again = glm("binary ~ scaled + z", rows(table), { family: "binomial" });
        // Adding a large constant rounds the predictor itself.
        const tolerance = Math.max(1e-9, (1e-15 * zero) / unit);
        fc.pre(tolerance < 1e-3);
        expectRelative(again.fixed[1].estimate * unit, fit.fixed[1].estimate, 10 * tolerance);
        expectRelative(again.fixed[1].stdError * unit, fit.fixed[1].stdError, 10 * tolerance);
        expectRelative(again.deviance, fit.deviance ?? 0, 10 * tolerance);
      }),
      { numRuns: 20 },
    );
  });

  test("does not depend on the order of the rows", () => {
    const table = simulated(5);
    const back = Int32Array.from({ length: table.nrows }, (_, i) => table.nrows - 1 - i);
    const turned = createTable(
      Object.fromEntries(
        Object.entries(table.columns).map(([name, column]) => [name, takeRows(column, back)]),
      ),
    );
    const fit = glm("binary ~ x + z", rows(table), { family: "binomial" });
    const again = glm("binary ~ x + z", rows(turned), { family: "binomial" });
    fit.fixed.forEach((row, j) => {
      expectRelative(again.fixed[j].estimate, row.estimate, 1e-10);
    });
  });

  test("takes a whole weight as so many equal rows", () => {
    const table = withColumns(simulated(3), { times: (_, row) => 1 + (row % 3) });
    const repeated = Int32Array.from(
      Array.from({ length: table.nrows }, (_, row) => new Array<number>(1 + (row % 3)).fill(row)).flat(),
    );
    const long = createTable(
      Object.fromEntries(
        Object.entries(table.columns).map(([name, column]) => [name, takeRows(column, repeated)]),
      ),
    );
    const weighted = glm("binary ~ x + z", rows(table), { family: "binomial", weights: "times" });
    const counted = glm("binary ~ x + z", rows(long), { family: "binomial" });
    weighted.fixed.forEach((row, j) => {
      expectRelative(row.estimate, counted.fixed[j].estimate, 1e-9);
      expectRelative(row.stdError, counted.fixed[j].stdError, 1e-9);
    });
    expectRelative(weighted.logLik, counted.logLik ?? 0, 1e-10);
  });

  test("takes a text outcome of two levels, of which the second counts as 1", () => {
    const table = simulated(4);
    const texts = Array.from((table.columns.binary as { values: Float64Array }).values, (v) =>
      v === 1 ? "yes" : "no",
    );
    const worded = createTable({ ...table.columns, answer: factorColumn(texts) });
    const fit = glm("binary ~ x", rows(table), { family: "binomial" });
    const again = glm("answer ~ x", rows(worded), { family: "binomial" });
    expect(again.fixed[1].estimate).toBe(fit.fixed[1].estimate);
  });

  test("survives JSON and structuredClone", () => {
    const fit = glm("y ~ x", rows(simulated(6)));
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect(structuredClone(fit)).toEqual(fit);
  });
});

describe("perfect separation", () => {
  const separated = createTable({
    y: numericColumn([0, 0, 1, 1, 0, 1, 0, 0, 0]),
    group: factorColumn(["a", "a", "a", "a", "a", "a", "b", "b", "b"]),
    z: numericColumn([1, 0, 1, 0, 1, 1, 0, 0, 1]),
    step: numericColumn([0, 0, 5, 5, 0, 5, 0, 0, 0]),
  });

  test("of one level is named, and only its coefficient has no number", () => {
    const fit = glm("y ~ group + z", rows(separated), { family: "binomial" });
    expect(fit.warnings.map(({ code }) => code)).toEqual(["glm.separation"]);
    expect(fit.warnings[0].message).toContain("group[b]");
    expect(fit.converged).toBe(false);
    expect(fit.fixed[1].estimate).toBeNaN();
    expect(fit.fixed[1].stdError).toBeNaN();
    const alone = glm("y ~ z", rows(withoutLevelB()), { family: "binomial" });
    expectAbsolute(fit.fixed[0].estimate, alone.fixed[0].estimate, 1e-6);
    expectRelative(fit.fixed[0].stdError, alone.fixed[0].stdError, 1e-5);
  });

  function withoutLevelB(): Table {
    const first = Int32Array.from([0, 1, 2, 3, 4, 5]);
    return createTable(
      Object.fromEntries(
        Object.entries(separated.columns).map(([name, column]) => [name, takeRows(column, first)]),
      ),
    );
  }

  test("by a threshold leaves no coefficient with a number", () => {
    const fit = glm("y ~ step", rows(separated), { family: "binomial" });
    expect(fit.warnings.map(({ code }) => code)).toContain("glm.separation");
    expect(
      fit.fixed.every(({ estimate, stdError }) => Number.isNaN(estimate) && Number.isNaN(stdError)),
    ).toBe(true);
  });

  test("is not seen where one row overlaps", () => {
    const overlapping = createTable({
      y: numericColumn([0, 0, 0, 0, 1, 1, 1, 1]),
      x: numericColumn([1, 2, 3, 4.1, 4, 5, 6, 7]),
    });
    const fit = glm("y ~ x", rows(overlapping), { family: "binomial" });
    expect(fit.warnings).toEqual([]);
    expect(fit.converged).toBe(true);
  });
});

describe("glm refuses or warns", () => {
  const table = simulated(7);

  test.each([
    ["a random term", "y ~ x + (1 | z)", {}, "regression.random-term"],
    ["an outcome of three values", "z ~ x", { family: "binomial" }, "data.not-binary"],
    ["an unknown family", "y ~ x", { family: "poisson" }, "regression.option"],
    ["a weight of zero", "y ~ x", { weights: "z" }, "regression.weights"],
    ["nothing to estimate", "y ~ 0", {}, "regression.no-predictors"],
  ])("%s", (_, formula, options, code) => {
    expect(() => glm(formula, rows(table), options as object)).toThrowError(
      expect.objectContaining({ code }),
    );
  });

  test("a constant outcome", () => {
    const constant = withColumns(table, { same: () => 1 });
    expect(() => glm("same ~ x", rows(constant))).toThrowError(
      expect.objectContaining({ code: "regression.constant-outcome" }),
    );
  });

  test("an outcome that the predictors repeat", () => {
    const repeated = withColumns(table, { twice: (value) => 2 * value("x") + 1 });
    expect(() => glm("twice ~ x", rows(repeated))).toThrowError(
      expect.objectContaining({ code: "regression.perfect-fit" }),
    );
  });

  test("constant and repeated predictors, which it names and leaves out", () => {
    const doubled = withColumns(table, { one: () => 4, again: (value) => 3 - value("x") });
    const fit = glm("y ~ one + x + again", rows(doubled));
    expect(fit.dropped).toEqual(["one", "again"]);
    expect(fit.warnings.map(({ code }) => code)).toContain("regression.rank-deficient");
  });

  test("weights that are no counts, whose likelihood does not exist", () => {
    const weighted = withColumns(table, { w: (_, row) => 0.5 + (row % 2) });
    const fit = glm("binary ~ x", rows(weighted), { family: "binomial", weights: "w" });
    expect(fit.logLik).toBeNull();
    expect(fit.warnings.map(({ code }) => code)).toContain("glm.weights-not-counts");
  });

  test("several rows of one person", () => {
    const fit = glm("pain_o ~ ex", rows(readFixture("hunt_like")), { id: "id" });
    expect(fit.warnings.map(({ code }) => code)).toContain("lm.rows-not-independent");
  });
});

describe("predictions of a glm", () => {
  test("on the response scale are the probabilities of the log odds on the link scale", () => {
    const table = simulated(8);
    const fit = glm("binary ~ x + factor(z)", rows(table), { family: "binomial" });
    const response = glmPredict(fit, rows(table));
    const link = glmPredict(fit, rows(table), { scale: "link" });
    response.forEach((row, i) => {
      expectAbsolute(row.predicted, logistic(link[i].predicted), 1e-14);
      expectAbsolute(row.lower, logistic(link[i].lower ?? 0), 1e-14);
      expect((row.lower ?? 1) < row.predicted && row.predicted < (row.upper ?? 0)).toBe(true);
    });
  });

  test("keep to the rows used and name them", () => {
    const table = readFixture("hunt_like");
    const fit = glm("pain_o ~ ex + sex", rows(table));
    const predicted = glmPredict(fit, rows(table));
    expect(predicted).toHaveLength(fit.nobs);
    expect(predicted[1].row).toBe(2);
  });
});

test("the deviance of an outcome keeps its digits far from one half", () => {
  expectRelative(unitDeviance("binomial", 1, 40), 2 * Math.exp(-40), 1e-12);
  expectRelative(unitDeviance("binomial", 0, 800), 1600, 1e-12);
});
