import { describe, expect, test } from "vitest";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, readReference, rows, withColumns } from "../../testing/read-csv.ts";
import { lmm, lmmDetails } from "./fit.ts";
import type { LmmFit } from "./result.ts";

interface OracleCoefficient {
  readonly term: string;
  readonly est: number;
  readonly se: number;
  readonly df_satt?: number;
}

interface OracleModel {
  readonly n?: number;
  readonly coef: readonly OracleCoefficient[];
  readonly vc?: readonly { readonly grp: string; readonly var2: string | null; readonly vcov: number }[];
  readonly logLik?: number;
  readonly logLik_reml?: number;
  readonly AIC?: number;
  readonly BIC?: number;
  readonly blup_first10?: readonly {
    readonly id: string;
    readonly b0: number;
    readonly b1: number;
    v00: number;
    v11: number;
  }[];
}

const oracle = readReference<
  Record<string, OracleModel> & {
    meta: { nrow: number; ncc: number; nid: number; grand_mean_of_person_means: number };
  }
>("oracle-reference");

// The script centres between-person means on their mean over people, which changes the intercept only.
const centre = oracle.meta.grand_mean_of_person_means;
const table = withColumns(readFixture("hunt_like"), {
  age10: (value) => (value("age") - 50) / 10,
  yrs: (value) => value("time") / 365.25,
});
const data = rows(table);
const covariates = "sex + age10 + edu + smoke + yrs";

function expectModel(fit: LmmFit, model: OracleModel, tolerance = { fixed: 1e-6, df: 1e-3 }): void {
  const names: Record<string, string> = {
    ex_w: "within(ex)",
    ex_bc: "between(ex)",
    "ex_w:sex": "within(ex):sex",
    ex_l1: "lag(within(ex))",
  };
  const slope = fit.fixed.find((row) => row.term === "between(ex)")?.estimate ?? 0;
  for (const { term, est, se, df_satt } of model.coef) {
    const row = fit.fixed.find((one) => one.term === (names[term] ?? term));
    if (row === undefined) throw new Error(`no term ${term}`);
    const isIntercept = term === "(Intercept)";
    const estimate = isIntercept ? row.estimate + slope * centre : row.estimate;
    expectAbsolute(estimate, est, tolerance.fixed * Math.max(Math.abs(est), se), term);
    // The intercept at another point of between(ex) has another standard error.
    if (isIntercept) continue;
    expectRelative(row.stdError, se, tolerance.fixed, term);
    if (df_satt !== undefined) expectRelative(row.df, df_satt, tolerance.df, term);
  }
}

