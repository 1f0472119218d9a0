import { describe, expect, test } from "vitest";
import { drawPanel } from "../../power/draw.ts";
import { panelTable } from "../../power/panel-table.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, numericColumn } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { expectAbsolute } from "../../testing/compare.ts";
import { readFixture, rows } from "../../testing/read-csv.ts";
import { riclpm } from "./fit.ts";
import { riclpmRanef, riclpmResiduals, riclpmSimulate } from "./people.ts";
import type { RiclpmFit } from "./result.ts";

const TRUTH = {
  ...{ waves: 5, icc: 0.6, autoregression: { x: 0.3, y: 0.2 }, xToY: -0.1, yToX: 0.05 },
  ...{ withinCorrelation: -0.2, betweenCorrelation: -0.3, dropout: { share: 0.3, onOutcome: 0.3 } },
};
const COLUMNS = { x: "x", y: "y", id: "id", time: "wave" } as const;

function withAge(table: Table): Table {
  const id = (table.columns.id as NumericColumn).values;
  return createTable({ ...table.columns, age: numericColumn(id.map((person) => 40 + (person % 30))) });
}

const table = withAge(panelTable(drawPanel(TRUTH, 800, createRandom(9))));
const fit = riclpm({ ...COLUMNS, covariates: ["age"] }, rows(table), { lags: "equal", tests: false });

function estimate({ parameters }: RiclpmFit, lhs: string, op: string, rhs: string): number {
  return (
    parameters.find((row) => row.lhs === lhs && row.op === op && row.rhs === rhs)?.estimate ?? Number.NaN
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `lavPredict(fit, method = "EBM")` of lavaan 0.6-14 for the equal-lags model of hunt_like, people 1 to 12: RIx, RIy. */
const LAVAAN = [
  [-0.360524, 0.395417],
  [1.831041, -0.491367],
  [-0.812702, 0.646131],
  [-2.275067, 0.369834],
  [0.301824, -0.059032],
  [-0.522454, 0.167392],
  [-1.360617, 0.252208],
  [1.061831, 0.156162],
  [-1.436565, -0.252944],
  [-2.014241, 2.241856],
  [-2.459531, 1.479448],
  [2.008117, -1.107683],
];

describe("the people behind a fit", () => {
  test("have lavaan's scores as levels, with answers missing or not", () => {
    const data = rows(readFixture("hunt_like"));
    const oracle = riclpm({ ...COLUMNS, x: "ex", y: "pain_c" }, data, { lags: "equal", tests: false });
    const [{ levels, modes }] = riclpmRanef(oracle, data);
    expect(levels.slice(0, 3)).toEqual(["1", "2", "3"]);
    for (const [i, scores] of LAVAAN.entries()) {
      for (const j of [0, 1]) expectAbsolute(modes[i][j], scores[j], 5e-6, `person ${i + 1}`);
    }
  });

  test("have levels whose variance and conditional variance add up to the variance between people", () => {
    const [{ terms, levels, modes, conditionalStdDev }] = riclpmRanef(fit, rows(table));
    expect([terms, levels.length]).toEqual([["RIx", "RIy"], fit.nobs]);
    for (const [i, name] of terms.entries()) {
      const scores = modes.map((row) => row[i]);
      const centre = mean(scores);
      const spread = mean(scores.map((value) => (value - centre) ** 2));
      const left = mean(conditionalStdDev.map((row) => row[i] ** 2));
      const slope = estimate(fit, name, "~", "age");
      const age = (table.columns.age as NumericColumn).values;
      const ages = mean(Array.from(age, (value) => value ** 2)) - mean([...age]) ** 2;
      const total = estimate(fit, name, "~~", name) + slope ** 2 * ages;
      expect(spread + left).toBeGreaterThan(0.97 * total);
      expect(spread + left).toBeLessThan(1.03 * total);
    }
  });

  test("leave residuals with mean zero, of the size that was predicted", () => {
    const residuals = riclpmResiduals(fit, rows(table));
    expect(residuals).toHaveLength(2 * table.nrows);
    const scaled = residuals.map(({ residual, stdDev }) => residual / stdDev);
    expectAbsolute(mean(scaled), 0, 0.03);
    expectAbsolute(mean(scaled.map((value) => value ** 2)), 1, 0.03);
  });

  test("can be drawn anew from the fit, answering where they answered, and give the fit back", () => {
    const draw = riclpmSimulate(fit, rows(table), createRandom(5));
    const answers = draw.x.map((values) => values.filter((value) => !Number.isNaN(value)).length);
    const wave = (table.columns.wave as NumericColumn).values;
    expect(answers).toEqual([1, 2, 3, 4, 5].map((t) => wave.filter((value) => value === t).length));
    expect(riclpmSimulate(fit, rows(table), createRandom(5))).toEqual(draw);
    const names = (series: string) => [1, 2, 3, 4, 5].map((t) => `${series}${t}`);
    const wide = createTable(
      Object.fromEntries([
        ...draw.x.map((values, t) => [`x${t + 1}`, numericColumn(values)]),
        ...draw.y.map((values, t) => [`y${t + 1}`, numericColumn(values)]),
      ]),
    );
    const again = riclpm({ x: names("x"), y: names("y") }, rows(wide), { lags: "equal", tests: false });
    for (const [lhs, rhs] of [
      ["wy2", "wx1"],
      ["wx2", "wy1"],
      ["wx2", "wx1"],
    ]) {
      const row = again.parameters.find((one) => one.lhs === lhs && one.rhs === rhs);
      const distance = ((row?.estimate ?? Number.NaN) - estimate(fit, lhs, "~", rhs)) / (row?.stdError ?? 1);
      expectAbsolute(distance, 0, 3.5, `${lhs} ~ ${rhs}`);
    }
  });

  test("cannot be looked up in other data", () => {
    const fewer = panelTable(drawPanel(TRUTH, 100, createRandom(1)));
    expect(() => riclpmRanef(fit, rows(withAge(fewer)))).toThrowError(
      /Expected the data of the fit, 800 people/,
    );
  });
});
