import { describe, expect, test } from "vitest";
import { jointTest } from "../../inference/verbs.ts";
import { type Lme4Case, tableOf } from "../../testing/cases.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readReference, rows } from "../../testing/read-csv.ts";
import { lmm, lmmDetails } from "./fit.ts";

const cases = readReference<Lme4Case[]>("lme4-reference");

// Two optimisers on a flat top: estimates and standard errors to 1e-6, theta to 1e-5, df to 1e-3 because
// lmerTest differentiates numerically.
const TOLERANCE = { fixed: 1e-6, theta: 1e-5, logLik: 1e-6, df: 1e-3 };

describe.each(cases)("$name agrees with lme4 and lmerTest", (testCase) => {
  const { reference } = testCase;
  const data = rows(tableOf(testCase));
  const details = lmmDetails(testCase.formula, data, { ...testCase.options, method: testCase.method });
  const { fit } = details;

  test("on the rows and groups used", () => {
    expect(fit.nobs).toBe(reference.n);
    expect(Object.values(fit.ngroups)).toEqual([reference.groups]);
    expect(fit.converged).toBe(true);
    expect(fit.singular).toBe(reference.singular);
  });

  test("on estimates, standard errors, degrees of freedom and p-values", () => {
    expect(fit.fixed).toHaveLength(reference.fixed.length);
    reference.fixed.forEach(([name, estimate, stdError, df, p], j) => {
      const row = fit.fixed[j];
      // An estimate that is nearly zero has digits relative to its standard error.
      expectAbsolute(row.estimate, estimate, TOLERANCE.fixed * Math.max(Math.abs(estimate), stdError), name);
      expectRelative(row.stdError, stdError, TOLERANCE.fixed, name);
      expectRelative(row.df, df, TOLERANCE.df, name);
      // Compared as logarithms, down to where double precision ends.
      if (p > 1e-290) expectRelative(Math.log(row.pValue ?? Number.NaN), Math.log(p), 1e-3, name);
    });
  });

  test("on theta, sigma and the log-likelihood, or is the better optimum", () => {
    reference.theta.forEach((value, k) => {
      expectAbsolute(fit.theta[k], value, TOLERANCE.theta, `theta ${k}`);
    });
    expectRelative(fit.sigma, reference.sigma, TOLERANCE.theta);
    expectAbsolute(fit.logLik, reference.logLik, TOLERANCE.logLik);
    expect(fit.logLik).toBeGreaterThan(reference.logLik - 1e-9 * Math.abs(reference.logLik));
    expectAbsolute(fit.aic, reference.aic, 2 * TOLERANCE.logLik);
    expectAbsolute(fit.bic, reference.bic, 2 * TOLERANCE.logLik);
  });

  test("on conditional modes, their standard deviations and fitted values", () => {
    if (reference.ranef === undefined) return;
    const { level, mode, condSd } = reference.ranef;
    const blocks = details.ranef;
    expect(blocks[0].levels).toEqual(level);
    level.forEach((_, g) => {
      const modes = blocks.flatMap((block) => [...block.modes[g]]);
      const stdDevs = blocks.flatMap((block) => [...block.conditionalStdDev[g]]);
      mode[g].forEach((value, r) => {
        expectAbsolute(modes[r], value, 1e-4, `mode of ${level[g]}`);
      });
      condSd[g].forEach((value, r) => {
        expectRelative(stdDevs[r], value, 1e-5, `SD of ${level[g]}`);
      });
    });
    reference.fitted?.forEach((value, i) => {
      expectRelative(details.fitted[i].fitted, value, 1e-6, `row ${i}`);
    });
  });

  test("on joint F tests of factors", () => {
    for (const [name, n, df, statistic] of reference.anova3 ?? []) {
      if (n < 2 || !name.startsWith("post:")) continue;
      const terms = fit.fixed.map((row) => row.term).filter((term) => term.startsWith("post:factor(group)"));
      const joint = jointTest(fit, terms);
      expect(joint.dfNumerator).toBe(n);
      expectRelative(joint.dfDenominator, df, TOLERANCE.df);
      expectRelative(joint.statistic, statistic, 1e-5);
    }
  });
});

test("the terms of a fit are named as written, with levels in brackets", () => {
  const trial = cases.find((testCase) => testCase.data === "ashar_backpain");
  if (trial === undefined) throw new Error("no such case");
  const fit = lmm(trial.formula, rows(tableOf(trial)));
  expect(fit.fixed.map((row) => row.term)).toEqual([
    "(Intercept)",
    "post",
    "factor(group)[2]",
    "factor(group)[3]",
    "post:factor(group)[2]",
    "post:factor(group)[3]",
  ]);
});
