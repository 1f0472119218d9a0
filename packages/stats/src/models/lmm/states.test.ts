import { describe, expect, test } from "vitest";
import { StatsError } from "../../errors.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn } from "../../table/columns.ts";
import { caseTable } from "../../testing/cases.ts";
import { expectRelative } from "../../testing/compare.ts";
import { readFixture, rows, withColumns } from "../../testing/read-csv.ts";
import { lmm } from "./fit.ts";
import type { LmmOptions } from "./options.ts";

const sleepstudy = readFixture("sleepstudy");

function errorOf(
  formula: string,
  table: ReturnType<typeof createTable>,
  options: LmmOptions = {},
): StatsError {
  try {
    lmm(formula, rows(table), options);
  } catch (error) {
    if (error instanceof StatsError) return error;
    throw error;
  }
  throw new Error("no error");
}

const small = createTable({
  id: numericColumn([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]),
  wave: numericColumn([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]),
  pain: numericColumn([2, 3, 2.5, 1, 0.5, 2, 4, 5, 3, 2, 2.5, null]),
  ex: numericColumn([1, 0, 2, 4, null, 3, 0, 1, 0.5, 2, 3, 1]),
  same: numericColumn(Array.from({ length: 12 }, () => 7)),
  sex: factorColumn(["f", "f", "f", "m", "m", "m", "f", "f", "f", "m", "m", "m"]),
});

describe("what cannot be fitted is said with what was expected, found, and what to do", () => {
  test.each<[string, string, string, LmmOptions?]>([
    ["pain ~ ex + (1 | person)", "data.unknown-column", '"person"'],
    ["pain ~ exx + (1 | id)", "data.unknown-column", 'Did you mean "ex"?'],
    ["sex ~ ex + (1 | id)", "data.text-needs-numbers", '"f", "m"'],
    ["pain ~ within(sex) + (1 | id)", "data.text-needs-numbers", "within(sex)"],
    ["same ~ ex + (1 | id)", "lmm.constant-outcome", "= 7 in all"],
    ["pain ~ ex + (1 | same)", "lmm.one-group", '"same"'],
    ["pain ~ within(ex)", "data.id-needed", "--id"],
    ["pain ~ lag(ex) + (1 | id)", "data.time-needed", "--time"],
    ["pain ~ ex + (1 | id) + (1 | wave)", "lmm.crossed-groups", '"id" within one "wave"'],
    ["pain ~ 0 + (1 | id)", "lmm.no-predictors", "Add 1"],
    ["pain ~ ex + wave + (1 + ex + wave | id)", "lmm.too-many-random-effects", "12 effects"],
    ["pain ~ ex + (1 | id)", "lmm.option", "level", { level: 95 }],
    ["pain ~ pain + ex", "lmm.perfect-fit", "pain"],
    ["pain ~ ex + (1 | id)", "data.no-rows", "found none of 12", { minRows: 9 }],
  ])("%s gives %s", (formula, code, fragment, options = {}) => {
    const error = errorOf(formula, small, options);
    expect(error.code).toBe(code);
    expect(error.message).toContain(fragment);
    expect(error.message).toMatch(/^Expected .*found|there is none/s);
  });

  test("one row for each person", () => {
    const table = createTable({ id: numericColumn([1, 2, 3, 4]), y: numericColumn([1, 3, 2, 5]) });
    expect(errorOf("y ~ 1 + (1 | id)", table).code).toBe("lmm.one-row-per-group");
  });

  test("more effects than rows", () => {
    const table = createTable({ y: numericColumn([1, 3]), x: numericColumn([1, 2]) });
    expect(errorOf("y ~ x", table).code).toBe("lmm.too-few-rows");
  });

  test("all values missing", () => {
    const table = createTable({ y: numericColumn([null, null]), id: numericColumn([1, 1]) });
    expect(errorOf("y ~ 1 + (1 | id)", table).code).toBe("data.no-rows");
  });

  test("two rows of one person at one time, or no two waves apart, when a lag is asked", () => {
    const twice = createTable({
      ...small.columns,
      wave: numericColumn([1, 1, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]),
    });
    expect(errorOf("pain ~ lag(ex) + (1 | id)", twice, { time: "wave" }).code).toBe("data.duplicate-time");
    const months = withColumns(small, { month: (value) => 3 * value("wave") });
    expect(errorOf("pain ~ lag(ex) + (1 | id)", months, { time: "month" }).code).toBe("data.lag-no-pairs");
  });
});

