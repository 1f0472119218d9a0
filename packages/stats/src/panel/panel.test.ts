import { describe, expect, test } from "vitest";
import { lmm } from "../models/lmm/fit.ts";
import { lmmFromSums } from "../models/lmm/from-sums.ts";
import type { LmmOptions } from "../models/lmm/options.ts";
import type { Table } from "../table/table.ts";
import { caseTable } from "../testing/cases.ts";
import { expectClose, sumsOf } from "./testing/sums-of.ts";

function expectSame(formula: string, table: Table, options: LmmOptions = {}): void {
  const rows = lmm(formula, { kind: "rows", table }, { time: "wave", ...options });
  const sums = lmmFromSums(sumsOf(formula, "wave", table), { time: "wave", ...options });
  const close = expectClose;
  close(sums.deviance, rows.deviance, 1e-9);
  expect(sums.fixed.map(({ term }) => term)).toEqual(rows.fixed.map(({ term }) => term));
  rows.fixed.forEach((row, j) => {
    close(sums.fixed[j].estimate, row.estimate, 1e-9);
    close(sums.fixed[j].stdError, row.stdError, 1e-9);
    close(sums.fixed[j].df, row.df, 1e-5);
  });
  for (const [k, theta] of rows.theta.entries()) close(sums.theta[k], theta, 1e-6);
  expect(sums.residual.type).toBe(rows.residual.type);
  for (const [k, value] of rows.residual.parameters.entries())
    close(sums.residual.parameters[k], value, 1e-6);
  expect({
    ...sums,
    fixed: 0,
    vcov: 0,
    random: 0,
    theta: 0,
    sigma: 0,
    logLik: 0,
    deviance: 0,
    aic: 0,
    bic: 0,
    satterthwaite: 0,
    residual: 0,
    withinStdDev: 0,
  }).toEqual({
    ...rows,
    fixed: 0,
    vcov: 0,
    random: 0,
    theta: 0,
    sigma: 0,
    logLik: 0,
    deviance: 0,
    aic: 0,
    bic: 0,
    satterthwaite: 0,
    residual: 0,
    withinStdDev: 0,
  });
  for (const [term, value] of Object.entries(rows.withinStdDev)) close(sums.withinStdDev[term], value, 1e-9);
}

const cohort = caseTable("hunt_sim_6419");
const WITHIN = "within(ex_index) + between(ex_index)";

describe("a model from the sums of a panel is the model from its rows", () => {
  test.each([
    `pain_vrs ~ ${WITHIN} + male + age10 + wave + (1 | id)`,
    `pain_vrs ~ (${WITHIN}) * male + age10 + factor(wave) + (1 | id)`,
    `pain_vrs ~ ${WITHIN} + sex + wave + (1 + wave | id)`,
    `pain_vrs ~ ${WITHIN} + sex * factor(wave) + (1 + wave || id)`,
    `pain_vrs ~ within(ex_index):factor(wave) + between(ex_index) + (1 | id)`,
    `pain_vrs ~ lag(ex_index) + male + factor(wave) + (1 | id)`,
    `pain_vrs ~ within(lag(ex_index)) + between(lag(ex_index)) + wave + (1 | id)`,
    `pain_vrs ~ ex_index * male + age10:wave + (1 | id)`,
  ])("%s", (formula) => expectSame(formula, cohort));

  test("by maximum likelihood, with normal intervals, and of people with two rows at least", () => {
    expectSame(`pain_vrs ~ ${WITHIN} + wave + (1 | id)`, cohort, { method: "ml", df: "none" });
    expectSame(`pain_vrs ~ ${WITHIN} + wave + (1 | id)`, cohort, { minRows: 2 });
  });

  test.each(["ar1", "car1", "toeplitz", "unstructured", "variances"] as const)(
    "with residuals of type %s",
    (type) => {
      const formula = `pain_vrs ~ ${WITHIN} + wave + (1 | id)`;
      const random =
        type === "toeplitz" || type === "unstructured" ? formula.replace(" + (1 | id)", "") : formula;
      expectSame(random, cohort, { residual: { type }, id: "id" });
    },
    120_000,
  );
});
