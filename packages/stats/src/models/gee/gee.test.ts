import { describe, expect, test } from "vitest";
import { createTable, factorColumn, numericColumn, takeRows } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, rows, withColumns } from "../../testing/read-csv.ts";
import { gee, geePredict, geeResiduals } from "./fit.ts";
import type { GeeOptions } from "./options.ts";
import type { GeeFit } from "./result.ts";

const hunt = withColumns(readFixture("hunt_like"), {
  yrs: (value) => value("time") / 365.25,
  age10: (value) => (value("age") - 50) / 10,
  high: (value) => (Number.isNaN(value("pain_o")) ? Number.NaN : Number(value("pain_o") >= 3)),
});

function codesOf(fit: GeeFit): string[] {
  return fit.warnings.map(({ code }) => code);
}

function columns(data: Readonly<Record<string, readonly number[]>>): Table {
  return createTable(
    Object.fromEntries(Object.entries(data).map(([name, values]) => [name, numericColumn(values)])),
  );
}

function inOrder(table: Table, order: readonly number[]): Table {
  const take = Int32Array.from(order);
  return createTable(
    Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, takeRows(column, take)])),
  );
}

// geepack 1.3.9, R 4.2.2: pain_o ~ ex_w + ex_bc + sex + age10 + edu + smoke + yrs, exchangeable; its intercept
// refers to a between-person exposure centred at the mean of people and is left out here.
const ORACLE = {
  terms: ["within(ex)", "between(ex)", "sex", "age10", "edu", "smoke", "yrs"],
  estimate: [
    -0.122476160529592, -0.0899173469629363, -0.0393647759818822, 0.05852839487825, 0.00180356568500821,
    0.0948926914128155, -0.0391556344460143,
  ],
  stdError: [
    0.0188120376204332, 0.0273824467663878, 0.0805464102159024, 0.0260962004820482, 0.0552910444156173,
    0.0980818269510305, 0.0453785159822552,
  ],
  alpha: 0.576811222691618,
  scale: 1.27251875154158,
};

describe("gee on simulated people like those of HUNT", () => {
  const fit = gee("pain_o ~ within(ex) + between(ex) + sex + age10 + edu + smoke + yrs", rows(hunt), {
    id: "id",
  });

  test("gives the estimates, standard errors, correlation and scale of geepack", () => {
    ORACLE.terms.forEach((term, j) => {
      const row = fit.fixed[j + 1];
      expect(row.term).toBe(term);
      expectRelative(row.estimate, ORACLE.estimate[j], 1e-5);
      expectRelative(row.stdError, ORACLE.stdError[j], 1e-5);
    });
    expectRelative(fit.alpha[0], ORACLE.alpha, 1e-6);
    expectRelative(fit.scale, ORACLE.scale, 1e-6);
    expect(fit.ngroups).toEqual({ id: 597 });
  });

  test("keeps both covariances, and the standard error of the model beside the robust one", () => {
    fit.fixed.forEach((row, j) => {
      expect(row.stdError).toBe(Math.sqrt(fit.vcovRobust[j][j]));
      expect(row.modelStdError).toBe(Math.sqrt(fit.vcovModel[j][j]));
      expect(row.df).toBeNull();
    });
    expect(fit.vcov).toEqual(fit.vcovRobust);
    const model = gee(fit.formula, rows(hunt), { id: "id", se: "model" });
    expect(model.vcov).toEqual(fit.vcovModel);
    expect(model.fixed[1].modelStdError).toBeUndefined();
  });

  test("has no likelihood, and survives JSON and structuredClone", () => {
    expect([fit.logLik, fit.deviance, fit.aic, fit.bic]).toEqual([null, null, null, null]);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect(structuredClone(fit)).toEqual(fit);
  });

  test("predicts the rows used, and leaves residuals that add up to nothing with independence", () => {
    const independence = gee("pain_o ~ ex + sex", rows(hunt), { id: "id", correlation: "independence" });
    const residuals = geeResiduals(independence, rows(hunt));
    expect(residuals).toHaveLength(independence.nobs);
    expectAbsolute(
      residuals.reduce((sum, { residual }) => sum + residual, 0),
      0,
      1e-8,
    );
    const [first] = geePredict(independence, rows(hunt));
    expectRelative(first.predicted, residuals[0].fitted, 1e-12);
    expect(first.row).toBe(0);
  });

  test("predicts probabilities with intervals between 0 and 1", () => {
    const binomial = gee("high ~ ex + sex", rows(hunt), { id: "id", family: "binomial" });
    for (const { predicted, lower, upper } of geePredict(binomial, rows(hunt))) {
      expect(0 < (lower ?? -1) && (lower ?? 1) < predicted && predicted < (upper ?? 0)).toBe(true);
      expect((upper ?? 2) < 1).toBe(true);
    }
  });
});

