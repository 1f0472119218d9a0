import { describe, expect, test } from "vitest";
import { contrast } from "../../inference/verbs.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn, selectRows } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { caseTable } from "../../testing/cases.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, rows } from "../../testing/read-csv.ts";
import { lmm, lmmDetails } from "./fit.ts";
import { lmmPredict } from "./predict.ts";
import { lmmResiduals } from "./predict-residuals.ts";
import { lmmRanef } from "./ranef-conditional.ts";
import { lmmSimulate } from "./simulate.ts";

const sleepstudy = rows(readFixture("sleepstudy"));
const formula = "Reaction ~ Days + (Days | Subject)";
const details = lmmDetails(formula, sleepstudy);
const { fit } = details;

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Simulated rows of sites, people in them and waves. */
function nested(): Table {
  const random = createRandom(4);
  const site = Array.from({ length: 240 }, (_, i) => Math.floor(i / 30));
  const person = Array.from({ length: 240 }, (_, i) => Math.floor(i / 5));
  const ofSite = site.map(() => random.normal());
  const ofPerson = person.map(() => random.normal());
  const x = site.map(() => random.normal());
  const y = site.map((s, i) => 0.4 * x[i] + ofSite[s] + ofPerson[person[i]] + random.normal());
  return createTable({
    site: factorColumn(site.map((s) => `site ${s}`)),
    person: numericColumn(person),
    x: numericColumn(x),
    y: numericColumn(y),
  });
}

describe("random effects and fitted values from the fit and its data", () => {
  test("are those found while fitting", () => {
    const [block] = lmmRanef(fit, sleepstudy);
    const [known] = details.ranef;
    expect(block.levels).toEqual(known.levels);
    block.modes.forEach((mode, g) => {
      mode.forEach((value, r) => {
        expectAbsolute(value, known.modes[g][r], 1e-8);
        expectRelative(block.conditionalStdDev[g][r], known.conditionalStdDev[g][r], 1e-8);
      });
    });
    lmmResiduals(fit, sleepstudy).forEach((row, i) => {
      expect(row.row).toBe(details.fitted[i].row);
      expectAbsolute(row.fitted, details.fitted[i].fitted, 1e-8);
    });
  });

  test("nested factors have an entry for each level of each factor", () => {
    const data = rows(nested());
    const model = lmm("y ~ x + (1 | site) + (1 | person)", data);
    const blocks = lmmRanef(model, data);
    expect(blocks.map(({ group, levels }) => [group, levels.length])).toEqual(
      model.random.map(({ group }) => [group, model.ngroups[group]]),
    );
    const total = lmmResiduals(model, data).reduce((sum, { residual }) => sum + residual, 0);
    expect(Number.isFinite(total)).toBe(true);
  });
});

describe("predictions", () => {
  test("of the rows of the fit are the fitted values, or the population's", () => {
    lmmPredict(fit, sleepstudy).forEach(({ predicted, stdError }, i) => {
      expectAbsolute(predicted, details.fitted[i].fitted, 1e-8);
      expect(stdError).toBeNull();
    });
    const [first, second] = lmmPredict(fit, sleepstudy, { level: "population" });
    expectRelative(second.predicted - first.predicted, fit.fixed[1].estimate, 1e-9);
  });

  test("of the population have the interval of the contrast", () => {
    const newdata = createTable({ Days: numericColumn([0, 4]) });
    const [zero, four] = lmmPredict(fit, sleepstudy, {
      newdata,
      level: "population",
      interval: "confidence",
    });
    const known = contrast(fit, { "(Intercept)": 1, Days: 4 });
    expectRelative(zero.lower, fit.fixed[0].lower, 1e-9);
    expectRelative(four.lower, known.lower, 1e-9);
    expectRelative(four.upper, known.upper, 1e-9);
  });

  test("of a new outcome of someone new add the variance of people and of rows", () => {
    const newdata = createTable({ Days: numericColumn([0]), Subject: numericColumn([1]) });
    const [row] = lmmPredict(fit, sleepstudy, { newdata, interval: "prediction" });
    const variance = fit.vcov[0][0] + fit.random[0].covariance[0][0] + fit.sigma ** 2;
    expectRelative(row.stdError, Math.sqrt(variance), 1e-8);
    expectRelative(row.predicted, fit.fixed[0].estimate, 1e-10);
  });

  test("of a person known have the uncertainty of Henderson's equations", () => {
    const [row] = lmmPredict(fit, sleepstudy, { interval: "confidence" });
    // R: from the inverse of Henderson's mixed model equations at the REML estimates, subject 308, day 0.
    expectRelative(row.stdError, 12.2547926164, 1e-5);
  });

  test("compute within() with the mean that the person had, and know factors by their levels", () => {
    const panel = rows(caseTable("hunt_like"));
    const model = lmm("pain_o ~ within(ex) + between(ex) + factor(wave) + (1 + within(ex) | id)", panel);
    const all = lmmPredict(model, panel);
    const only = selectRows(panel.table, (row) => row >= 100 && row < 115);
    const some = lmmPredict(model, panel, { newdata: only });
    for (const { row, predicted } of some) {
      const same = all.find((other) => other.row === row + 100);
      if (same !== undefined) expectAbsolute(predicted, same.predicted, 1e-8);
    }
    expect(some.length).toBeGreaterThan(2);
    const newdata = createTable({
      "within(ex)": numericColumn([0, 1]),
      "between(ex)": numericColumn([3, 3]),
      wave: numericColumn([1, 1]),
    });
    const [usual, more] = lmmPredict(model, panel, { newdata, level: "population" });
    expectRelative(more.predicted - usual.predicted, model.fixed[1].estimate, 1e-8);
  });

  test("rows with a missing predictor are left out; unknown levels and variables are refused", () => {
    const newdata = createTable({ Days: numericColumn([null, 2]) });
    expect(lmmPredict(fit, sleepstudy, { newdata }).map(({ row }) => row)).toEqual([1]);
    const panel = rows(caseTable("hunt_like"));
    const model = lmm("pain_o ~ within(ex) + factor(wave) + (1 | id)", panel);
    const unknown = createTable({ "within(ex)": numericColumn([0]), wave: numericColumn([9]) });
    expect(() => lmmPredict(model, panel, { newdata: unknown })).toThrow("the fit has seen");
    const without = createTable({ ex: numericColumn([0]), wave: numericColumn([1]) });
    expect(() => lmmPredict(model, panel, { newdata: without })).toThrow("within(ex)");
  });
});

