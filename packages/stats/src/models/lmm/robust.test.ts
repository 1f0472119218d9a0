import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contrast, jointTest } from "../../inference/verbs.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { filterTable } from "../../table/where.ts";
import { caseTable } from "../../testing/cases.ts";
import { expectRelative } from "../../testing/compare.ts";
import { rows, withColumns } from "../../testing/read-csv.ts";
import { lmm } from "./fit.ts";
import type { LmmOptions } from "./options.ts";
import { robust } from "./robust.ts";
import { robustContrast } from "./robust-contrast.ts";
import { robustJointTest } from "./robust-joint.ts";

const panel = withColumns(caseTable("hunt_like"), {
  age10: (value) => (value("age") - 50) / 10,
  yrs: (value) => value("time") / 365.25,
});
const hybrid = "pain_o ~ within(ex) + between(ex) + sex + age10 + edu + smoke + yrs + (1 | id)";

/** Simulated people with a few rows each; some have one row. */
function people(seed: number, count: number, sizes: readonly number[] = [1, 3, 5]): Table {
  const random = createRandom(seed);
  const id: number[] = [];
  const x: number[] = [];
  const y: number[] = [];
  for (let person = 0; person < count; person++) {
    const level = random.normal();
    for (let row = 0; row < sizes[person % sizes.length]; row++) {
      const value = random.normal() + level;
      id.push(person);
      x.push(value);
      y.push(0.3 * value + level + random.normal());
    }
  }
  const half = id.map((person) => person % 2);
  return createTable({
    id: numericColumn(id),
    x: numericColumn(x),
    y: numericColumn(y),
    half: numericColumn(half),
  });
}

describe("cluster-robust standard errors", () => {
  test("CR2 and its degrees of freedom are clubSandwich's on the hybrid model", () => {
    const fit = lmm(hybrid, rows(panel), { method: "ml", se: "cr2" });
    expectRelative(fit.fixed[1].stdError, 0.0188490515631937, 1e-6);
    expectRelative(fit.fixed[1].df, 324.943266968158, 1e-6);
    expectRelative(fit.fixed[7].stdError, 0.045465346106612, 1e-6);
    expect(fit.se).toBe("cr2");
    expectRelative(fit.fixed[1].modelStdError ?? 0, Math.sqrt(fit.robust?.modelVcov[1][1] ?? 0), 1e-12);
  });

  test("one contrast by itself is that of the robust fit, and clubSandwich's", () => {
    const fit = lmm(hybrid, rows(panel), { method: "ml" });
    const weights = { "within(ex)": 1, "between(ex)": -1 };
    const [whole, alone] = [
      contrast(robust(fit, rows(panel)), weights),
      robustContrast(fit, rows(panel), weights),
    ];
    for (const name of ["estimate", "stdError", "df", "pValue", "lower", "upper"] as const)
      expectRelative(alone[name], whole[name] ?? Number.NaN, 1e-11);
    expectRelative(robustContrast(fit, rows(panel), { "within(ex)": 1 }).df, 324.943266968158, 1e-6);
    expect(() => robustContrast(fit, rows(panel), { nothing: 1 })).toThrow("nothing");
  });

  test("a contrast of a robust fit needs no rows, and is the row of a recoded model", () => {
    const data = rows(people(3, 30));
    const fit = lmm("y ~ x * half + (1 | id)", data, { se: "cr2" });
    const other = lmm(
      "y ~ x * rest + (1 | id)",
      rows(withColumns(data.kind === "rows" ? data.table : people(3, 30), { rest: (v) => 1 - v("half") })),
      { se: "cr2" },
    );
    const slope = contrast(fit, { x: 1, "x:half": 1 });
    expectRelative(slope.stdError, other.fixed[1].stdError, 1e-7);
    expectRelative(slope.df, other.fixed[1].df ?? 0, 1e-6);
    const joint = jointTest(fit, ["x"]);
    expectRelative(joint.pValue, fit.fixed[1].pValue ?? 0, 1e-8);
  });

  test("with calendar years as predictor the degrees of freedom are those of years from the first", () => {
    const table = withColumns(people(8, 25), {
      year: (_, row) => 2015 + (row % 5),
      since: (_, row) => row % 5,
    });
    const options: LmmOptions = { se: "cr2" };
    const late = lmm("y ~ x + year + (1 | id)", rows(table), options);
    const early = lmm("y ~ x + since + (1 | id)", rows(table), options);
    expectRelative(late.fixed[2].stdError, early.fixed[2].stdError, 1e-8);
    expectRelative(late.fixed[2].df, early.fixed[2].df ?? 0, 1e-7);
    const start = contrast(late, { "(Intercept)": 1, year: 2015 });
    expectRelative(start.df, early.fixed[0].df ?? 0, 1e-6);
  });

  test("under a model that holds, CR2 is about the standard error of the model", () => {
    const fit = lmm("y ~ within(x) + between(x) + (1 | id)", rows(people(5, 400, [5])), { se: "cr2" });
    for (const { stdError, modelStdError } of fit.fixed) expectRelative(stdError, modelStdError ?? 0, 0.12);
  });

  test("many rows for each person give what the whole matrices give", () => {
    const table = people(2, 6, [40, 3, 55]);
    const sparse = robust(lmm("y ~ x + (1 + x | id)", rows(table)), rows(table), "cr2");
    // The same model with a residual structure that is the identity keeps every row.
    const model = lmm("y ~ x + (1 + x | id)", rows(table));
    const dense = robust(
      {
        ...model,
        residual: { ...model.residual, type: "ar1", time: "x", parameters: [0], step: 1 },
      },
      rows(table),
      "cr2",
    );
    sparse.fixed.forEach((row, j) => {
      expectRelative(row.stdError, dense.fixed[j].stdError, 1e-8);
      expectRelative(row.df, dense.fixed[j].df ?? 0, 1e-7);
    });
  });

  test("the order of rows and the labels of people change nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
        const table = people(seed, 12);
        const order = Array.from({ length: table.nrows }, (_, i) => (i * 7 + seed) % table.nrows);
        if (new Set(order).size < order.length) return;
        const take = (name: string) => {
          const column = table.columns[name];
          return column.kind === "numeric" ? order.map((row) => column.values[row]) : [];
        };
        const shuffled = createTable({
          id: factorColumn(take("id").map((id) => `person \u00e5${99 - id}`)),
          x: numericColumn(take("x")),
          y: numericColumn(take("y").map((value) => 1e6 * value)),
        });
        const a = lmm("y ~ x + (1 | id)", rows(table), { se: "cr2" });
        const b = lmm("y ~ x + (1 | id)", rows(shuffled), { se: "cr2" });
        expectRelative(b.fixed[1].stdError, 1e6 * a.fixed[1].stdError, 1e-5);
        expectRelative(b.fixed[1].df, a.fixed[1].df ?? 0, 1e-5);
      }),
      { numRuns: 20 },
    );
  });
});

