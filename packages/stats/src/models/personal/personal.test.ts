import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn, takeRows } from "../../table/columns.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, readReference, rows } from "../../testing/read-csv.ts";
import { lmm } from "../lmm/fit.ts";
import { personal } from "./fit.ts";
import { type Series, seriesState } from "./objective.ts";
import type { PersonalFit } from "./result.ts";
import { personalPredict, personalResiduals, personalSimulate } from "./rows.ts";

const weekly = readFixture("myaiguide_p1_weekly");
const formula = "kneePain ~ wk + steps1000";

/** One person's days with AR(1) residuals; `skip` leaves days out. */
function drawn(
  n: number,
  {
    phi = 0.5,
    seed = 1,
    slope = -0.3,
    skip = () => false as boolean,
  }: {
    readonly phi?: number;
    readonly seed?: number;
    readonly slope?: number;
    readonly skip?: (day: number) => boolean;
  } = {},
): Table {
  const random = createRandom(seed);
  let error = random.normal();
  const days = Array.from({ length: n }, (_, day) => {
    if (day > 0) error = phi * error + Math.sqrt(1 - phi * phi) * random.normal();
    const steps = random.normal();
    return { day, steps, pain: 4 + slope * steps + error };
  }).filter(({ day }) => !skip(day));
  return createTable({
    day: numericColumn(days.map(({ day }) => day)),
    steps: numericColumn(days.map(({ steps }) => steps)),
    pain: numericColumn(days.map(({ pain }) => pain)),
  });
}

function codes(fit: PersonalFit): string[] {
  return fit.warnings.map(({ code }) => code);
}

function changed(table: Table, name: string, change: (value: number) => number): Table {
  const column = table.columns[name] as NumericColumn;
  return createTable({ ...table.columns, [name]: numericColumn(column.values.map(change)) });
}

function expectSame(a: PersonalFit, b: PersonalFit, tolerance: number): void {
  expectRelative(b.logLik, a.logLik, tolerance);
  a.fixed.forEach((row, j) => {
    expectRelative(b.fixed[j].statistic, row.statistic, tolerance * 10, row.term);
    expectRelative(b.fixed[j].df, row.df ?? Number.NaN, 1e-4, row.term);
  });
}

