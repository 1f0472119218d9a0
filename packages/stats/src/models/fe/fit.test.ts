import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StatsError } from "../../errors.ts";
import { contrast } from "../../inference/verbs.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { caseTable } from "../../testing/cases.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { rows, withColumns } from "../../testing/read-csv.ts";
import { lmm } from "../lmm/fit.ts";
import { lmmPredict } from "../lmm/predict.ts";
import { fe } from "./fit.ts";
import { hausman, mundlak } from "./hausman.ts";
import type { FeOptions } from "./options.ts";
import { re } from "./random.ts";
import { fePredict, feRanef, feResiduals } from "./rows.ts";

const panel = rows(caseTable("hunt_like"));

/** Simulated balanced people whose level goes with their exposure. */
function balanced(seed: number, people: number, waves: number): Table {
  const random = createRandom(seed);
  const id = Array.from({ length: people * waves }, (_, i) => Math.floor(i / waves));
  const level = Array.from({ length: people }, () => random.normal());
  const x = id.map((person) => level[person] + random.normal());
  return createTable({
    id: numericColumn(id),
    wave: numericColumn(id.map((_, i) => i % waves)),
    x: numericColumn(x),
    y: numericColumn(id.map((person, i) => 0.5 * x[i] - level[person] + random.normal())),
  });
}

const seeds = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  people: fc.integer({ min: 4, max: 20 }),
  waves: fc.integer({ min: 2, max: 6 }),
});

function codeOf(formula: string, table: Table, options: FeOptions = { id: "id" }): string {
  try {
    fe(formula, rows(table), options);
  } catch (error) {
    if (error instanceof StatsError) return error.code;
  }
  return "none";
}

describe("the within estimator", () => {
  test("in balanced data is the slope of within(x) in the hybrid model", () => {
    fc.assert(
      fc.property(seeds, ({ seed, people, waves }) => {
        const data = rows(balanced(seed, people, waves));
        const own = fe("y ~ x", data, { id: "id" });
        const hybrid = lmm("y ~ within(x) + between(x) + (1 | id)", data);
        expectAbsolute(hybrid.fixed[1].estimate, own.fixed[0].estimate, 1e-8);
      }),
      { numRuns: 25 },
    );
  });

  test("does not change when each person's exposure is shifted by a constant of their own", () => {
    const table = balanced(2, 10, 4);
    const shifted = withColumns(table, { z: (value) => value("x") + 100 * value("id") });
    const slope = fe("y ~ x", rows(table), { id: "id" }).fixed[0];
    const other = fe("y ~ z", rows(shifted), { id: "id" }).fixed[0];
    expectRelative(other.estimate, slope.estimate, 1e-10);
    expectRelative(other.stdError, slope.stdError, 1e-10);
    const hybrid = (term: string) =>
      lmm(`y ~ within(${term}) + between(${term}) + (1 | id)`, rows(shifted), { se: "cr2" }).fixed[1];
    expectRelative(hybrid("z").estimate, hybrid("x").estimate, 1e-7);
    expectRelative(hybrid("z").modelStdError ?? 0, hybrid("x").modelStdError ?? 1, 0.2);
  });

  test("with texts as ids in any order is the same, and units only rescale", () => {
    const table = balanced(5, 8, 3);
    const order = Array.from({ length: table.nrows }, (_, i) => (i * 5) % table.nrows);
    const values = (name: string) => order.map((row) => (table.columns[name] as NumericColumn).values[row]);
    const other = createTable({
      id: factorColumn(values("id").map((id) => `p\u00e5 ${9 - id}`)),
      x: numericColumn(values("x").map((value) => 1e8 * value)),
      y: numericColumn(values("y")),
    });
    const options = { id: "id", se: "arellano" } as const;
    const a = fe("y ~ x", rows(table), options).fixed[0];
    const b = fe("y ~ x", rows(other), options).fixed[0];
    expectRelative(b.estimate * 1e8, a.estimate, 1e-9);
    expectRelative(b.stdError * 1e8, a.stdError, 1e-9);
  });

  test("is least squares with an indicator of every person and time, in a panel with gaps too", () => {
    const table = balanced(7, 7, 5);
    const gaps = withColumns(table, { y: (value, row) => (row % 4 === 1 ? Number.NaN : value("y")) });
    const y = Array.from((gaps.columns.y as NumericColumn).values, (v) => (Number.isNaN(v) ? null : v));
    const data = rows(createTable({ ...gaps.columns, y: numericColumn(y) }));
    const twoway = fe("y ~ x", data, { id: "id", time: "wave", effect: "twoway" });
    const dummies = lmm("y ~ x + factor(id) + factor(wave)", data);
    expectRelative(twoway.fixed[0].estimate, dummies.fixed[1].estimate, 1e-9);
    expectRelative(twoway.fixed[0].stdError, dummies.fixed[1].stdError, 1e-9);
    expect(twoway.dfResidual).toBe(dummies.dfResidual);
    expectAbsolute(
      twoway.timeEffects?.[3].effect ?? 0,
      dummies.fixed.find(({ term }) => term === "factor(wave)[3]")?.estimate ?? 1,
      1e-9,
    );
    const residuals = feResiduals(twoway, data);
    expectRelative(
      residuals.reduce((sum, { residual }) => sum + residual ** 2, 0),
      twoway.sigma ** 2 * twoway.dfResidual,
      1e-9,
    );
  });

  test("leaves out what is constant within people and names it", () => {
    const fit = fe("pain_o ~ ex + sex + age", panel, { id: "id" });
    expect(fit.dropped).toEqual(["sex", "age"]);
    expect(fit.warnings[0].message).toContain("sex, age");
    expect(fit.warnings.map(({ code }) => code)).toEqual(["fe.time-constant", "fe.single-rows"]);
  });

  test("a contrast has the degrees of freedom of its standard errors", () => {
    const model = fe("pain_o ~ ex + time", panel, { id: "id" });
    expect(contrast(model, { ex: 1, time: -1 }).df).toBe(model.dfResidual);
    const clustered = fe("pain_o ~ ex + time", panel, { id: "id", se: "arellano" });
    expect(contrast(clustered, { ex: 1, time: -1 }).df).toBe(596);
    expect(clustered.fixed[0].modelStdError).toBe(model.fixed[0].stdError);
  });

  test("the levels of people are the means of what the slope leaves", () => {
    const table = balanced(9, 5, 4);
    const fit = fe("y ~ x", rows(table), { id: "id" });
    const [levels] = feRanef(fit, rows(table));
    const { values: x } = table.columns.x as NumericColumn;
    const { values: y } = table.columns.y as NumericColumn;
    let mean = 0;
    for (let i = 4; i < 8; i++) mean += (y[i] - fit.fixed[0].estimate * x[i]) / 4;
    expectRelative(levels.modes[1][0], mean, 1e-10);
    expect(levels.levels).toEqual(["0", "1", "2", "3", "4"]);
    const dummies = lmm("y ~ x + factor(id)", rows(table));
    const known = lmmPredict(dummies, rows(table), { interval: "confidence" });
    fePredict(fit, rows(table)).forEach(({ predicted, stdError }, i) => {
      expectRelative(predicted, known[i].predicted, 1e-9);
      expectRelative(stdError, known[i].stdError ?? 0, 1e-9);
    });
  });

  test.each([
    ["y ~ x + (1 | id)", "fe.random-term"],
    ["y ~ id", "fe.no-predictors"],
    ["y ~ y", "fe.perfect-fit"],
  ])("%s is refused: %s", (formula, code) => {
    expect(codeOf(formula, balanced(3, 4, 3))).toBe(code);
  });

  test.each([
    ["constant within people", (value: (name: string) => number) => value("id")],
    ["determined by the predictor", (value: (name: string) => number) => 3 + 2 * value("x")],
  ])("random effects are refused an outcome %s", (_, y) => {
    const table = balanced(3, 8, 4);
    const id = Float64Array.from({ length: 32 }, (_cell, i) => Math.floor(i / 4));
    const data = rows(withColumns(createTable({ ...table.columns, id: numericColumn(id) }), { y }));
    expect(() => re("y ~ x", data, { id: "id" })).toThrow(
      expect.objectContaining({ code: "fe.perfect-fit" }),
    );
  });

  test("one person, no id, or more effects than rows are refused", () => {
    const table = balanced(3, 4, 3);
    expect(codeOf("y ~ x", balanced(3, 1, 5))).toBe("fe.one-person");
    expect(codeOf("y ~ x", table, { id: "" })).toBe("fe.option");
    expect(codeOf("y ~ x", table, { id: "id", effect: "twoway" })).toBe("fe.option");
    expect(codeOf("y ~ x + factor(x)", balanced(3, 3, 2))).toBe("fe.too-few-rows");
  });

  test("two people: an answer, with a warning when clustered", () => {
    const fit = fe("y ~ x", rows(balanced(3, 2, 5)), { id: "id", se: "arellano" });
    expect(fit.fixed[0].df).toBe(1);
    expect(fit.warnings.map(({ code }) => code)).toEqual(["fe.few-people"]);
  });
});