describe("the id of gee", () => {
  const numeric = gee("pain_o ~ ex + sex", rows(hunt), { id: "id" });

  test("may be text: geeglm's character id would have made everyone one person", () => {
    const ids = (hunt.columns.id as { values: Float64Array }).values;
    const text = createTable({ ...hunt.columns, name: factorColumn(Array.from(ids, (id) => `p${id}`)) });
    const fit = gee("pain_o ~ ex + sex", rows(text), { id: "name" });
    expect(fit.ngroups).toEqual({ name: 597 });
    expect(fit.fixed).toEqual(numeric.fixed);
  });

  test("may be unicode, in rows that are not together", () => {
    const ids = (hunt.columns.id as { values: Float64Array }).values;
    const names = Array.from(ids, (id) => `Åse-${String.fromCodePoint(0x1f600 + id)}`);
    const text = createTable({ ...hunt.columns, name: factorColumn(names) });
    const order = [...names.keys()].sort((a, b) => ((a * 7919) % 3001) - ((b * 7919) % 3001));
    const fit = gee("pain_o ~ ex + sex", rows(inOrder(text, order)), { id: "name" });
    fit.fixed.forEach((row, j) => {
      expectRelative(row.estimate, numeric.fixed[j].estimate, 1e-9);
      expectRelative(row.stdError, numeric.fixed[j].stdError, 1e-9);
    });
  });

  test("is required", () => {
    expect(() => gee("pain_o ~ ex", rows(hunt), {} as GeeOptions)).toThrowError(
      expect.objectContaining({ code: "data.id-needed" }),
    );
  });
});

describe("the waves of gee", () => {
  const panel = columns({
    id: [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6],
    wave: [1, 2, 4, 1, 2, 3, 2, 4, 1, 3, 4, 1, 2, 1, 3, 4],
    y: [1, 2, 2.5, 0, 1, 0.2, 3, 2, 2, 2.2, 1, 0.3, 1.4, 2, 1, 0.4],
    x: [0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0],
  });

  test("are not the places of the rows: with ar1 a gap of two waves is alpha squared", () => {
    const byWave = gee("y ~ x", rows(panel), { id: "id", correlation: "ar1", time: "wave" });
    const doubled = withColumns(panel, { twice: (value) => 2 * value("wave") });
    const slower = gee("y ~ x", rows(doubled), { id: "id", correlation: "ar1", time: "twice" });
    expectRelative(slower.alpha[0] ** 2, byWave.alpha[0], 1e-8);
    expectRelative(slower.fixed[1].estimate, byWave.fixed[1].estimate, 1e-8);
  });

  test("name the correlations of the unstructured one, of which only observed pairs exist", () => {
    const gappy = withColumns(hunt, {
      pain_o: (value) => (value("wave") === 3 && value("id") % 2 === 0 ? Number.NaN : value("pain_o")),
      even: (value) => (value("wave") === 3 ? Number.NaN : value("pain_o")),
    });
    const asked = { id: "id", correlation: "unstructured" as const, time: "wave" };
    const fit = gee("pain_o ~ ex", rows(gappy), asked);
    expect(fit.alphaTerms).toEqual(["1:2", "1:3", "1:4", "1:5", "2:3", "2:4", "2:5", "3:4", "3:5", "4:5"]);
    expect(fit.converged).toBe(true);
    expect(gee("even ~ ex", rows(gappy), asked).alphaTerms).toEqual([
      "1:2",
      "1:4",
      "1:5",
      "2:4",
      "2:5",
      "4:5",
    ]);
  });

  test("are two at least: then unstructured and ar1 are the exchangeable model", () => {
    const two = withColumns(hunt, { y: (value) => (value("wave") <= 2 ? value("pain_o") : Number.NaN) });
    const [plain, free, ar1] = (["exchangeable", "unstructured", "ar1"] as const).map((correlation) =>
      gee("y ~ ex + sex", rows(two), { id: "id", time: "wave", correlation }),
    );
    for (const other of [free, ar1]) {
      expectRelative(other.alpha[0], plain.alpha[0], 1e-8);
      expectRelative(other.alphaStdError[0], plain.alphaStdError[0], 1e-7);
      expectRelative(other.fixed[1].stdError, plain.fixed[1].stdError, 1e-8);
    }
  });

  test.each([
    ["are needed by ar1", "wave", {}, "data.time-needed"],
    ["must be whole", "half", { time: "half" }, "gee.time-not-whole"],
    ["must differ within a person", "same", { time: "same" }, "data.duplicate-time"],
  ])("%s", (_, __, options, code) => {
    const more = withColumns(panel, { half: (value) => value("wave") / 2, same: () => 1 });
    expect(() => gee("y ~ x", rows(more), { id: "id", correlation: "ar1", ...options })).toThrowError(
      expect.objectContaining({ code }),
    );
  });
});