describe("the hybrid models of the simulated 600-person panel agree with lmerTest", () => {
  test("random intercept by REML, with rows and people counted", () => {
    const fit = lmm(`pain_o ~ within(ex) + between(ex) + ${covariates} + (1 | id)`, data);
    expect(fit.rows).toEqual({
      read: oracle.meta.nrow,
      used: oracle.meta.ncc,
      droppedMissing: oracle.meta.nrow - oracle.meta.ncc,
    });
    expect(fit.ngroups).toEqual({ id: oracle.meta.nid });
    expectModel(fit, oracle.hybrid_ri_reml);
    expectAbsolute(fit.logLik, oracle.hybrid_ri_reml.logLik_reml ?? Number.NaN, 1e-6);
    expectRelative(fit.random[0].covariance[0][0], oracle.hybrid_ri_reml.vc?.[0].vcov ?? 0, 1e-5);
  });

  test("random intercept by ML, with AIC and BIC", () => {
    const fit = lmm(`pain_o ~ within(ex) + between(ex) + ${covariates} + (1 | id)`, data, { method: "ml" });
    expectModel(fit, oracle.hybrid_ri_ml);
    expectAbsolute(fit.logLik, oracle.hybrid_ri_ml.logLik ?? 0, 1e-6);
    expectAbsolute(fit.aic, oracle.hybrid_ri_ml.AIC ?? 0, 2e-6);
    expectAbsolute(fit.bic, oracle.hybrid_ri_ml.BIC ?? 0, 2e-6);
  });

  test("the interaction of the within-person slope with sex", () => {
    const fit = lmm(`pain_o ~ within(ex)*sex + between(ex) + age10 + edu + smoke + yrs + (1 | id)`, data);
    // lmerTest's default optimiser (nloptwrap) stops at 1e-6 of theta.
    expectModel(fit, oracle.hybrid_sex_interaction, { fixed: 1e-5, df: 1e-3 });
    expect(fit.warnings.map(({ code }) => code)).toContain("formula.between-interaction-missing");
  });

  test("a random slope of the within-person exposure, with conditional modes and variances", () => {
    const formula = `pain_o ~ within(ex) + between(ex) + ${covariates} + (1 + within(ex) | id)`;
    const { fit, ranef } = lmmDetails(formula, data);
    const model = oracle.hybrid_random_slope;
    expectModel(fit, model, { fixed: 1e-5, df: 2e-3 });
    // Not below the reference: our optimum is at least as good.
    expect(fit.logLik).toBeGreaterThan((model.logLik_reml ?? 0) - 1e-9);
    expectAbsolute(fit.logLik, model.logLik_reml ?? 0, 1e-6);
    model.blup_first10?.forEach((expected) => {
      const at = ranef[0].levels.indexOf(expected.id);
      expectAbsolute(ranef[0].modes[at][0], expected.b0, 1e-4);
      expectAbsolute(ranef[0].modes[at][1], expected.b1, 1e-4);
      expectRelative(ranef[0].conditionalStdDev[at][0] ** 2, expected.v00, 1e-3);
      expectRelative(ranef[0].conditionalStdDev[at][1] ** 2, expected.v11, 1e-2);
    });
  });

  test("the lagged within-person exposure beside the current one, missing across a gap", () => {
    const formula = `pain_o ~ lag(within(ex)) + within(ex) + between(ex) + ${covariates} + (1 | id)`;
    const fit = lmm(formula, data, { time: "wave" });
    expect(fit.nobs).toBe(oracle.hybrid_lag1.n);
    expectModel(fit, oracle.hybrid_lag1, { fixed: 1e-5, df: 1e-3 });
  });
});

test("ordinary regression of one person's weeks agrees with gls and warns that they are not independent", () => {
  interface Gls {
    readonly fixef: readonly {
      readonly estimate: number;
      readonly se: number;
      readonly t: number;
      readonly p: number;
    }[];
    readonly vcov: { readonly values: number[][] };
    readonly sigma: number;
    readonly logLik: number;
    readonly n: number;
  }
  const reference = readReference<{ formula: string; reml: Gls; ml: Gls }>("myaiguide-reference");
  const weeks = rows(readFixture("myaiguide_p1_weekly"));
  const fit = lmm(reference.formula, weeks);
  expect(fit.estimator).toBe("lm");
  expect(fit.random).toEqual([]);
  expect(fit.nobs).toBe(reference.reml.n);
  reference.reml.fixef.forEach(({ estimate, se, p }, j) => {
    expectRelative(fit.fixed[j].estimate, estimate, 1e-9);
    expectRelative(fit.fixed[j].stdError, se, 1e-9);
    expectRelative(fit.fixed[j].pValue, p, 1e-7);
    expect(fit.fixed[j].df).toBe(reference.reml.n - 3);
  });
  expectRelative(fit.sigma, reference.reml.sigma, 1e-10);
  expectAbsolute(fit.logLik, reference.reml.logLik, 1e-8);
  expectAbsolute(lmm(reference.formula, weeks, { method: "ml" }).logLik, reference.ml.logLik, 1e-8);
  expect(fit.warnings.map(({ code }) => code)).toEqual(["lm.rows-not-independent"]);
});
