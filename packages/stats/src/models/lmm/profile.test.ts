import { describe, expect, test } from "vitest";
import { StatsError } from "../../errors.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, numericColumn } from "../../table/columns.ts";
import { expectRelative } from "../../testing/compare.ts";
import { readFixture, rows, withColumns } from "../../testing/read-csv.ts";
import { lmm } from "./fit.ts";
import { profile } from "./profile.ts";
import { createChart } from "./profile-coordinates.ts";
import { heldDeviance } from "./profile-deviance.ts";
import { varianceModel } from "./profile-model.ts";
import { profileBound } from "./profile-root.ts";

const table = readFixture("sleepstudy");
const sleepstudy = rows(table);
const formula = "Reaction ~ Days + (Days | Subject)";
const fit = lmm(formula, sleepstudy);
const full = profile(fit, sleepstudy);

function bounds(parameter: string, result = full): readonly [number, number] {
  const found = result.intervals.find((interval) => interval.parameter === parameter);
  return [found?.lower ?? Number.NaN, found?.upper ?? Number.NaN];
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StatsError) return error.code;
    throw error;
  }
  return "none";
}

describe("profile intervals", () => {
  test("are named and ordered as lme4 does", () => {
    expect(full.intervals.map(({ parameter }) => parameter)).toEqual([
      "sd_(Intercept)|Subject",
      "cor_Days.(Intercept)|Subject",
      "sd_Days|Subject",
      "sigma",
      "(Intercept)",
      "Days",
    ]);
    expect(full.warnings).toEqual([]);
  });

  test("of the values that MixedModels.jl prints, to its three decimals", () => {
    const known: readonly [string, number, number][] = [
      ["(Intercept)", 237.681, 265.13],
      ["Days", 7.359, 13.576],
      ["sigma", 22.898, 28.858],
    ];
    for (const [name, lower, upper] of known) {
      expect(bounds(name)[0]).toBeCloseTo(lower, 2);
      expect(bounds(name)[1]).toBeCloseTo(upper, 2);
    }
  });

  test("start from a REML fit or from an ML fit alike: the likelihood is always the full one", () => {
    const ml = lmm(formula, sleepstudy, { method: "ml" });
    expect(profile(ml, sleepstudy)).toEqual(full);
    expectRelative(full.deviance, ml.deviance, 1e-12);
    expectRelative(full.intervals[3].estimate, ml.sigma, 1e-8);
  });

  test("a wider level gives a wider interval, and a parameter can be asked for by its name", () => {
    const wide = profile(fit, sleepstudy, { level: 0.99, parameters: ["sigma", "Days"] });
    expect(wide.intervals.map(({ parameter }) => parameter)).toEqual(["sigma", "Days"]);
    expect(bounds("sigma", wide)[0]).toBeLessThan(bounds("sigma")[0]);
    expect(bounds("Days", wide)[1]).toBeGreaterThan(bounds("Days")[1]);
    expect(codeOf(() => profile(fit, sleepstudy, { parameters: ["sigmaa"] }))).toBe("fit.unknown-term");
    expect(codeOf(() => profile(fit, sleepstudy, { level: 95 }))).toBe("lmm.option");
  });

  test("go with the units of the outcome and of the slope", () => {
    const scaled = rows(
      withColumns(table, { Reaction: (v) => v("Reaction") / 1000, Days: (v) => 1e4 * v("Days") }),
    );
    const other = profile(lmm(formula, scaled), scaled);
    const factor = { "sd_Days|Subject": 1e-7, Days: 1e-7, "sd_(Intercept)|Subject": 1e-3, sigma: 1e-3 };
    for (const [name, unit] of Object.entries(factor)) {
      bounds(name, other).forEach((bound, side) => {
        expectRelative(bound, unit * bounds(name)[side], 1e-6, name);
      });
    }
    bounds("cor_Days.(Intercept)|Subject", other).forEach((bound, side) => {
      expectRelative(bound, bounds("cor_Days.(Intercept)|Subject")[side], 1e-5);
    });
  });

  test("the intercept's variance is that where the predictor is zero, wherever that lies", () => {
    const shifted = rows(withColumns(table, { Days: (v) => v("Days") - 4.5 }));
    const centred = profile(lmm(formula, shifted), shifted);
    for (const name of ["sd_Days|Subject", "sigma", "Days"]) {
      bounds(name, centred).forEach((bound, side) => {
        expectRelative(bound, bounds(name)[side], 1e-6, name);
      });
    }
    expect(bounds("sd_(Intercept)|Subject", centred)[0]).toBeGreaterThan(bounds("sd_(Intercept)|Subject")[0]);
  });

  test("a variance of zero has the lower bound zero and an upper one", () => {
    const dyestuff2 = rows(readFixture("dyestuff2"));
    const zero = profile(lmm("Yield ~ 1 + (1 | Batch)", dyestuff2), dyestuff2);
    expect(zero.intervals[0].estimate).toBe(0);
    expect(zero.intervals[0].lower).toBe(0);
    expect(zero.intervals[0].upper).toBeGreaterThan(1);
  });

  test("a correlation with a variance of zero has no profile, and a warning says so", () => {
    const random = createRandom(5);
    const waves = [-1.5, -0.5, 0.5, 1.5];
    const columns = { id: [] as number[], wave: [] as number[], y: [] as number[] };
    for (let id = 0; id < 25; id++) {
      const slope = random.normal();
      const noise = waves.map(() => random.normal());
      const mean = noise.reduce((sum, value) => sum + value, 0) / 4;
      // Everyone has the same mean, so that people differ in their slopes only.
      waves.forEach((wave, k) => {
        columns.id.push(id);
        columns.wave.push(wave);
        columns.y.push(slope * wave + noise[k] - mean);
      });
    }
    const data = rows(
      createTable({
        id: numericColumn(columns.id),
        wave: numericColumn(columns.wave),
        y: numericColumn(columns.y),
      }),
    );
    const result = profile(lmm("y ~ wave + (1 + wave | id)", data), data);
    expect(result.intervals[0]).toMatchObject({ estimate: 0, lower: 0 });
    expect(result.intervals[1]).toMatchObject({ estimate: null, lower: null, upper: null });
    expect(result.warnings.map(({ code }) => code)).toEqual(["profile.not-closed"]);
  });

  test("without a random term the bounds of a coefficient and of sigma follow from the sum of squares", () => {
    const plain = lmm("Reaction ~ Days", sleepstudy);
    const result = profile(plain, sleepstudy);
    const [slope] = plain.fixed.slice(1);
    const z = 1.959963984540054;
    const half = Math.sqrt(178 * (Math.exp((z * z) / 180) - 1)) * slope.stdError;
    expectRelative(bounds("Days", result)[0], slope.estimate - half, 1e-7);
    expectRelative(bounds("Days", result)[1], slope.estimate + half, 1e-7);
  });

  test("are refused for a residual structure", () => {
    const ar1 = lmm("Reaction ~ Days + (1 | Subject)", sleepstudy, {
      residual: { type: "ar1", time: "Days" },
    });
    expect(codeOf(() => profile(ar1, sleepstudy))).toBe("profile.residual");
  });
});

