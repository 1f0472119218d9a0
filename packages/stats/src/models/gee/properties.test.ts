import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn, selectRows, takeRows } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { rows, withColumns } from "../../testing/read-csv.ts";
import { logistic } from "../glm/family.ts";
import { glm } from "../glm/fit.ts";
import { gee } from "./fit.ts";
import type { GeeOptions } from "./options.ts";
import type { GeeFit } from "./result.ts";

fc.configureGlobal({ seed: 65279 });

const seeds = fc.integer({ min: 1, max: 1_000_000 });

/** People with a level of their own; `missing` is the chance that a wave was not answered. */
function panel(seed: number, { people = 60, waves = 4, missing = 0.2 } = {}): Table {
  const random = createRandom(seed);
  const [id, wave, x, y, binary]: number[][] = [[], [], [], [], []];
  for (let person = 0; person < people; person++) {
    const level = random.normal();
    for (let t = 1; t <= waves; t++) {
      const exposure = 0.4 * level + random.normal();
      const eta = 0.2 + level + 0.1 * t - 0.5 * exposure;
      const [noise, chance, gone] = [random.normal(), random.uniform(), random.uniform()];
      if (t > 1 && gone < missing) continue;
      id.push(person);
      wave.push(t);
      x.push(exposure);
      y.push(eta + noise);
      binary.push(chance < logistic(eta) ? 1 : 0);
    }
  }
  return createTable({
    id: numericColumn(id),
    wave: numericColumn(wave),
    x: numericColumn(x),
    y: numericColumn(y),
    binary: numericColumn(binary),
  });
}

function shuffled(table: Table, seed: number): Table {
  const random = createRandom(seed);
  const order = Array.from({ length: table.nrows }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const take = Int32Array.from(order);
  return createTable(
    Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, takeRows(column, take)])),
  );
}

const models = fc.record({
  correlation: fc.constantFrom("independence", "exchangeable", "ar1", "unstructured"),
  family: fc.constantFrom("gaussian", "binomial"),
  se: fc.constantFrom("robust", "mancl-derouen", "kauermann-carroll"),
});

function fitted(table: Table, asked: object, formula = "x + wave"): GeeFit {
  const options = { id: "id", time: "wave", ...asked } as GeeOptions;
  return gee(`${options.family === "binomial" ? "binary" : "y"} ~ ${formula}`, rows(table), options);
}

function expectSame(actual: GeeFit, expected: GeeFit, tolerance: number): void {
  expected.fixed.forEach((row, j) => {
    expectAbsolute(actual.fixed[j].estimate, row.estimate, tolerance * row.stdError);
    expectRelative(actual.fixed[j].stdError, row.stdError, tolerance);
  });
  expected.alpha.forEach((value, c) => {
    expectAbsolute(actual.alpha[c], value, tolerance);
  });
}

describe("a gee fit does not depend on how the data are written down", () => {
  test("the order of the rows changes no number", () => {
    fc.assert(
      fc.property(seeds, models, (seed, model) => {
        const table = panel(seed);
        const fit = fitted(table, model);
        fc.pre(fit.converged);
        expectSame(fitted(shuffled(table, seed + 1), model), fit, 1e-7);
      }),
      { numRuns: 25 },
    );
  });

  test("the labels of the people change no number", () => {
    fc.assert(
      fc.property(seeds, models, (seed, model) => {
        const table = panel(seed);
        const ids = (table.columns.id as { values: Float64Array }).values;
        const named = createTable({
          ...table.columns,
          id: factorColumn(Array.from(ids, (id) => `person ${1000 - id} é`)),
        });
        const fit = fitted(table, model);
        fc.pre(fit.converged);
        expectSame(fitted(named, model), fit, 1e-7);
      }),
      { numRuns: 15 },
    );
  });

  test("the units of a predictor scale its coefficient and nothing else", () => {
    fc.assert(
      fc.property(seeds, models, fc.constantFrom(1e8, 1e-4), (seed, model, unit) => {
        const table = withColumns(panel(seed), {
          scaled: (value) => unit * value("x"),
          year: (value) => 2013 + value("wave"),
        });
        const fit = fitted(table, model);
        fc.pre(fit.converged);
        const again = fitted(table, model, "scaled + year");
        expectRelative(again.fixed[1].estimate * unit, fit.fixed[1].estimate, 1e-6);
        expectRelative(again.fixed[1].stdError * unit, fit.fixed[1].stdError, 1e-6);
        expectRelative(again.fixed[2].estimate, fit.fixed[2].estimate, 1e-6);
        fit.alpha.forEach((value, c) => {
          expectAbsolute(again.alpha[c], value, 1e-7);
        });
      }),
      { numRuns: 20 },
    );
  });

  test("the units of a gaussian outcome scale everything but the correlation", () => {
    const table = withColumns(panel(11), { y: (value) => 1e6 + 1000 * value("y") });
    const [fit, again] = [fitted(panel(11), {}), fitted(table, {})];
    expectRelative(again.fixed[1].estimate, 1000 * fit.fixed[1].estimate, 1e-8);
    expectRelative(again.scale, 1e6 * (fit.scale ?? 0), 1e-8);
    expectRelative(again.scaleStdError, 1e6 * (fit.scaleStdError ?? 0), 1e-8);
    expectAbsolute(again.alpha[0], fit.alpha[0], 1e-9);
  });
});

