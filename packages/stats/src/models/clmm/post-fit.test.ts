import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { createTable, numericColumn, selectRows } from "../../table/columns.ts";
import type { NumericColumn } from "../../table/table.ts";
import { expectRelative } from "../../testing/compare.ts";
import { ordinalTable } from "../../testing/ordinal.ts";
import { rows } from "../../testing/read-csv.ts";
import { glmm } from "../glmm/fit.ts";
import { averageLogistic } from "./average.ts";
import { clmm } from "./fit.ts";
import { clmmMarginal } from "./marginal.ts";
import { clmmPredict } from "./predict.ts";
import { proportionalOdds } from "./proportional-odds.ts";
import { clmmRanef } from "./ranef.ts";
import { clmmResiduals } from "./residuals.ts";
import type { CategoricalFit } from "./result.ts";
import { clmmSimulate } from "./simulate.ts";

const truth = {
  people: 200,
  waves: 4,
  thresholds: [-1, 0.5, 2],
  effect: 0.7,
  sd: 1.5,
  slopeSd: 0.6,
  seed: 31,
};
const table = ordinalTable(truth);
const data = rows(table);
const fit = clmm("y ~ x * z + (1 | id)", data);
const slope = clmm("y ~ x + z + (1 + x | id)", data, { nodes: 5 });

/** The fit with every parameter moved, in the order of vcovAll. */
function moved<F extends CategoricalFit>(from: F, by: readonly number[]): F {
  const [t, p] = [from.thresholds.length, from.fixed.length];
  return {
    ...from,
    thresholds: from.thresholds.map((row, k) => ({ ...row, estimate: row.estimate + by[k] })),
    fixed: from.fixed.map((row, k) => ({ ...row, estimate: row.estimate + by[t + k] })),
    theta: from.theta.map((value, k) => value + by[t + p + k]),
  };
}