describe("the deviance with a quantity held", () => {
  const model = varianceModel(fit, sleepstudy);

  test.each([
    ["a standard deviation", { kind: "sd", block: 0, effect: 1 } as const, 7],
    ["the one of the intercept", { kind: "sd", block: 0, effect: 0 } as const, 30],
    ["a correlation", { kind: "cor", block: 0, effects: [0, 1] } as const, 0.3],
    ["sigma", { kind: "sigma" } as const, 28],
    ["a fixed effect", { kind: "fixed", index: 0 } as const, 240],
  ])("has the gradient that finite differences give: %s", (_, target, value) => {
    const chart = createChart(model, target);
    const f = heldDeviance(model, chart, target, value);
    const x = chart.start.map((start) => start + 0.1);
    const gradient = new Float64Array(x.length);
    f(x, gradient);
    x.forEach((_value, k) => {
      const at = (step: number) =>
        f(
          x.map((own, i) => (i === k ? own + step : own)),
          new Float64Array(x.length),
        );
      expectRelative(gradient[k], (at(1e-5) - at(-1e-5)) / 2e-5, 1e-6);
    });
  });
});

describe("the search for a bound", () => {
  test("finds where a curve reaches the height, on either side and far away", () => {
    const side = { from: 2, step: 0.1, limit: Number.POSITIVE_INFINITY, height: 1.96 };
    const linear = profileBound((value) => Math.abs(value - 2) / 7, side);
    expectRelative(linear, 2 + 7 * 1.96, 1e-6);
    const curved = profileBound((value) => Math.abs(value - 2) ** 1.5, {
      ...side,
      step: -0.1,
      limit: Number.NEGATIVE_INFINITY,
    });
    expectRelative(curved, 2 - 1.96 ** (2 / 3), 1e-5);
  });

  test("is the limit where the curve is still low there, and null where it never rises", () => {
    const side = { from: 0.5, step: 0.1, limit: 1, height: 1.96 };
    expect(profileBound((value) => value - 0.5, side)).toBe(1);
    const open = { ...side, limit: Number.POSITIVE_INFINITY };
    expect(profileBound(() => 0.1, open)).toBeNull();
  });
});