describe("what is doubtful is a warning in the result", () => {
  test("a column that others determine is dropped and named, and the rest is as without it", () => {
    const table = withColumns(sleepstudy, { twice: (value) => 2 * value("Days") + 1 });
    const fit = lmm("Reaction ~ Days + twice + (Days | Subject)", rows(table));
    expect(fit.dropped).toEqual(["twice"]);
    expect(fit.warnings.map(({ code }) => code)).toEqual(["lmm.rank-deficient"]);
    expect(fit.warnings[0].message).toContain("twice");
    const without = lmm("Reaction ~ Days + (Days | Subject)", rows(sleepstudy));
    expectRelative(fit.deviance, without.deviance, 1e-12);
    expect(fit.fixed.map(({ term }) => term)).toEqual(["(Intercept)", "Days"]);
  });

  test("a constant predictor is dropped", () => {
    const fit = lmm("pain ~ ex + same + (1 | id)", rows(small));
    expect(fit.dropped).toEqual(["same"]);
  });

  test("fewer than ten groups", () => {
    const fit = lmm("pain ~ ex + (1 | id)", rows(small));
    expect(fit.warnings.map(({ code }) => code)).toContain("lmm.few-groups");
  });

  test("rows of one person in an ordinary regression, unless each person has one", () => {
    const codes = (options: LmmOptions, formula = "pain ~ ex") =>
      lmm(formula, rows(small), options).warnings.map(({ code }) => code);
    expect(codes({})).toEqual(["lm.rows-not-independent"]);
    expect(codes({ id: "id" })).toEqual(["lm.rows-not-independent"]);
    const single = createTable({
      ...small.columns,
      row: numericColumn(Array.from({ length: 12 }, (_, i) => i)),
    });
    expect(lmm("pain ~ ex", rows(single), { id: "row" }).warnings).toEqual([]);
  });

  test("an interaction of within(x) without that of between(x), unless it is the two with each other", () => {
    const codes = (formula: string) =>
      lmm(formula, rows(caseTable("hunt_like"))).warnings.map(({ code }) => code);
    expect(codes("pain_o ~ within(ex) * sex + between(ex) + (1 | id)")).toEqual([
      "formula.between-interaction-missing",
    ]);
    expect(codes("pain_o ~ (within(ex) + between(ex)) * sex + (1 | id)")).toEqual([]);
    expect(codes("pain_o ~ within(ex) * between(ex) + (1 | id)")).toEqual([]);
  });

  test("within(x) of what never changes within people is left out, not given a slope of its rounding errors", () => {
    const table = createTable({
      id: numericColumn(Array.from({ length: 60 }, (_, i) => Math.floor(i / 3))),
      height: numericColumn(Array.from({ length: 60 }, (_, i) => 1.1 + Math.floor(i / 3) / 7)),
      y: numericColumn(Array.from({ length: 60 }, (_, i) => Math.sin(i * i))),
    });
    const fit = lmm("y ~ within(height) + between(height) + (1 | id)", rows(table));
    expect(fit.dropped).toEqual(["within(height)"]);
    expect(fit.withinStdDev).toEqual({ "within(height)": 0 });
  });

  test("a random slope of what is constant within people: the variances cannot be told apart", () => {
    const noisy = withColumns(sleepstudy, { three: () => 3, group: (value) => value("Subject") % 2 });
    const codes = (random: string) =>
      lmm(`Reaction ~ Days + ${random}`, rows(noisy)).warnings.map(({ code }) => code);
    expect(codes("(1 + three | Subject)")).toContain("lmm.variances-not-identified");
    expect(codes("(1 + group | Subject)")).toContain("lmm.variances-not-identified");
    expect(codes("(1 + Days | Subject)")).toEqual([]);
    expect(codes("(1 + Days || Subject)")).toEqual([]);
  });

  test("a singular slope is exactly zero, with its correlation absent, and agrees with the model without it", () => {
    const random = createRandom(11);
    const ids = Array.from({ length: 400 }, (_, i) => Math.floor(i / 4));
    const effects = ids.map(() => random.normal());
    const x = Array.from({ length: 400 }, (_, i) => i % 4);
    // Deviations that alternate within each person leave less variance of slopes than chance would.
    const y = ids.map(
      (id, i) => effects[id] + 0.3 * x[i] + [1, -1, -1, 1][i % 4] * (1 + 0.01 * random.uniform()),
    );
    const table = createTable({ id: numericColumn(ids), x: numericColumn(x), y: numericColumn(y) });
    const fit = lmm("y ~ x + (1 + x || id)", rows(table));
    expect(fit.singular).toBe(true);
    expect(fit.theta[1]).toBe(0);
    expect(fit.random[1].stdDev).toEqual([0]);
    const simple = lmm("y ~ x + (1 | id)", rows(table));
    expectRelative(fit.deviance, simple.deviance, 1e-10);
    expectRelative(fit.fixed[1].df, simple.fixed[1].df ?? 0, 1e-6);
  });
});

describe("predictors on any scale", () => {
  test("a predictor near 1e8 gives the same deviance up to its units", () => {
    const table = withColumns(sleepstudy, { huge: (value) => 1e8 + 1e6 * value("Days") });
    const fit = lmm("Reaction ~ huge + (huge | Subject)", rows(table), { method: "ml" });
    const plain = lmm("Reaction ~ Days + (Days | Subject)", rows(sleepstudy), { method: "ml" });
    expect(fit.converged).toBe(true);
    expect(fit.singular).toBe(false);
    expectRelative(fit.deviance, plain.deviance, 1e-10);
    expectRelative(fit.fixed[1].estimate * 1e6, plain.fixed[1].estimate, 1e-8);
    expectRelative(fit.fixed[1].df, plain.fixed[1].df ?? 0, 1e-6);
  });

  test("calendar years with a random slope", () => {
    const table = withColumns(sleepstudy, { year: (value) => 2015 + value("Days") });
    const fit = lmm("Reaction ~ year + (year | Subject)", rows(table));
    const plain = lmm("Reaction ~ Days + (Days | Subject)", rows(sleepstudy));
    expectRelative(fit.deviance, plain.deviance, 1e-9);
    expectRelative(fit.random[0].stdDev[1], plain.random[0].stdDev[1], 1e-6);
  });
});
