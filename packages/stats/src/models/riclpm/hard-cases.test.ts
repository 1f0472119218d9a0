import { describe, expect, test } from "vitest";
import { StatsError } from "../../errors.ts";
import { drawPanel } from "../../power/draw.ts";
import { panelTable } from "../../power/panel-table.ts";
import type { PanelTruth } from "../../power/truth.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn, selectRows } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { rows } from "../../testing/read-csv.ts";
import { riclpm } from "./fit.ts";
import type { RiclpmColumns, RiclpmOptions } from "./options.ts";
import { printRiclpm } from "./print.ts";
import type { RiclpmFit } from "./result.ts";

const TRUTH: PanelTruth = {
  waves: 4,
  icc: 0.5,
  autoregression: { x: 0.2, y: 0.2 },
  xToY: 0,
  yToX: 0,
  withinCorrelation: -0.2,
  betweenCorrelation: -0.3,
};
const LONG = { x: "x", y: "y", id: "id", time: "wave" } as const;
const QUICK = { lags: "equal", tests: false } as const;

function drawn(seed: number, people: number, truth: PanelTruth = TRUTH): Table {
  return panelTable(drawPanel(truth, people, createRandom(seed)));
}

function values(table: Table, name: string): Float64Array {
  return (table.columns[name] as NumericColumn).values;
}

/** The table with a column computed from wave, id and the old value. */
function changed(
  table: Table,
  name: string,
  compute: (row: { wave: number; id: number; value: number }) => number | null,
): Table {
  const [wave, id, value] = [values(table, "wave"), values(table, "id"), values(table, name)];
  const computed = Array.from(value, (old, i) => compute({ wave: wave[i], id: id[i], value: old }));
  return createTable({ ...table.columns, [name]: numericColumn(computed) });
}

function fitted(table: Table, options: RiclpmOptions = QUICK, columns: RiclpmColumns = LONG): RiclpmFit {
  return riclpm(columns, rows(table), options);
}

function refusal(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof StatsError) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: "none", message: "" };
}

function codes(fit: RiclpmFit): string[] {
  return fit.warnings.map(({ code }) => code);
}

describe("data that cannot be fitted are refused in words", () => {
  const table = drawn(1, 200);

  test("a wave nobody answered is named", () => {
    const empty = changed(table, "x", ({ wave, value }) => (wave === 3 ? null : value));
    const { code, message } = refusal(() => fitted(empty));
    expect(code).toBe("riclpm.empty-wave");
    expect(message).toContain('found none in "x" at wave = 3 (wave 3)');
  });

  test("two people are too few", () => {
    expect(refusal(() => fitted(drawn(1, 2)))).toEqual({
      code: "riclpm.too-few-people",
      message:
        "Expected at least 9 people, more than there are variables; found 2 with an answer. A model of means and covariances needs many more people than waves; join groups or describe these people one by one.",
    });
  });

  test("an exposure with one value for everybody at a wave is named", () => {
    const constant = changed(table, "x", ({ wave, value }) => (wave === 2 ? 3 : value));
    const { code, message } = refusal(() => fitted(constant));
    expect(code).toBe("riclpm.constant");
    expect(message).toContain('"x" at wave = 2; found only the value 3, 200 times');
  });

  test("an exposure that never changes in anybody has nothing to be followed", () => {
    const constant = changed(table, "x", ({ id }) => id % 7);
    const { code, message } = refusal(() => fitted(constant));
    expect(code).toBe("riclpm.constant");
    expect(message).toContain("x to change within people; found the same value at every wave for everyone");
  });

  test("a second row for a person and wave is shown by example", () => {
    const twice = changed(table, "wave", ({ wave, id }) => (id === 17 && wave === 2 ? 1 : wave));
    const { code, message } = refusal(() => fitted(twice));
    expect(code).toBe("riclpm.duplicate-wave");
    expect(message).toContain("a second one for id = 17 at wave = 1 (row 66)");
  });

  test("a covariate that changes within a person, and lag() as a covariate, are refused", () => {
    const age = changed(
      createTable({ ...table.columns, age: table.columns.id }),
      "age",
      ({ id, wave }) => id + wave,
    );
    expect(refusal(() => fitted(age, QUICK, { ...LONG, covariates: ["age"] })).code).toBe(
      "riclpm.person-varies",
    );
    expect(refusal(() => fitted(table, QUICK, { ...LONG, covariates: ["lag(x)"] })).code).toBe(
      "riclpm.covariate",
    );
  });

  test("a covariate that is the same for everybody in a group is named with the group", () => {
    const sex = factorColumn(Array.from(values(table, "id"), (id) => (id % 2 === 0 ? "m" : "f")));
    const more = createTable({ ...table.columns, sex });
    const { code, message } = refusal(() =>
      fitted(more, QUICK, { ...LONG, group: "sex", covariates: ["sex"] }),
    );
    expect(code).toBe("riclpm.constant");
    expect(message).toContain("the covariate sex[m] in group f; found only the value 0, 100 times");
  });

  test("two waves, and x in long data beside y in wide data, are refused", () => {
    const early = selectRows(table, (row) => values(table, "wave")[row] <= 2);
    expect(refusal(() => fitted(early)).code).toBe("riclpm.waves");
    expect(refusal(() => fitted(table, QUICK, { ...LONG, y: ["x", "y", "wave"] })).code).toBe(
      "riclpm.columns",
    );
    expect(refusal(() => fitted(table, QUICK, { x: ["x", "y", "wave"], y: ["x", "y"] })).code).toBe(
      "riclpm.columns",
    );
  });

  test("one column for two series, and one person in two rows of wide data, are refused", () => {
    expect(refusal(() => fitted(table, QUICK, { ...LONG, y: "x" })).message).toContain('found "x" twice');
    const wide = { x: ["x", "y", "wave"], y: ["a", "b", "c"], id: "id" };
    const more = createTable({
      ...table.columns,
      a: table.columns.x,
      b: table.columns.y,
      c: table.columns.wave,
    });
    expect(refusal(() => fitted(more, QUICK, wide)).message).toContain("found id = 1 in rows 1 and 2");
  });

  test("a series that is the other one in new units, and a wave copied to another, are named", () => {
    const x = values(table, "x");
    const same = createTable({ ...table.columns, y: numericColumn(x.map((value) => 2 * value + 1)) });
    expect(refusal(() => fitted(same)).message).toContain("found x1 and y1 on one straight line");
    const copied = changed(table, "y", ({ wave, id, value }) =>
      wave === 3 ? values(table, "y")[4 * (id - 1) + 1] : value,
    );
    expect(refusal(() => fitted(copied)).message).toContain("found y2 and y3 on one straight line");
  });

  test("a misspelt column gets the nearest name, and options out of range their reason", () => {
    expect(refusal(() => fitted(table, QUICK, { ...LONG, time: "waves" })).message).toContain(
      'Did you mean "wave"?',
    );
    for (const options of [
      { reliability: 0 },
      { level: 95 },
      { growth: "linear", randomIntercepts: false },
    ] as const) {
      expect(refusal(() => fitted(table, options)).code).toBe("riclpm.option");
    }
  });
});