describe("the joint test HTZ", () => {
  // clubSandwich 0.5.8, Wald_test(test = "HTZ") on lme4's and lm's fits.
  test("is clubSandwich's for waves, with CR2 and CR0", () => {
    const fit = lmm("pain_o ~ within(ex) + between(ex) + sex + factor(wave) + (1 | id)", rows(panel));
    const waves = fit.fixed.map(({ term }) => term).filter((term) => term.startsWith("factor(wave)"));
    const cr2 = robustJointTest(robust(fit, rows(panel), "cr2"), rows(panel), waves);
    expectRelative(cr2.statistic, 1.56740916698, 1e-6);
    expectRelative(cr2.dfDenominator, 510.687601449, 1e-6);
    expectRelative(cr2.pValue, 0.181676888112, 1e-6);
    const cr0 = robustJointTest(robust(fit, rows(panel), "cr0"), rows(panel), waves);
    expectRelative(cr0.statistic, 1.57150590417, 1e-6);
    expectRelative(cr0.dfDenominator, 510.671440914, 1e-6);
  });

  test("is clubSandwich's for ordinary regression with fifteen people", () => {
    const few = rows(filterTable(panel, "id <= 15"));
    const fit = lmm("pain_o ~ within(ex) + sex + between(ex)", few, { id: "id", se: "cr2" });
    const found = robustJointTest(fit, few, ["within(ex)", "sex", "between(ex)"]);
    expectRelative(found.statistic, 1.50197724207, 1e-7);
    expectRelative(found.dfDenominator, 4.59440930358, 1e-7);
    expectRelative(robustJointTest(fit, few, ["sex"]).pValue, fit.fixed[2].pValue ?? 0, 1e-7);
  });

  test("a fit with the standard errors of the model is sent to jointTest", () => {
    const fit = lmm(hybrid, rows(panel));
    expect(() => robustJointTest(fit, rows(panel), ["sex"])).toThrow("Use jointTest");
  });
});

describe("what is hard", () => {
  test("a person who alone determines a coefficient leaves it finite (pseudo-inverse)", () => {
    const table = withColumns(people(4, 9, [3]), { first: (v) => Number(v("id") === 0) });
    const fit = lmm("y ~ x + first + (1 | id)", rows(table), { se: "cr2" });
    expect(fit.fixed.every(({ stdError }) => Number.isFinite(stdError))).toBe(true);
    expect(fit.warnings.map(({ code }) => code)).toContain("lmm.robust-few-clusters");
  });

  test("two people: few degrees of freedom, and a warning that says so", () => {
    const fit = lmm("y ~ x", rows(people(4, 2, [5, 6])), { id: "id", se: "cr2" });
    expect(fit.robust?.nclusters).toBe(2);
    expect(fit.fixed[1].df ?? 9).toBeLessThan(2);
    expect(fit.warnings.map(({ code }) => code)).toEqual(["lmm.robust-few-clusters"]);
  });

  test("without a person there are no clusters, and Kenward-Roger is refused", () => {
    const data = rows(people(4, 9));
    expect(() => lmm("y ~ x", data, { se: "cr0" })).toThrow("--id");
    expect(() => lmm("y ~ x + (1 | id)", data, { df: "kenward-roger", se: "cr2" })).toThrow("Kenward-Roger");
    const fit = { ...lmm("y ~ x + (1 | id)", data), dfMethod: "kenward-roger" as const };
    expect(() => robust(fit, data)).toThrow("Choose one of the two");
  });

  test("data that are not those of the fit are refused", () => {
    const fit = lmm("y ~ x + (1 | id)", rows(people(4, 9)));
    expect(() => robust(fit, rows(people(4, 10)))).toThrow("Give the table");
  });

  test("more than twenty effects still have degrees of freedom, the same as with fewer", () => {
    const table = people(6, 40, [4]);
    const many = withColumns(table, {
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, k) => [
          `c${k}`,
          (_v: unknown, row: number) => Math.sin(row * (k + 2)),
        ]),
      ),
    });
    const names = Array.from({ length: 20 }, (_, k) => `c${k}`);
    const full = lmm(`y ~ x + ${names.join(" + ")} + (1 | id)`, rows(many), { se: "cr2" });
    expect(full.robust?.contrasts).toBeNull();
    expect(contrast(full, { x: 1 }).df).toBe(full.fixed[1].df);
    expect(() => contrast(full, { x: 1, c1: 1 })).toThrow("at most 20");
    expect(full.fixed[1].df ?? 0).toBeGreaterThan(5);
    expect(full.fixed[1].df ?? 0).toBeLessThan(40);
  });
});
