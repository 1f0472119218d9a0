import { describe, expect, test } from "vitest";
import { contrast } from "../../inference/verbs.ts";
import { fitToJson } from "../../summary/fit-to-json.ts";
import { printFit } from "../../summary/print-fit.ts";
import { createTable, factorColumn, numericColumn, selectRows } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { expectRelative } from "../../testing/compare.ts";
import { ordinalTable } from "../../testing/ordinal.ts";
import { rows } from "../../testing/read-csv.ts";
import { glmm } from "../glmm/fit.ts";
import { clmm } from "./fit.ts";
import { clmmRanef } from "./ranef.ts";

const truth = { people: 50, waves: 4, thresholds: [-1, 0.5, 2], effect: 0.7, sd: 1.5, seed: 21 };
const table = ordinalTable(truth);
const codes = (fit: { readonly warnings: readonly { readonly code: string }[] }) =>
  fit.warnings.map(({ code }) => code);
const numbers = (name: string, from: Table = table) => (from.columns[name] as NumericColumn).values;
const with_ = (columns: Record<string, NumericColumn | ReturnType<typeof factorColumn>>) =>
  rows(createTable({ ...table.columns, ...columns }));

describe("an empty category", () => {
  const levels = ["0", "1", "2", "3", "4"];
  test("at the end is named, and the fit is that of the others", () => {
    const y = factorColumn(Array.from(numbers("y"), String), levels);
    const fit = clmm("y ~ x + (1 | id)", with_({ y }));
    expect(fit.emptyLevels).toEqual(["4"]);
    expect(codes(fit)).toEqual(["clmm.empty-category"]);
    expectRelative(fit.logLik, clmm("y ~ x + (1 | id)", rows(table)).logLik, 1e-10);
  });

  test("that no row of the table shows is noticed when codes are whole numbers", () => {
    const coded = (codes: readonly number[]) =>
      clmm("y ~ x + (1 | id)", with_({ y: numericColumn(numbers("y").map((code) => codes[code])) }));
    expect(coded([0, 1, 2, 4]).emptyLevels).toEqual(["3"]);
    expect(coded([0, 1, 2, 4]).thresholds[2].term).toBe("2|4");
    expect(coded([0, 10, 20, 30]).emptyLevels).toEqual([]);
    expect(coded([0.5, 1, 2, 4]).warnings).toEqual([]);
  });

  test("in the middle leaves a threshold named by its neighbours", () => {
    const shifted = Array.from(numbers("y"), (code) => String(code >= 2 ? code + 1 : code));
    const fit = clmm("y ~ x + (1 | id)", with_({ y: factorColumn(shifted, levels) }));
    expect(fit.emptyLevels).toEqual(["2"]);
    expect(fit.thresholds.map(({ term }) => term)).toEqual(["0|1", "1|3", "3|4"]);
    expect(fit.warnings[0].message).toContain('found none in "2"');
  });
});

describe("categories told apart perfectly", () => {
  test("by a predictor have a warning, no standard error, and no claim of convergence", () => {
    const x = numbers("y").map((code, i) => code + 0.1 * Math.sin(i));
    const fit = clmm("y ~ x", with_({ x: numericColumn(x) }));
    expect(codes(fit)[0]).toBe("clmm.separation");
    expect(fit.fixed[0].stdError).toBeNaN();
    expect(JSON.parse(JSON.stringify(fit)).fixed[0].stdError).toBeNull();
    expect(fit.converged).toBe(false);
  });

  test("by one level of a predictor leave only that one without a standard error", () => {
    const rare = numbers("y").map((code, i) => (code === 3 && i % 2 === 0 ? 1 : 0));
    const high = numericColumn(numbers("y").map((code) => (code === 3 ? 1 : 0)));
    const fit = glmm("high ~ x + rare", with_({ rare: numericColumn(rare), high }));
    expect(codes(fit)).toContain("glmm.separation");
    expect(fit.fixed.map(({ stdError }) => Number.isNaN(stdError))).toEqual([false, false, true]);
  });
});

describe("a random effect without variance", () => {
  // Everybody gives every answer once: people are more alike than chance allows.
  const drawn = ordinalTable({ ...truth, people: 40 });
  const y = numericColumn(numbers("wave", drawn).map((wave, i) => (wave + Math.floor(i / 4)) % 4));
  const flat = createTable({ ...drawn.columns, y });
  const fit = clmm("y ~ x + z + (1 | id)", rows(flat));
  const plain = clmm("y ~ x + z", rows(flat), { id: "id" });

  test("is exactly 0, singular, without a standard error", () => {
    expect(fit.singular).toBe(true);
    expect(fit.random[0].stdDev).toEqual([0]);
    expect(fit.stdDevStdError).toEqual([[null]]);
    expect(codes(fit)).toEqual(["clmm.singular"]);
    expect(fit.estimator).toBe("clmm");
  });

  test("leaves the cumulative regression without it", () => {
    expect(plain.estimator).toBe("clm");
    expect(plain.random).toEqual([]);
    expect(fit.logLik).toBe(plain.logLik);
    expect(fit.fixed).toEqual(plain.fixed);
    expect(fit.nparameters).toBe(plain.nparameters + 1);
    expect(codes(plain)).toEqual(["lm.rows-not-independent"]);
  });

  test("has modes of 0", () => {
    const [{ modes, conditionalStdDev }] = clmmRanef(fit, rows(flat));
    expect(modes.every(([mode]) => mode === 0)).toBe(true);
    expect(conditionalStdDev.every(([sd]) => sd === 0)).toBe(true);
  });

  test("may be one of two: the other stays", () => {
    const data = rows(ordinalTable({ ...truth, people: 80 }));
    const slope = clmm("y ~ x + (1 + z || id)", data, { nodes: 5 });
    const intercept = clmm("y ~ x + (1 | id)", data, { nodes: 5 });
    expect(slope.random.map(({ terms }) => terms)).toEqual([["(Intercept)"], ["z"]]);
    expect(slope.logLik).toBeGreaterThanOrEqual(intercept.logLik - 1e-9);
    if (slope.singular) expectRelative(slope.logLik, intercept.logLik, 1e-9);
  });
});

