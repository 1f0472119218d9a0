import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTable, factorColumn, numericColumn } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { expectRelative } from "../../testing/compare.ts";
import { ordinalTable, reordered } from "../../testing/ordinal.ts";
import { rows } from "../../testing/read-csv.ts";
import { glmm } from "../glmm/fit.ts";
import { clmm } from "./fit.ts";
import type { CategoricalFit } from "./result.ts";

const truth = { people: 60, waves: 4, thresholds: [-1, 0.5, 2], effect: 0.7, sd: 1.5, seed: 11 };
const table = ordinalTable(truth);
const formula = "y ~ x + z + (1 | id)";
const fit = clmm(formula, rows(table));

function numbers(from: Table, name: string): Float64Array {
  return (from.columns[name] as NumericColumn).values;
}

function expectSame(a: CategoricalFit, b: CategoricalFit, tolerance = 1e-6): void {
  expectRelative(a.logLik, b.logLik, 1e-9);
  [...a.thresholds, ...a.fixed].forEach((row, k) => {
    const other = [...b.thresholds, ...b.fixed][k];
    expectRelative(row.estimate, other.estimate, tolerance, row.term);
    expectRelative(row.stdError, other.stdError, tolerance, row.term);
  });
  a.theta.forEach((value, k) => {
    expectRelative(value, b.theta[k], tolerance);
  });
}

describe("a cumulative mixed model gives the same answer", () => {
  test("whatever the order of the rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        expectSame(clmm(formula, rows(reordered(table, seed))), fit);
      }),
      { numRuns: 5 },
    );
  });

  test("whatever the labels of the people, with letters of any script", () => {
    const label = (id: number) => ["åse", "Ольга", "李", "O’Brien", " x", "🙂"][id % 6] + id;
    const id = factorColumn(Array.from(numbers(table, "id"), label));
    expectSame(clmm(formula, rows(createTable({ ...table.columns, id }))), fit);
  });

  test("in whatever units a predictor is measured, at a scale of 1e8 or as a calendar year", () => {
    fc.assert(
      fc.property(fc.constantFrom(1e-8, 1, 1e8), fc.constantFrom(0, 2013, -1e6), (scale, shift) => {
        const x = numericColumn(numbers(table, "x").map((value) => scale * (value + shift)));
        const scaled = clmm(formula, rows(createTable({ ...table.columns, x })));
        expectRelative(scaled.logLik, fit.logLik, 1e-9);
        expectRelative(scaled.fixed[0].estimate * scale, fit.fixed[0].estimate, 1e-6);
        expectRelative(scaled.fixed[0].stdError * scale, fit.fixed[0].stdError, 1e-6);
        expectRelative(scaled.theta[0], fit.theta[0], 1e-6);
      }),
      { numRuns: 9 },
    );
  });

  test("with the categories named in another way, and the opposite with them turned round", () => {
    const names = ["none", "mild", "moderate", "severe"];
    const y = factorColumn(
      Array.from(numbers(table, "y"), (code) => names[code]),
      names,
    );
    const named = clmm(formula, rows(createTable({ ...table.columns, y })));
    expectSame(named, fit);
    expect(named.levels).toEqual(names);
    expect(named.thresholds[0].term).toBe("none|mild");
    const turned = numericColumn(numbers(table, "y").map((code) => 3 - code));
    const opposite = clmm(formula, rows(createTable({ ...table.columns, y: turned })));
    expectRelative(opposite.fixed[0].estimate, -fit.fixed[0].estimate, 1e-6);
    expectRelative(opposite.thresholds[0].estimate, -fit.thresholds[2].estimate, 1e-6);
  });

  test("with 9 nodes and with 25, to the accuracy of the integral", () => {
    const fine = clmm(formula, rows(table), { nodes: 25 });
    expectRelative(fit.logLik, fine.logLik, 1e-6);
    expectRelative(fit.fixed[0].estimate, fine.fixed[0].estimate, 1e-4);
  });

  test("with a random slope whose column is shifted, since the intercept takes the shift", () => {
    const data = ordinalTable({ ...truth, people: 150, waves: 6, slopeSd: 0.8 });
    const slope = clmm("y ~ x + (1 + x | id)", rows(data), { nodes: 5 });
    const x = numericColumn(numbers(data, "x").map((value) => 10 * value + 3));
    const shifted = clmm("y ~ x + (1 + x | id)", rows(createTable({ ...data.columns, x })), { nodes: 5 });
    expectRelative(shifted.logLik, slope.logLik, 1e-9);
    expectRelative(shifted.random[0].stdDev[1] * 10, slope.random[0].stdDev[1], 1e-5);
    expectRelative((shifted.stdDevStdError[0][1] ?? 0) * 10, slope.stdDevStdError[0][1] ?? 0, 1e-4);
    const { covariance } = shifted.random[0];
    const intercept = covariance[0][0] + 6 * covariance[0][1] + 9 * covariance[1][1];
    expectRelative(Math.sqrt(intercept), slope.random[0].stdDev[0], 1e-5);
  });
});

test("with two categories it is the logistic mixed model, with threshold and intercept of opposite signs", () => {
  const two = ordinalTable({ ...truth, thresholds: [0.3] });
  const cumulative = clmm(formula, rows(two));
  const logistic = glmm(formula, rows(two));
  expectRelative(cumulative.logLik, logistic.logLik, 1e-10);
  expectRelative(-cumulative.thresholds[0].estimate, logistic.fixed[0].estimate, 1e-6);
  expectRelative(cumulative.thresholds[0].stdError, logistic.fixed[0].stdError, 1e-6);
  expectRelative(cumulative.fixed[0].estimate, logistic.fixed[1].estimate, 1e-6);
  expect(logistic.family).toBe("binomial");
  expect(logistic.levels).toEqual(["0", "1"]);
});

test("with many people the truth is found again", () => {
  const many = clmm(formula, rows(ordinalTable({ ...truth, people: 1500, seed: 5 })));
  const { estimate, stdError } = many.fixed[0];
  expect(Math.abs(estimate - 0.7) / stdError).toBeLessThan(4);
  expect(Math.abs(many.random[0].stdDev[0] - 1.5) / (many.stdDevStdError[0][0] ?? 0)).toBeLessThan(4);
});

test("a fit is plain data", () => {
  expect(structuredClone(fit)).toEqual(fit);
  expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
});