describe("data with holes", () => {
  test("people without any answer are counted and change nothing", () => {
    const table = drawn(2, 200);
    const silent = changed(
      changed(table, "x", ({ id, value }) => (id <= 5 ? null : value)),
      "y",
      ({ id, value }) => (id <= 5 ? null : value),
    );
    const without = selectRows(table, (row) => values(table, "id")[row] > 5);
    const [one, other] = [fitted(silent), fitted(without)];
    expect(one.nobs).toBe(195);
    expect(one.leftOut).toEqual({ withoutAnswers: 5, withoutGroup: 0, withoutCovariate: 0 });
    expect(one.logLik).toBeCloseTo(other.logLik, 8);
    expect(codes(one)).toEqual([]);
  });

  test("waves that nobody answered both are named, and the chi-square is not invented", () => {
    const table = drawn(3, 400);
    const split = changed(table, "x", ({ id, wave, value }) =>
      wave === (id % 2 === 0 ? 1 : 4) ? null : value,
    );
    const fit = fitted(split);
    expect(codes(fit)).toContain("riclpm.never-together");
    expect(fit.warnings.find(({ code }) => code === "riclpm.never-together")?.message).toContain("x1 and x4");
    expect([fit.chiSquare, fit.cfi, fit.srmr].every((value) => value === null || Number.isNaN(value))).toBe(
      true,
    );
  });

  test("people who answered but lack a group or a covariate are left out and counted", () => {
    const table = drawn(4, 300);
    const id = values(table, "id");
    const more = createTable({
      ...table.columns,
      sex: factorColumn(Array.from(id, (person) => (person <= 10 ? null : person % 2 === 0 ? "m" : "f"))),
      age: numericColumn(Array.from(id, (person) => (person > 290 ? null : person % 50))),
    });
    const fit = fitted(more, QUICK, { ...LONG, group: "sex", covariates: ["age"] });
    expect(fit.leftOut).toEqual({ withoutAnswers: 0, withoutGroup: 10, withoutCovariate: 10 });
    expect(fit.warnings.find(({ code }) => code === "riclpm.people-left-out")?.message).toBe(
      'People left out although they answered: 10 with no value of the group "sex"; 10 with a covariate missing (age).',
    );
    expect(fit.groups).toEqual([
      { label: "f", nobs: 140 },
      { label: "m", nobs: 140 },
    ]);
  });

  test("waves with unequal gaps warn when lags are held equal, and only then", () => {
    const later = changed(drawn(5, 200), "wave", ({ wave }) => (wave === 4 ? 9 : wave));
    expect(codes(fitted(later))).toContain("riclpm.unequal-gaps");
    expect(codes(fitted(later, { tests: false }))).not.toContain("riclpm.unequal-gaps");
  });
});