test("two people can be compared, with a warning about their variance", () => {
  const data = rows(selectRows(ordinalTable({ ...truth, waves: 30 }), (row) => row < 60));
  expect(codes(clmm("y ~ x + (1 | id)", data))).toContain("clmm.few-groups");
});

test("one group, one row each, one category, too many effects and no intercept are refused with the reason", () => {
  const one = numericColumn(new Float64Array(table.nrows).fill(1));
  const row = numericColumn(Array.from({ length: table.nrows }, (_, i) => i));
  expect(() => clmm("y ~ x + (1 | one)", with_({ one }))).toThrow("at least two values");
  expect(() => clmm("y ~ x + (1 | row)", with_({ row }))).toThrow("one row for each");
  expect(() => clmm("one ~ x + (1 | id)", with_({ one }))).toThrow("at least two categories");
  expect(() => clmm("y ~ x + (1 + x + z | id)", rows(table))).toThrow("(Intercept), x, z");
  expect(() => clmm("y ~ 0 + x + (1 | id)", rows(table))).toThrow("Remove the 0");
  expect(() => clmm("y ~ x", rows(table), { nodes: 26 })).toThrow("1 to 25");
  expect(() => glmm("y ~ x + (1 | id)", rows(table))).toThrow("0 and 1");
  expect(() => glmm("z ~ x", rows(table), { family: "poisson" as "binomial" })).toThrow("binomial");
  const tiny = rows(selectRows(table, (index) => index < 4));
  expect(() => clmm("y ~ x + z + wave", tiny)).toThrow("more rows than parameters");
  expect(() => glmm("z ~ 0", rows(table))).toThrow();
});

test("a constant exposure is left out by name", () => {
  const steady = numericColumn(new Float64Array(table.nrows).fill(7));
  const fit = clmm("y ~ x + steady + (1 | id)", with_({ steady }));
  expect(fit.dropped).toEqual(["steady"]);
  expect(codes(fit)).toEqual(["regression.rank-deficient"]);
  expect(fit.fixed.map(({ term }) => term)).toEqual(["x"]);
});

test("Laplace's approximation is given on request and named", () => {
  const fit = clmm("y ~ x + (1 | id)", rows(table), { nodes: 1 });
  expect(codes(fit)).toEqual(["clmm.laplace"]);
  expect(fit.nodes).toBe(1);
});

test("people whose answers never change do not stop the fit", () => {
  const y = numericColumn(Array.from(numbers("id"), (id) => (id % 3 === 0 ? 1 : 0)));
  const fit = glmm("y ~ x + (1 | id)", with_({ y }));
  expect(fit.converged).toBe(false);
  expect(codes(fit)[0]).toMatch(/glmm\.(separation|not-converged)/);
});

describe("people who never change their answer", () => {
  const ids = Float64Array.from({ length: 80 }, (_, i) => Math.floor(i / 4));
  const data = (levels: number) =>
    rows(
      createTable({
        id: numericColumn(ids),
        x: numericColumn(ids.map((_, i) => Math.sin(7 * i))),
        y: numericColumn(ids.map((id) => id % levels)),
      }),
    );

  test.each([
    ["clmm", clmm("y ~ x + (1 | id)", data(3))],
    ["glmm", glmm("y ~ x + (1 | id)", data(2))],
  ])(
    "%s: their variance has no estimate, and no number is shown that is measured against it",
    (model, fit) => {
      expect(codes(fit)).toEqual([`${model}.separation`]);
      expect(fit.converged).toBe(false);
      for (const row of [...fit.fixed, ...fit.thresholds])
        expect([row.stdError, row.pValue]).toEqual([NaN, NaN]);
      expect(fit.random[0].stdDev).toEqual([NaN]);
      expect(contrast(fit, { x: 2 }).stdError).toBeNaN();
      const json = fitToJson(fit);
      expect(json.fixed[0]).toMatchObject({ estimate: null, stdError: null, pValue: null });
      expect(printFit(fit)).not.toMatch(/NaN|undefined|Infinity/);
    },
  );
});