describe("what a gee fit must equal", () => {
  test("with independence the coefficients are those of ordinary or logistic regression", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom("gaussian" as const, "binomial" as const), (seed, family) => {
        const table = panel(seed);
        const fit = fitted(table, { family, correlation: "independence" });
        const plain = glm(fit.formula, rows(table), { family });
        fit.fixed.forEach((row, j) => {
          expectRelative(row.estimate, plain.fixed[j].estimate, 1e-8);
        });
      }),
      { numRuns: 15 },
    );
  });

  test("with people of one row the exchangeable model is ordinary regression, and says that nothing was to learn", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const table = selectRows(panel(seed), (row) => {
          const wave = (panel(seed).columns.wave as { values: Float64Array }).values;
          return wave[row] === 1;
        });
        const fit = fitted(table, {}, "x");
        const plain = glm("y ~ x", rows(table));
        fit.fixed.forEach((row, j) => {
          expectRelative(row.estimate, plain.fixed[j].estimate, 1e-8);
        });
        expect(fit.alpha).toEqual([]);
        expect(fit.warnings.map(({ code }) => code)).toContain("gee.no-pairs");
      }),
      { numRuns: 5 },
    );
  });

  test("on balanced data with predictors of the wave alone, the exchangeable model gives the means of the waves", () => {
    const table = panel(3, { missing: 0 });
    const exchangeable = fitted(table, {}, "wave");
    const independence = fitted(table, { correlation: "independence" }, "wave");
    exchangeable.fixed.forEach((row, j) => {
      expectRelative(row.estimate, independence.fixed[j].estimate, 1e-9);
      expectRelative(row.stdError, independence.fixed[j].stdError, 1e-8);
    });
  });

  test("sums and rows give the same exchangeable fit: equal weights of 1 take the way of the rows", () => {
    const table = withColumns(panel(8), { one: () => 1 });
    expectSame(fitted(table, { weights: "one" }), fitted(table, {}), 1e-8);
  });

  test("the correction of Mancl and DeRouen is the spread of the fits without one person, to first order", () => {
    const table = panel(21, { people: 200 });
    const fit = fitted(table, { correlation: "independence", se: "mancl-derouen" });
    const slopes = withoutEach(table, 200).map(
      (left) => fitted(left, { correlation: "independence" }).fixed[1].estimate,
    );
    const spread = slopes.reduce((sum, slope) => sum + (slope - fit.fixed[1].estimate) ** 2, 0);
    expectRelative(fit.fixed[1].stdError, Math.sqrt(spread), 1e-8);
  });

  test.each(["gaussian", "binomial"] as const)(
    "the %s standard errors of correlation and scale are near those of the jackknife over people",
    (family) => {
      const table = panel(31, { people: 150 });
      // The exposure of these people goes with their level, so only the wave has the same effect within and between.
      const fit = fitted(table, { family }, "wave");
      const leftOut = withoutEach(table, 150).map((left) => fitted(left, { family }, "wave"));
      const spread = (value: (fit: GeeFit) => number) =>
        Math.sqrt(leftOut.reduce((sum, other) => sum + (value(other) - value(fit)) ** 2, 0));
      expectRelative(
        fit.alphaStdError[0],
        spread(({ alpha }) => alpha[0]),
        0.06,
      );
      const scale = spread((other) => other.scale ?? 0);
      // The scale of a binary outcome is almost fixed at 1, so what is left is of the second order.
      expectAbsolute(fit.scaleStdError, scale, Math.max(0.06 * scale, 0.001));
    },
  );

  function withoutEach(table: Table, people: number): Table[] {
    const ids = (table.columns.id as { values: Float64Array }).values;
    return Array.from({ length: people }, (_, person) => selectRows(table, (row) => ids[row] !== person));
  }
});