describe("a Heywood case", () => {
  // Nobody differs in level, so the variance of a random intercept is estimated around zero, here below it.
  const flat = { ...TRUTH, waves: 4, icc: 0.001 };
  const seed = Array.from({ length: 40 }, (_, i) => i + 1).find((candidate) =>
    fitted(drawn(candidate, 60, flat)).improper.some(({ kind }) => kind === "negative-variance"),
  );
  const fit = fitted(drawn(seed ?? 0, 60, flat), { lags: "equal" });

  test("is reported as estimated, in words, never clipped", () => {
    const name = fit.improper.find(({ kind }) => kind === "negative-variance")?.variables[0];
    const variance = fit.parameters.find(({ lhs, op, rhs }) => op === "~~" && lhs === name && rhs === name);
    expect(fit.admissible).toBe(false);
    expect(variance?.estimate).toBeLessThan(0);
    const message = fit.warnings.find(({ code }) => code === "riclpm.improper")?.message;
    expect(message).toMatch(
      /^Improper solution\. R?I?w?[xy]\d?: the variance of the level of [xy] is estimated as -/,
    );
    expect(printRiclpm(fit)).toContain("below zero");
  });

  test("has no correlation of what has no standard deviation", () => {
    const covariance = fit.parameters.find(({ lhs, rhs }) => lhs === "RIx" && rhs === "RIy");
    expect(covariance?.standardized).toBeNull();
    expect(covariance?.estimate).toEqual(expect.any(Number));
  });

  test("is tried again from other starts, the same ones for the same seed", () => {
    expect(fit.restarts?.tried).toBe(3);
    expect(codes(fit)).toContain("riclpm.restarts");
    expect(fitted(drawn(seed ?? 0, 60, flat), { lags: "equal" })).toEqual(fit);
  });
});

describe("the result", () => {
  const fit = fitted(drawn(6, 300), { lags: "equal" });

  test("is plain data that survives JSON", () => {
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  });

  test("is printed paths first, with what was followed by what, and without causal verbs", () => {
    const text = printRiclpm(fit);
    expect(text.indexOf("were followed by")).toBeLessThan(text.indexOf("Chi-square"));
    expect(text).toMatch(/After a wave with x one unit above a person's own level, y was \d/);
    expect(text).not.toMatch(/\b(effects?|affects?|causes?|leads? to|increases?|reduces?|impacts?)\b/i);
  });

  test("averages each path over waves, and is the path itself where lags are equal", () => {
    const free = fitted(drawn(6, 300), { tests: false });
    const ofWaves = (of: RiclpmFit) =>
      of.parameters.filter(({ lhs, op, rhs }) => op === "~" && lhs.startsWith("wy") && rhs.startsWith("wx"));
    const mean = (values: readonly (number | null)[]) =>
      values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0) / values.length;
    for (const of of [fit, free]) {
      const path = of.paths.find(({ from, to }) => from === "x" && to === "y");
      expect(path?.estimate).toBeCloseTo(mean(ofWaves(of).map(({ estimate }) => estimate)), 12);
      expect(path?.standardized).toBeCloseTo(mean(ofWaves(of).map(({ standardized }) => standardized)), 12);
    }
    const equal = fit.paths.find(({ from, to }) => from === "x" && to === "y");
    expect(equal?.equal).toBe(true);
    expect(equal?.stdError).toBeCloseTo(ofWaves(fit)[0].stdError ?? Number.NaN, 10);
    const averaged = free.paths.find(({ from, to }) => from === "x" && to === "y");
    expect(averaged?.stdError).toBeLessThan(Math.min(...ofWaves(free).map(({ stdError }) => stdError ?? 0)));
  });

  test("tests each random intercept at its border by the mixture of chi-squares", () => {
    const test = fit.tests.find(({ name }) => name === "no random intercept of x");
    expect(test?.df).toBe(2);
    expect(test?.pValueMixture ?? 1).toBeLessThan(test?.pValue ?? 0);
  });

  test("fixes measurement error as a share of the observed within-person variance", () => {
    const error = fitted(drawn(6, 300), { ...QUICK, reliability: 0.8 });
    expect(error.errorVariance?.x).toBeCloseTo(0.2 * fit.withinStdDev.x ** 2, 12);
    const variance = (of: RiclpmFit) => of.parameters.find(({ lhs, rhs }) => lhs === "wx1" && rhs === "wx1");
    expect(variance(error)?.estimate).toBeLessThan(variance(fit)?.estimate ?? 0);
    expect(error.df).toBe(fit.df);
  });
});
