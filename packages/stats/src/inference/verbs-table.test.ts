import { describe, expect, test } from "vitest";
import { StatsError } from "../errors.ts";
import { pool } from "../missing/pool.ts";
import { clmm } from "../models/clmm/fit.ts";
import { fe } from "../models/fe/fit.ts";
import { re } from "../models/fe/random.ts";
import type { FitCommon, RandomBlock } from "../models/fit.ts";
import { gee } from "../models/gee/fit.ts";
import { glm } from "../models/glm/fit.ts";
import { glmm } from "../models/glmm/fit.ts";
import { growth } from "../models/growth/fit.ts";
import { lmm } from "../models/lmm/fit.ts";
import { personal } from "../models/personal/fit.ts";
import { riclpm } from "../models/riclpm/fit.ts";
import { createRandom } from "../random/random.ts";
import { createTable, numericColumn, selectRows } from "../table/columns.ts";
import { numbers, panel } from "../testing/panel.ts";
import { rows } from "../testing/read-csv.ts";
import { predict, type RowFit, ranef, residuals, simulate } from "./row-verbs.ts";
import { termTests } from "./term-tests.ts";
import {
  type AnyFit,
  anova,
  coefTable,
  confint,
  contrast,
  jointTest,
  logLik,
  type StructureFit,
  varCorr,
  vcov,
} from "./verbs.ts";

const simulated = panel({ seed: 11, people: 120, waves: 4, phi: 0.2 });
const y = numbers(simulated, "y");
const table = createTable({
  ...simulated.columns,
  category: numericColumn(Array.from(y, (value) => Math.min(3, Math.max(0, Math.round(value))))),
  high: numericColumn(Array.from(y, (value) => (value > 2.5 ? 1 : 0))),
});
const data = rows(table);
const series = panel({ seed: 12, people: 1, waves: 80, phi: 0.3, level: 0 });
const days = rows(series);
const columns = { x: "x", y: "y", id: "id", time: "wave" } as const;
const grows = { series: [{ name: "y", columns: "y" }], id: "id", time: "wave" } as const;

interface Fitted {
  readonly fit: AnyFit;
  readonly smaller: AnyFit;
  readonly data: typeof data;
}

function pair(fitted: (right: string) => AnyFit, from = data): Fitted {
  return { fit: fitted("x + wave"), smaller: fitted("x"), data: from };
}

const FITS: Readonly<Record<string, Fitted>> = {
  lmm: pair((right) => lmm(`y ~ ${right} + (1 | id)`, data, { method: "ml" })),
  lm: pair((right) => lmm(`y ~ ${right}`, data, { id: "id", method: "ml" })),
  fe: pair((right) => fe(`y ~ ${right}`, data, { id: "id" })),
  re: pair((right) => re(`y ~ ${right}`, data, { id: "id" })),
  gee: pair((right) => gee(`y ~ ${right}`, data, { id: "id" })),
  glm: pair((right) => glm(`high ~ ${right}`, data, { family: "binomial" })),
  clmm: pair((right) => clmm(`category ~ ${right} + (1 | id)`, data)),
  clm: pair((right) => clmm(`category ~ ${right}`, data)),
  glmm: pair((right) => glmm(`high ~ ${right} + (1 | id)`, data)),
  "glmm without a random term": pair((right) => glmm(`high ~ ${right}`, data)),
  personal: pair((right) => personal(`y ~ ${right}`, days, { time: "wave", method: "ml" }), days),
  riclpm: {
    fit: riclpm(columns, data, { lags: "free", tests: false }),
    smaller: riclpm(columns, data, { lags: "equal", tests: false }),
    data,
  },
  growth: { fit: growth(grows, data), smaller: growth(grows, data, { residuals: "equal" }), data },
  pooled: pair((right) => pool([1, 2, 3].map((k) => lmm(`y ~ ${right} + (1 | id)`, missing(k))))),
};

/** The data without another tenth of the rows each time, in the place of imputed ones. */
function missing(k: number): typeof data {
  return rows(selectRows(table, (row) => row % 10 !== k));
}

const VERBS: Readonly<Record<string, (fitted: Fitted) => unknown>> = {
  coefTable: ({ fit }) => coefTable(fit),
  confint: ({ fit }) => confint(fit),
  vcov: ({ fit }) => vcov(fit),
  logLik: ({ fit }) => logLik(fit),
  anova: ({ fit, smaller }) => anova(fit, smaller),
  varCorr: ({ fit }) => varCorr(fit as FitCommon & { readonly random: readonly RandomBlock[] }),
  contrast: ({ fit }) => contrast(fit as FitCommon, { x: 1, wave: -1 }),
  jointTest: ({ fit }) => jointTest(fit as FitCommon, ["x", "wave"]),
  termTests: ({ fit }) => termTests(fit as FitCommon),
  // A caller without types may hand any fit to the verbs about rows.
  ranef: ({ fit, data }) => ranef(fit as RowFit, data),
  predict: ({ fit, data }) => predict(fit as RowFit, data),
  residuals: ({ fit, data }) => residuals(fit as RowFit, data),
  simulate: ({ fit, data }) => simulate(fit as RowFit, data, createRandom(1)),
};