describe("gee with little or awkward data", () => {
  test("of one person is refused", () => {
    const one = columns({ id: [1, 1, 1, 1], y: [1, 2, 2, 4], x: [0, 1, 0, 1] });
    expect(() => gee("y ~ x", rows(one), { id: "id" })).toThrowError(
      expect.objectContaining({ code: "gee.one-person" }),
    );
  });

  test("of two people shows no robust standard error, which would be close to zero by construction", () => {
    const two = columns({
      id: [1, 1, 1, 1, 2, 2, 2, 2],
      y: [1, 2, 2, 4, 2, 1, 3, 3],
      x: [0, 1, 0, 1, 0, 1, 0, 1],
    });
    const fit = gee("y ~ x", rows(two), { id: "id", correlation: "independence" });
    expect(codesOf(fit)).toEqual(["gee.too-few-people"]);
    expect(fit.fixed.every(({ stdError }) => Number.isNaN(stdError))).toBe(true);
    expect(fit.fixed.every(({ estimate }) => Number.isFinite(estimate))).toBe(true);
    const model = gee("y ~ x", rows(two), { id: "id", correlation: "independence", se: "model" });
    expect(model.fixed.every(({ stdError }) => stdError > 0)).toBe(true);
  });

  test("of few people asks for a small-sample standard error, which is larger", () => {
    const few = withColumns(hunt, {
      pain_o: (value) => (value("id") <= 20 ? value("pain_o") : Number.NaN),
    });
    const asked = (se: GeeOptions["se"]) =>
      gee("pain_o ~ ex + sex", rows(few), { id: "id", se: se ?? "robust" });
    const [robust, kc, md] = [asked("robust"), asked("kauermann-carroll"), asked("mancl-derouen")];
    expect(codesOf(robust)).toEqual(["gee.few-people"]);
    expect(codesOf(md)).toEqual([]);
    robust.fixed.forEach((row, j) => {
      expect(kc.fixed[j].stdError).toBeGreaterThan(row.stdError);
      expect(md.fixed[j].stdError).toBeGreaterThan(kc.fixed[j].stdError);
    });
  });

  test("in which one person alone carries a predictor has no small-sample standard error", () => {
    const lone = withColumns(hunt, { only: (value) => Number(value("id") === 1) });
    const fit = gee("pain_o ~ ex + only", rows(lone), { id: "id", se: "mancl-derouen" });
    expect(codesOf(fit)).toEqual(["gee.leverage"]);
    expect(fit.fixed.every(({ stdError }) => Number.isNaN(stdError))).toBe(true);
  });

  test("drops an exposure that never varies and says so", () => {
    const constant = withColumns(hunt, { ex: () => 3 });
    const fit = gee("pain_o ~ ex + sex", rows(constant), { id: "id" });
    expect(fit.dropped).toEqual(["ex"]);
    expect(codesOf(fit)).toEqual(["regression.rank-deficient"]);
  });

  test("with perfect separation shows no number", () => {
    const separated = withColumns(hunt, {
      high: (value) => (value("pain_o") >= 3 && value("smoke") === 0 ? 1 : 0),
    });
    const fit = gee("high ~ smoke + sex", rows(separated), { id: "id", family: "binomial" });
    expect(codesOf(fit)).toEqual(["gee.separation"]);
    expect(fit.warnings[0].message).toContain("smoke");
    expect(fit.converged).toBe(false);
    expect(
      fit.fixed.every(({ estimate, stdError }) => Number.isNaN(estimate) && Number.isNaN(stdError)),
    ).toBe(true);
    expect([fit.alpha, fit.scale, fit.qic]).toEqual([[], null, null]);
  });

  test("with an exchangeable correlation that no data can have shows no coefficients", () => {
    // In each person one row stands far above two others: the correlation of three rows cannot be below -1/2.
    const three = columns({
      id: [1, 1, 1, 2, 2, 2, 3, 3, 4, 4],
      y: [9, 0, 0, 0, 9.5, 0, 9, -9, -8, 8.5],
      x: [0, 1, 0, 1, 0, 0, 1, 1, 0, 1],
    });
    const fit = gee("y ~ x", rows(three), { id: "id" });
    expect(codesOf(fit)).toContain("gee.correlation-invalid");
    expect(fit.converged).toBe(false);
    expect(fit.fixed.every(({ estimate }) => Number.isNaN(estimate))).toBe(true);
    expect(fit.alpha[0]).toBeLessThan(-0.5);
  });

  test("whose rows are all determined by the predictors is refused", () => {
    const repeated = withColumns(hunt, { twice: (value) => 2 * value("ex") });
    expect(() => gee("twice ~ ex", rows(repeated), { id: "id" })).toThrowError(
      expect.objectContaining({ code: "regression.perfect-fit" }),
    );
  });

  test("with a random term is refused", () => {
    expect(() => gee("pain_o ~ ex + (1 | id)", rows(hunt), { id: "id" })).toThrowError(
      expect.objectContaining({ code: "regression.random-term" }),
    );
  });
});