describe("fixed against random effects", () => {
  test("people whose level goes with their exposure are found by both tests", () => {
    const data = rows(balanced(11, 150, 4));
    const classical = hausman(fe("y ~ x", data, { id: "id" }), re("y ~ x", data, { id: "id" }));
    const regression = mundlak("y ~ x", data, { id: "id" });
    expect(classical.pValue).toBeLessThan(1e-6);
    expect(regression.pValue).toBeLessThan(1e-6);
    expect(regression.terms).toEqual(["x"]);
  });

  test("in balanced data the mean added by Mundlak's regression is between less within", () => {
    const data = rows(balanced(12, 40, 4));
    const hybrid = lmm("y ~ within(x) + between(x) + (1 | id)", data);
    const [{ estimate }] = mundlak("y ~ x", data, { id: "id" }).contextual;
    expectRelative(estimate, hybrid.fixed[2].estimate - hybrid.fixed[1].estimate, 1e-8);
  });

  test("people who do not differ have a variance of zero, said in a warning", () => {
    const table = withColumns(balanced(4, 30, 4), {
      y: (_, row) => [1, -1, 1, -1][row % 4] + Math.sin(row) / 9,
    });
    const fit = re("y ~ x", rows(table), { id: "id" });
    expect(fit.variances.person).toBe(0);
    expect(fit.warnings.map(({ code }) => code)).toEqual(["fe.negative-variance"]);
    const plain = lmm("y ~ x", rows(table));
    expectRelative(fit.fixed[1].stdError, plain.fixed[1].stdError, 1e-9);
  });

  test("two fits without an effect in common cannot be compared", () => {
    const data = rows(balanced(4, 30, 4));
    expect(() => hausman(fe("y ~ x", data, { id: "id" }), re("y ~ wave", data, { id: "id" }))).toThrow(
      "mundlak",
    );
    expect(() => mundlak("y ~ id", data, { id: "id" })).toThrow("nothing to compare");
  });
});