test("a fit that went through JSON, robust or not, answers the same", () => {
  for (const se of ["model", "cr2"] as const) {
    const robust = lmm(formula, sleepstudy, { se });
    const travelled: typeof robust = JSON.parse(JSON.stringify(robust));
    expect(travelled).toEqual(robust);
    const ask = (one: typeof robust) => [
      contrast(one, { "(Intercept)": 1, Days: 3 }),
      lmmPredict(one, sleepstudy, { interval: "prediction" }),
      lmmRanef(one, sleepstudy),
    ];
    expect(ask(travelled)).toEqual(ask(robust));
  }
});

describe("residuals and simulation", () => {
  test("marginal residuals are uncorrelated with variance about one", () => {
    const values = lmmResiduals(fit, sleepstudy, { scale: "marginal" }).map(({ residual }) => residual);
    expectRelative(deviation(values), 1, 0.05);
  });

  test("standardized residuals are raw ones in residual standard deviations", () => {
    const raw = lmmResiduals(fit, sleepstudy);
    lmmResiduals(fit, sleepstudy, { scale: "standardized" }).forEach(({ residual }, i) => {
      expectAbsolute(residual, raw[i].residual / fit.sigma, 1e-10);
    });
  });

  test("with residual structures are nlme's, normalized and standardized", () => {
    const panel = rows(caseTable("hunt_like"));
    const ar1 = lmm("pain_o ~ ex + sex + (1 | id)", panel, { residual: { type: "ar1", time: "wave" } });
    const normalized = lmmResiduals(ar1, panel, { scale: "normalized" });
    // nlme 3.1.162, lme with corAR1, residuals(type = "normalized"); its correlation is known to about 1e-5.
    [-0.33485001, 1.161753383, -0.4532589665, -0.06340674028, 0.7845338443].forEach((value, i) => {
      expectAbsolute(normalized[i].residual, value, 1e-5);
    });
    const waves = lmm("pain_o ~ ex + sex + (1 | id)", panel, {
      residual: { type: "variances", time: "wave" },
    });
    const pearson = lmmResiduals(waves, panel, { scale: "standardized" });
    // lme with varIdent, residuals(type = "pearson").
    [-0.3704076711, 1.1731617511, -0.3611965853, -0.127706173].forEach((value, i) => {
      expectAbsolute(pearson[i].residual, value, 1e-5);
    });
  });

  test("a simulated outcome has the spread of the model and is the same for the same seed", () => {
    const draws = Array.from(
      { length: 400 },
      (_, seed) => lmmSimulate(fit, sleepstudy, createRandom(seed))[0],
    );
    const spread = Math.sqrt(fit.random[0].covariance[0][0] + fit.sigma ** 2);
    expectRelative(deviation(draws), spread, 0.1);
    expect(lmmSimulate(fit, sleepstudy, createRandom(1))[7]).toBe(
      lmmSimulate(fit, sleepstudy, createRandom(1))[7],
    );
  });
});