describe("one person's series", () => {
  test("with independent residuals it is ordinary regression", () => {
    for (const method of ["reml", "ml"] as const) {
      const ours = personal(formula, rows(weekly), { residual: "iid", method });
      const ordinary = lmm(formula, rows(weekly), { method });
      expectRelative(ours.logLik, ordinary.logLik, 1e-10);
      ours.fixed.forEach(({ estimate }, j) => {
        expectRelative(estimate, ordinary.fixed[j].estimate, 1e-8);
      });
    }
    // The reference is gls without a correlation.
    const reference = readReference<{
      readonly reml: { readonly fixef: readonly { readonly se: number }[] };
    }>("myaiguide-reference");
    const fit = personal(formula, rows(weekly), { residual: "iid" });
    fit.fixed.forEach(({ stdError }, j) => {
      expectRelative(stdError, reference.reml.fixef[j].se, 1e-9);
    });
  });

  test("on equal distances CAR(1) and AR(1) are the same model", () => {
    const a = personal(formula, rows(weekly), { time: "wk", residual: "ar1" });
    const b = personal(formula, rows(weekly), { time: "wk", residual: "car1" });
    expectSame(a, b, 1e-9);
    expectRelative(b.residual.parameters[0], a.residual.parameters[0], 1e-6);
  });

  test("the slope of the deviance is that of finite differences", () => {
    const table = drawn(60, { skip: (day) => day % 5 === 2 });
    const [day, steps, pain] = ["day", "steps", "pain"].map(
      (name) => (table.columns[name] as NumericColumn).values,
    );
    const data = Float64Array.from([...day.keys()].flatMap((i) => [1, steps[i], pain[i]]));
    const distance = day.map((value, i) => (i === 0 ? Number.NaN : value - day[i - 1]));
    const plain: Series = { n: day.length, p: 2, rows: data, distance, reml: true, signed: true };
    const at = (series: Series, z: number) => seriesState(series, z)?.deviance ?? Number.NaN;
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.boolean(),
        fc.boolean(),
        (z, reml, signed) => {
          const series = { ...plain, reml, signed };
          const h = 1e-5;
          const difference = (at(series, z + h) - at(series, z - h)) / (2 * h);
          expectAbsolute(
            seriesState(series, z)?.slope ?? null,
            difference,
            1e-5 * (1 + Math.abs(difference)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a gap counts with its length", () => {
    const table = drawn(200, { phi: 0.7, skip: (day) => day % 10 > 6 });
    const honest = personal("pain ~ steps", rows(table), { time: "day" });
    const packed = personal("pain ~ steps", rows(changed(table, "day", (d) => d - 3 * Math.floor(d / 10))), {
      time: "day",
    });
    expect(honest.logLik).not.toBeCloseTo(packed.logLik, 2);
    expect(honest.logLik).toBeGreaterThan(packed.logLik);
  });

  test("the order of the rows changes nothing", () => {
    const table = drawn(40);
    const a = personal("pain ~ steps", rows(table), { time: "day" });
    const order = Int32Array.from({ length: 40 }, (_, i) => (i * 17) % 40);
    const columns = Object.entries(table.columns).map(([name, column]) => [name, takeRows(column, order)]);
    expectSame(
      a,
      personal("pain ~ steps", rows(createTable(Object.fromEntries(columns))), { time: "day" }),
      1e-10,
    );
  });

  test("days, weeks written as days, and epoch seconds give the same fit", () => {
    const table = drawn(60, { skip: (day) => day % 9 === 4 });
    for (const residual of ["ar1", "car1"] as const) {
      const a = personal("pain ~ steps", rows(table), { time: "day", residual });
      for (const change of [(d: number) => 7 * d, (d: number) => 1_700_000_000 + 86_400 * d]) {
        const b = personal("pain ~ steps", rows(changed(table, "day", change)), { time: "day", residual });
        expectSame(a, b, 1e-8);
      }
    }
  });

  test("the units of a predictor and of the outcome scale their coefficients and nothing else", () => {
    const table = drawn(50);
    const a = personal("pain ~ steps", rows(table), { time: "day" });
    const scaled = changed(
      changed(table, "steps", (x) => 2015 + 1e-3 * x),
      "pain",
      (y) => 1e8 * y,
    );
    const b = personal("pain ~ steps", rows(scaled), { time: "day" });
    expectRelative(b.fixed[1].estimate, a.fixed[1].estimate * 1e11, 1e-6);
    expectRelative(b.fixed[1].statistic, a.fixed[1].statistic, 1e-6);
    expectRelative(b.residual.parameters[0], a.residual.parameters[0], 1e-5);
  });

  test("same-day and next-day terms: lag() looks at the day before and is missing across a gap", () => {
    const table = drawn(60, { skip: (day) => day === 30 });
    const fit = personal("pain ~ steps + lag(steps)", rows(table), { time: "day" });
    expect(fit.fixed.map(({ term }) => term)).toEqual(["(Intercept)", "steps", "lag(steps)"]);
    expect(fit.nobs).toBe(57);
  });

  test("a negative correlation is found by AR(1)", () => {
    const table = drawn(150, { phi: -0.6, seed: 4 });
    const fit = personal("pain ~ steps", rows(table), { time: "day" });
    expect(fit.residual.parameters[0]).toBeLessThan(-0.4);
    expect(fit.residual.lower[0]).toBeLessThan(fit.residual.parameters[0]);
  });

  test("rows without a time or a value are dropped and counted", () => {
    const table = drawn(30);
    const day = table.columns.day as NumericColumn;
    const holes = createTable({
      ...table.columns,
      day: numericColumn([...day.values].map((d, i) => (i === 3 ? null : d))),
      pain: numericColumn(
        [...(table.columns.pain as NumericColumn).values].map((y, i) => (i === 5 ? null : y)),
      ),
    });
    const fit = personal("pain ~ steps", rows(holes), { time: "day" });
    expect(fit.rows).toEqual({ read: 30, used: 28, droppedMissing: 2 });
    expect(personalResiduals(fit, rows(holes)).map(({ row }) => row)).not.toContain(3);
  });

  test("is plain data", () => {
    const fit = personal(formula, rows(weekly), { time: "wk" });
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  });
});

describe("what is asked of a fit afterwards", () => {
  const table = drawn(80, { phi: 0.6, skip: (day) => day % 11 === 0 });
  const fit = personal("pain ~ steps", rows(table), { time: "day" });

  test("prediction and residual add up to the outcome", () => {
    const pain = table.columns.pain as NumericColumn;
    const predicted = personalPredict(fit, rows(table));
    personalResiduals(fit, rows(table)).forEach(({ row, fitted, residual }, i) => {
      expect(fitted + residual).toBeCloseTo(pain.values[row], 10);
      expect(predicted[i].predicted).toBe(fitted);
      expect(predicted[i].upper).toBeGreaterThan(fitted);
    });
  });

  test("simulated series have the correlation and the spread of the fit", () => {
    const random = createRandom(8);
    const fitted = personalResiduals(fit, rows(table)).map((row) => row.fitted);
    let [cross, square, count] = [0, 0, 0];
    for (let k = 0; k < 400; k++) {
      const errors = personalSimulate(fit, rows(table), random).map((value, i) => value - fitted[i]);
      for (let i = 1; i < 10; i++) {
        cross += errors[i] * errors[i - 1];
        square += errors[i] ** 2;
        count++;
      }
    }
    expect(cross / square).toBeCloseTo(fit.residual.parameters[0], 1);
    expect(Math.sqrt(square / count) / fit.sigma).toBeCloseTo(1, 1);
  });
});

describe("hard cases", () => {
  test("two occasions are too few for a slope", () => {
    expect(() => personal("pain ~ steps", rows(drawn(2)), { time: "day" })).toThrow(
      /at least 4 occasions .* found 2/,
    );
  });

  test("an exposure that never changed is left out and named", () => {
    const table = changed(drawn(20), "steps", () => 3);
    const fit = personal("pain ~ steps", rows(table), { time: "day" });
    expect(fit.dropped).toEqual(["steps"]);
    expect(codes(fit)).toContain("personal.rank-deficient");
  });

  test("rows all at the same time are refused", () => {
    const table = changed(drawn(20), "day", () => 5);
    expect(() => personal("pain ~ steps", rows(table), { time: "day" })).toThrow(/found two at 5/);
  });

  test("times that are not whole need CAR(1)", () => {
    const table = changed(drawn(20), "day", (d) => d * 1.5);
    expect(() => personal("pain ~ steps", rows(table), { time: "day" })).toThrow(/residual "car1"/);
    expect(personal("pain ~ steps", rows(table), { time: "day", residual: "car1" }).converged).toBe(true);
  });

  test("a series without positive correlation ends at 0 under CAR(1) and says so", () => {
    const table = drawn(150, { phi: -0.6, seed: 4 });
    const fit = personal("pain ~ steps", rows(table), { time: "day", residual: "car1" });
    expect(fit.residual.parameters).toEqual([0]);
    expect(fit.residual.atLimit).not.toBeNull();
    expect(codes(fit)).toContain("personal.correlation-limit");
    const plain = personal("pain ~ steps", rows(table), { residual: "iid" });
    expectRelative(fit.logLik, plain.logLik, 1e-12);
    expect(fit.nparameters).toBe(plain.nparameters + 1);
  });

  test("a random walk has a correlation of nearly 1 and says so", () => {
    const random = createRandom(2);
    let level = 0;
    const steps = Array.from({ length: 400 }, () => random.normal());
    const pain = steps.map((x) => {
      level += random.normal();
      return level - 0.5 * x;
    });
    const table = createTable({
      day: numericColumn(steps.map((_, i) => i)),
      steps: numericColumn(steps),
      pain: numericColumn(pain),
    });
    const fit = personal("pain ~ steps", rows(table), { time: "day" });
    expect(codes(fit)).toContain("personal.correlation-limit");
    expectAbsolute(fit.fixed[1].estimate, -0.5, 0.2);
  });

  test("a constant outcome and a perfect fit are refused", () => {
    const table = drawn(20);
    expect(() => personal("pain ~ steps", rows(changed(table, "pain", () => 2)), { time: "day" })).toThrow(
      /varies; found "pain" = 2/,
    );
    const copy = createTable({ ...table.columns, pain: table.columns.steps });
    expect(() => personal("pain ~ steps", rows(copy), { time: "day" })).toThrow(/determined exactly/);
  });

  test("several people are fitted with one set of coefficients, and that is said", () => {
    const two = createTable({
      day: numericColumn([...Array(20).keys(), ...Array(20).keys()]),
      who: factorColumn(Array.from({ length: 40 }, (_, i) => (i < 20 ? "å" : "b"))),
      steps: drawn(40).columns.steps as NumericColumn,
      pain: drawn(40).columns.pain as NumericColumn,
    });
    const fit = personal("pain ~ steps", rows(two), { time: "day", id: "who" });
    expect(codes(fit)).toContain("personal.several-people");
    expect(fit.ngroups).toEqual({ who: 2 });
    expect(() => personal("pain ~ steps", rows(two), { time: "day" })).toThrow(/name the person/);
  });

  test("fewer than 14 occasions are called few", () => {
    expect(codes(personal("pain ~ steps", rows(drawn(13)), { time: "day" }))).toContain(
      "personal.few-occasions",
    );
    expect(codes(personal("pain ~ steps", rows(drawn(14)), { time: "day" }))).not.toContain(
      "personal.few-occasions",
    );
  });

  test("a random term belongs to lmm, and a correlation needs a time", () => {
    expect(() => personal("pain ~ steps + (1 | day)", rows(drawn(20)), { time: "day" })).toThrow(/Use lmm/);
    expect(() => personal("pain ~ steps", rows(drawn(20)), {})).toThrow(/time column/);
  });
});

describe("against truth", () => {
  test("intervals hold the true slope about as often as they say", () => {
    let covered = 0;
    const replicates = 200;
    for (let k = 0; k < replicates; k++) {
      const fit = personal("pain ~ steps", rows(drawn(40, { seed: 100 + k, phi: 0.5 })), { time: "day" });
      const { lower, upper } = fit.fixed[1];
      if (lower <= -0.3 && -0.3 <= upper) covered++;
    }
    // Four Monte-Carlo standard errors about 0.95.
    expectAbsolute(covered / replicates, 0.95, 4 * Math.sqrt((0.95 * 0.05) / replicates));
  });
});
