import { describe, expect, test } from "vitest";
import { StatsError } from "../../errors.ts";
import { drawPanel } from "../../power/draw.ts";
import { panelTable } from "../../power/panel-table.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, numericColumn } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, rows } from "../../testing/read-csv.ts";
import { lmm } from "../lmm/fit.ts";
import { growth } from "./fit.ts";
import { printGrowth } from "./print.ts";
import type { GrowthFit } from "./result.ts";

const sleepstudy = readFixture("sleepstudy");
const REACTION = { series: [{ name: "", columns: "Reaction" }], id: "Subject", time: "Days" } as const;

function estimate(fit: GrowthFit, lhs: string, op: string, rhs: string): number {
  const row = fit.parameters.find((one) => one.lhs === lhs && one.op === op && one.rhs === rhs);
  return row?.estimate ?? Number.NaN;
}

function code(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof StatsError) return error.code;
    throw error;
  }
  return "none";
}

describe("growth as a structure and growth as a mixed model", () => {
  test("are one model when data are complete and residual variances equal: sleepstudy", () => {
    const sem = growth(REACTION, rows(sleepstudy), { residuals: "equal" });
    const mixed = lmm("Reaction ~ Days + (1 + Days | Subject)", rows(sleepstudy), { method: "ml" });
    const [block] = mixed.random;
    expectRelative(sem.logLik, mixed.logLik ?? Number.NaN, 1e-9, "logLik");
    expectRelative(estimate(sem, "i", "~1", ""), mixed.fixed[0].estimate, 1e-7, "intercept");
    expectRelative(estimate(sem, "s", "~1", ""), mixed.fixed[1].estimate, 1e-7, "slope");
    expectRelative(estimate(sem, "i", "~~", "i"), block.covariance[0][0], 1e-5, "variance of intercepts");
    expectRelative(estimate(sem, "s", "~~", "s"), block.covariance[1][1], 1e-5, "variance of slopes");
    expectAbsolute(estimate(sem, "i", "~~", "s"), block.covariance[0][1], 1e-3, "covariance");
    expectRelative(
      estimate(sem, "Reaction1", "~~", "Reaction1"),
      mixed.sigma ** 2,
      1e-6,
      "residual variance",
    );
  });

  test("are one model with a covariate and with missing answers, too", () => {
    const truth = {
      ...{ waves: 5, icc: 0.6, autoregression: { x: 0, y: 0 }, xToY: 0, yToX: 0 },
      ...{ withinCorrelation: 0, betweenCorrelation: 0.2, dropout: { share: 0.4, onOutcome: 0.5 } },
    };
    const table = panelTable(drawPanel(truth, 200, createRandom(5)));
    const [id, wave, y] = ["id", "wave", "y"].map((name) => (table.columns[name] as NumericColumn).values);
    const slope = (row: number) => 0.3 * ((id[row] % 7) - 3);
    const more = createTable({
      ...table.columns,
      y: numericColumn(y.map((value, row) => value + slope(row) * wave[row])),
      old: numericColumn(id.map((person) => person % 2)),
      time: numericColumn(wave.map((number) => number - 1)),
    });
    const columns = { series: [{ name: "", columns: "y" }], id: "id", time: "wave", covariates: ["old"] };
    const sem = growth(columns, rows(more), { residuals: "equal" });
    const mixed = lmm("y ~ time * old + (1 + time | id)", rows(more), { method: "ml" });
    expectRelative(sem.logLik, mixed.logLik ?? Number.NaN, 1e-9, "logLik");
    expectAbsolute(estimate(sem, "s", "~", "old"), mixed.fixed[3].estimate, 1e-6, "slope on old");
  });
});

describe("growth()", () => {
  test("takes time from the time column, so that its slope is in that unit", () => {
    const halved = createTable({
      ...sleepstudy.columns,
      Days: numericColumn((sleepstudy.columns.Days as NumericColumn).values.map((day) => 2 * day + 7)),
    });
    const [one, other] = [growth(REACTION, rows(sleepstudy)), growth(REACTION, rows(halved))];
    expect(other.scores).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expectRelative(2 * estimate(other, "s", "~1", ""), estimate(one, "s", "~1", ""), 1e-6);
    expectRelative(other.logLik, one.logLik, 1e-9);
  });

  test("gives the share of each wave's variance that growth accounts for", () => {
    const fit = growth(REACTION, rows(sleepstudy), { residuals: "equal" });
    expect(fit.explained).toHaveLength(10);
    const [first] = fit.explained;
    const variance = estimate(fit, "i", "~~", "i");
    const residual = estimate(fit, "Reaction1", "~~", "Reaction1");
    expectRelative(first.share, variance / (variance + residual), 1e-9);
  });

  test("is plain data and prints its parameters", () => {
    const fit = growth(REACTION, rows(sleepstudy), { residuals: "equal" });
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect(printGrowth(fit)).toMatch(/s ~1 +10\.4673/);
  });

  test("refuses two waves, two series of one name, and a wave nobody answered", () => {
    const wide = (columns: Record<string, (number | null)[]>): Table =>
      createTable(
        Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numericColumn(values)])),
      );
    const table = wide({ a: [1, 2, 3, 5], b: [2, 2, 4, 4], c: [null, null, null, null] });
    const asked = (columns: string[]) => ({ series: [{ name: "", columns }] });
    expect(code(() => growth(asked(["a", "b"]), rows(table)))).toBe("growth.waves");
    expect(code(() => growth(asked(["a", "b", "c"]), rows(table)))).toBe("riclpm.empty-wave");
    const twins = { series: [asked(["a", "b", "a"]).series[0], asked(["a", "b", "a"]).series[0]] };
    expect(code(() => growth(twins, rows(table)))).toBe("growth.series");
  });
});