describe("marginal probabilities", () => {
  test("add up to 1, and k or higher to the sum of the categories", () => {
    const [row] = clmmMarginal(fit, [{ x: 1, z: 0 }]);
    expect(row.at).toEqual({ x: 1, z: 0, "x:z": 0 });
    expect(row.categories.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(row.orHigher[1].probability).toBeCloseTo(
      row.categories[2].probability + row.categories[3].probability,
      12,
    );
    expect(row.orHigher.map(({ level }) => level)).toEqual(["1", "2", "3"]);
  });

  test.each([fit, slope])("have the standard errors of the delta method", (model) => {
    const at = [{ x: 0.7, z: 1 }];
    const n = model.vcovAll.length;
    const value = (by: readonly number[]) => clmmMarginal(moved(model, by), at)[0].orHigher[1].probability;
    const gradient = Array.from({ length: n }, (_, i) => {
      const by = (h: number) => Array.from({ length: n }, (__, j) => (i === j ? h : 0));
      return (value(by(1e-5)) - value(by(-1e-5))) / 2e-5;
    });
    let variance = 0;
    gradient.forEach((a, i) => {
      gradient.forEach((b, j) => {
        variance += a * b * model.vcovAll[i][j];
      });
    });
    expectRelative(clmmMarginal(model, at)[0].orHigher[1].stdError, Math.sqrt(variance), 1e-6);
  });

  test("are nearer one half than those of the average person, by about sqrt(1 + 0.346 s^2) on the logit scale", () => {
    const s = 1.5;
    const { probability } = averageLogistic(Float64Array.of(1), s);
    const logit = Math.log(probability[0] / (1 - probability[0]));
    expect(Math.abs(logit * Math.sqrt(1 + 0.346 * s * s) - 1)).toBeLessThan(0.1);
  });

  test("are exact for a standard deviation of 0 and steady for a very large one", () => {
    expect(averageLogistic(Float64Array.of(1), 0).probability[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
    expect(averageLogistic(Float64Array.of(0), 40).probability[0]).toBeCloseTo(0.5, 12);
  });

  test("of an effect that the fit does not have are refused with the nearest name", () => {
    expect(() => clmmMarginal(fit, [{ xx: 1 }])).toThrow('"x"');
  });

  test("take columns that are not named at their mean", () => {
    const [row] = clmmMarginal(fit, [{}]);
    expectRelative(row.at.z, fit.columnMeans.z, 1e-12);
  });
});

describe("predictions", () => {
  test("average over people to the mean outcome", () => {
    const predicted = clmmPredict(fit, data);
    const y = (table.columns.y as NumericColumn).values;
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
    expect(Math.abs(mean(predicted.map((row) => row.predicted)) - mean(y))).toBeLessThan(0.03);
    expect(predicted[0].stdError).toBeGreaterThan(0);
  });

  test("of a category or a higher one are the marginal probability at the same values", () => {
    const [row] = clmmPredict(slope, data, { category: "2" });
    const value = (name: string) => (table.columns[name] as NumericColumn).values[0];
    const [marginal] = clmmMarginal(slope, [{ x: value("x"), z: value("z") }]);
    expectRelative(row.predicted, marginal.orHigher[1].probability, 1e-10);
    expectRelative(row.lower, marginal.orHigher[1].lower, 1e-10);
    expect(() => clmmPredict(fit, data, { category: "0" })).toThrow("above the lowest");
  });

  test("given the person's mode have no standard error and follow the person", () => {
    const person = clmmPredict(fit, data, { effects: "person" });
    expect(person[0].stdError).toBeNull();
    const [{ modes }] = clmmRanef(fit, data);
    const highest = modes.map(([mode]) => mode).indexOf(Math.max(...modes.map(([mode]) => mode)));
    const averaged = clmmPredict(fit, data);
    expect(person[4 * highest].predicted).toBeGreaterThan(averaged[4 * highest].predicted);
  });
});

describe("conditional modes", () => {
  test("are near 0 on average and vary less than the random effects", () => {
    const [{ levels, modes, conditionalStdDev }] = clmmRanef(fit, data);
    expect(levels.slice(0, 3)).toEqual(["1", "2", "3"]);
    const values = modes.map(([mode]) => mode);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.sqrt(variance)).toBeLessThan(fit.random[0].stdDev[0]);
    expect(conditionalStdDev.every(([sd]) => sd > 0 && sd < fit.random[0].stdDev[0])).toBe(true);
  });

  test("do not change when a predictor is a calendar year", () => {
    const year = numericColumn((table.columns.wave as NumericColumn).values.map((wave) => 2013 + wave));
    const shifted = rows(createTable({ ...table.columns, year }));
    const [a] = clmmRanef(clmm("y ~ wave + (1 | id)", data), data);
    const [b] = clmmRanef(clmm("y ~ year + (1 | id)", shifted), shifted);
    a.modes.forEach(([mode], k) => {
      expect(Math.abs(mode - b.modes[k][0])).toBeLessThan(1e-5);
    });
  });

  test("of people numbered anew at each site are listed by both numbers", () => {
    const ids = (table.columns.id as NumericColumn).values;
    const site = numericColumn(ids.map((id) => (id - 1) % 2));
    const person = numericColumn(ids.map((id) => Math.ceil(id / 2)));
    const sites = rows(createTable({ ...table.columns, site, person }));
    const combined = clmm("y ~ x * z + (1 | person:site)", sites);
    expectRelative(combined.logLik, fit.logLik, 1e-12);
    expect(clmmRanef(combined, sites)[0].levels.slice(0, 3)).toEqual(["100:0", "100:1", "10:0"]);
    expect(() => clmm("y ~ x + (1 | site/person)", sites)).toThrow("one grouping column");
  });

  test("of a random slope come with the intercept, by the same level", () => {
    const [{ terms, modes }] = clmmRanef(slope, data);
    expect(terms).toEqual(["(Intercept)", "x"]);
    expect(modes[0]).toHaveLength(2);
  });
});

describe("residuals", () => {
  test("lie between -1 and 1 and are about 0 on average", () => {
    const residuals = clmmResiduals(fit, data).map(({ residual }) => residual);
    expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(1);
    expect(Math.abs(residuals.reduce((a, b) => a + b, 0) / residuals.length)).toBeLessThan(0.02);
  });

  test("of a binary model are the outcome less the probability", () => {
    const binary = rows(ordinalTable({ ...truth, thresholds: [0] }));
    const logistic = glmm("y ~ x + (1 | id)", binary);
    const y = (binary.table.columns.y as NumericColumn).values;
    for (const { row, fitted, residual } of clmmResiduals(logistic, binary)) {
      expect(fitted + residual).toBeCloseTo(y[row], 12);
    }
    // Without random effects the score equation of the intercept makes them sum to 0.
    const plain = clmmResiduals(glmm("y ~ x", binary), binary);
    expect(plain.reduce((sum, { residual }) => sum + residual, 0)).toBeCloseTo(0, 6);
  });
});

test("simulated outcomes of a fit give the fit again", () => {
  const y = numericColumn(clmmSimulate(fit, data, createRandom(8)));
  const again = clmm("y ~ x * z + (1 | id)", rows(createTable({ ...table.columns, y })));
  again.fixed.forEach((row, k) => {
    expect(Math.abs(row.estimate - fit.fixed[k].estimate) / row.stdError).toBeLessThan(4);
  });
  expect(clmmSimulate(fit, data, createRandom(8))).toEqual(clmmSimulate(fit, data, createRandom(8)));
});

test("questions about rows refuse data that are not those of the fit", () => {
  const fewer = rows(selectRows(table, (row) => row >= 4));
  for (const ask of [clmmRanef, clmmPredict, clmmResiduals]) {
    expect(() => ask(fit, fewer)).toThrow("Expected the data of the fit, 800 rows");
  }
});

describe("the comparison of the cuts", () => {
  const same = ordinalTable({ ...truth, people: 400, slopeSd: 0, seed: 77 });

  test("shows a slope for every cut, near the common one", () => {
    const result = proportionalOdds("y ~ x + z + (1 | id)", rows(same));
    expect(result.cuts).toEqual(["0|1", "1|2", "2|3"]);
    const [x] = result.slopes;
    for (const { estimate, stdError } of x.cuts) expect(Math.abs(estimate - 0.7) / stdError).toBeLessThan(4);
    expect(x.test?.df).toBe(2);
    expect(result.overall?.df).toBe(4);
    expect(result.overall?.pValue).toBeGreaterThan(0.001);
  });

  test("finds a slope that differs between the cuts", () => {
    const x = (same.columns.x as NumericColumn).values;
    const y = (same.columns.y as NumericColumn).values;
    const turned = numericColumn(y.map((code, i) => (code === 3 && x[i] > 0 ? 2 : code)));
    const result = proportionalOdds(
      "y ~ x + z + (1 | id)",
      rows(createTable({ ...same.columns, y: turned })),
    );
    expect(result.slopes[0].test?.pValue).toBeLessThan(1e-6);
  });

  test("leaves out a cut with too few rows on one side and says so", () => {
    const y = (same.columns.y as NumericColumn).values.map((code, i) => (i < 3 ? 4 : code));
    const result = proportionalOdds(
      "y ~ x + (1 | id)",
      rows(createTable({ ...same.columns, y: numericColumn(y) })),
    );
    expect(result.cuts).toHaveLength(3);
    expect(result.warnings[0].message).toContain("3|4");
  });
});