function outcomeOf(verb: string, fitted: Fitted): string {
  try {
    const found = VERBS[verb](fitted);
    return found === null ? "null" : "yes";
  } catch (error) {
    if (error instanceof StatsError) return error.code;
    throw error;
  }
}

const EFFECTS = { contrast: "yes", jointTest: "yes", termTests: "yes" };
const TABLE = { coefTable: "yes", confint: "yes", vcov: "yes", logLik: "yes", anova: "yes" };
const ROWS = { predict: "yes", residuals: "yes", simulate: "yes" };
const NO_ROWS = {
  ranef: "fit.no-rows",
  predict: "fit.no-rows",
  residuals: "fit.no-rows",
  simulate: "fit.no-rows",
};
const NO_LIKELIHOOD = { anova: "anova.no-likelihood" };
const NO_RANEF = { ranef: "fit.no-random-effects" };
const NO_LAW = { simulate: "fit.no-distribution" };
const RANDOM = { ranef: "yes", varCorr: "yes" };

const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lmm: { ...TABLE, ...EFFECTS, ...ROWS, ...RANDOM },
  lm: { ...TABLE, ...EFFECTS, ...ROWS, ...RANDOM },
  fe: {
    ...TABLE,
    ...EFFECTS,
    ...ROWS,
    ranef: "yes",
    ...NO_LAW,
    ...NO_LIKELIHOOD,
  },
  re: { ...TABLE, ...EFFECTS, ...NO_ROWS, ...NO_LIKELIHOOD },
  gee: { ...TABLE, ...EFFECTS, ...ROWS, ...NO_RANEF, ...NO_LAW, ...NO_LIKELIHOOD },
  glm: { ...TABLE, ...EFFECTS, ...ROWS, ...NO_RANEF, ...NO_LAW },
  clmm: { ...TABLE, ...EFFECTS, ...ROWS, ...RANDOM },
  clm: { ...TABLE, ...EFFECTS, ...ROWS, ...NO_RANEF, varCorr: "yes" },
  glmm: { ...TABLE, ...EFFECTS, ...ROWS, ...RANDOM },
  "glmm without a random term": { ...TABLE, ...EFFECTS, ...ROWS, ...NO_RANEF, varCorr: "yes" },
  personal: { ...TABLE, ...EFFECTS, ...ROWS, ...NO_RANEF },
  riclpm: { ...TABLE, ...NO_ROWS, ranef: "yes" },
  growth: { ...TABLE, ...NO_ROWS },
  pooled: { ...TABLE, ...EFFECTS, ...NO_ROWS, ...NO_LIKELIHOOD },
};

describe("what may be asked of each fit: an answer, or the documented refusal", () => {
  test.each(Object.entries(EXPECTED))("%s", (name, expected) => {
    const found = Object.keys(expected).map((verb) => [verb, outcomeOf(verb, FITS[name])]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test.each(Object.entries(FITS))("%s is the same after a journey as JSON", (_, { fit }) => {
    const copy = JSON.parse(JSON.stringify(fit)) as FitCommon | StructureFit;
    expect(coefTable(copy)).toEqual(coefTable(fit));
  });

  test.each(["lmm", "lm", "clmm", "clm", "glmm", "glmm without a random term"])(
    "simulate gives a number for each row of the data, NaN where %s did not use it",
    (name) => {
      const x = numbers(table, "x").map((value, row) => (row % 7 === 0 ? Number.NaN : value));
      const gaps = rows(createTable({ ...table.columns, x: numericColumn(x) }));
      const fit = (
        {
          lmm: () => lmm("y ~ x + (1 | id)", gaps),
          lm: () => lmm("y ~ x", gaps),
          clmm: () => clmm("category ~ x + (1 | id)", gaps),
          clm: () => clmm("category ~ x", gaps),
          glmm: () => glmm("high ~ x + (1 | id)", gaps),
          "glmm without a random term": () => glmm("high ~ x", gaps),
        } as Readonly<Record<string, () => RowFit>>
      )[name]();
      const drawn = simulate(fit, gaps, createRandom(4));
      expect(drawn.length).toBe(table.nrows);
      drawn.forEach((value, row) => {
        expect(Number.isNaN(value)).toBe(row % 7 === 0);
      });
    },
  );

  test("simulate gives a number for each row of one person's days, NaN where one was not used", () => {
    const x = numbers(series, "x").map((value, row) => (row % 7 === 0 ? Number.NaN : value));
    const gaps = rows(createTable({ ...series.columns, x: numericColumn(x) }));
    const fit = personal("y ~ x", gaps, { time: "wave" });
    const drawn = simulate(fit, gaps, createRandom(4));
    expect(Array.from(drawn, Number.isNaN)).toEqual(Array.from(x, (_, row) => row % 7 === 0));
  });
});