describe("the weights of gee", () => {
  test("drop rows without one", () => {
    const weighted = withColumns(hunt, { w: (value) => (value("wave") === 5 ? Number.NaN : 1) });
    const fit = gee("pain_o ~ ex", rows(weighted), { id: "id", weights: "w" });
    const without = gee(
      "pain_o ~ ex",
      rows(withColumns(hunt, { pain_o: (value) => (value("wave") === 5 ? Number.NaN : value("pain_o")) })),
      { id: "id" },
    );
    expect(fit.nobs).toBe(without.nobs);
    expectRelative(fit.fixed[1].estimate, without.fixed[1].estimate, 1e-9);
    expect(fit.qic).toBeNull();
  });

  test("that change within a person warn unless rows are taken as independent", () => {
    const weighted = withColumns(hunt, { w: (value) => 1 + value("wave") });
    const asked = { id: "id", weights: "w" };
    expect(codesOf(gee("pain_o ~ ex", rows(weighted), asked))).toEqual(["gee.weights-vary"]);
    expect(codesOf(gee("pain_o ~ ex", rows(weighted), { ...asked, correlation: "independence" }))).toEqual(
      [],
    );
  });

  test("do not change the coefficients or the robust errors when all are doubled", () => {
    const weighted = withColumns(hunt, {
      one: (value) => 1 + value("smoke"),
      two: (value) => 2 + 2 * value("smoke"),
    });
    const one = gee("pain_o ~ ex + sex", rows(weighted), { id: "id", weights: "one" });
    const two = gee("pain_o ~ ex + sex", rows(weighted), { id: "id", weights: "two" });
    one.fixed.forEach((row, j) => {
      expectRelative(two.fixed[j].estimate, row.estimate, 1e-9);
      expectRelative(two.fixed[j].stdError, row.stdError, 1e-9);
    });
  });
});
