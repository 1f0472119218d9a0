import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { longwave } from "./testing/memory-io.ts";
import {
  asharReference,
  hivsnReference,
  myaiguideReference,
  type RReference,
} from "./testing/r-reference.ts";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

interface FitJson {
  readonly estimator: string;
  readonly nobs: number;
  readonly fixed: readonly { term: string; estimate: number; stdError: number; df: number | null }[];
  readonly theta: readonly number[];
  readonly sigma: number;
  readonly logLik: number;
  readonly converged: boolean;
  readonly warnings: readonly { code: string; message: string }[];
}

async function fitJson(...args: readonly string[]): Promise<FitJson> {
  const { code, stdout, stderr } = await longwave(examples, "fit", ...args, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as FitJson;
}

function relative(value: number | undefined, reference: number): number {
  return Math.abs((value ?? Number.NaN) - reference) / Math.max(1e-12, Math.abs(reference));
}

/** Tolerances: 1e-6 relative for estimates, SEs and log-likelihood, 1e-5 for theta (a flat optimum), 1e-3 for df (R's Hessian is numerical). */
function expectReference(fit: FitJson, reference: RReference): void {
  for (const [term, expected] of Object.entries(reference.fixed)) {
    const found = fit.fixed.find((row) => row.term === term);
    expect(relative(found?.estimate, expected.estimate), `${term} estimate`).toBeLessThan(1e-6);
    expect(relative(found?.stdError, expected.stdError), `${term} SE`).toBeLessThan(1e-6);
    if (expected.df !== null)
      expect(relative(found?.df ?? Number.NaN, expected.df), `${term} df`).toBeLessThan(1e-3);
  }
  expect(fit.theta).toHaveLength(reference.theta.length);
  for (const [index, theta] of reference.theta.entries()) expect(fit.theta[index]).toBeCloseTo(theta, 5);
  expect(relative(fit.sigma, reference.sigma)).toBeLessThan(1e-6);
  expect(relative(fit.logLik, reference.logLik)).toBeLessThan(1e-6);
  expect([fit.nobs, fit.converged]).toEqual([reference.nobs, true]);
}

test("the back pain trial gives lme4's numbers", async () => {
  const fit = await fitJson(
    "pain_avg ~ factor(time) * factor(group) + (1 | id)",
    "ashar-back-pain/ashar_backpain.csv",
    "--where",
    "is_patient == 1",
  );
  expectReference(fit, asharReference);
});

test("the crossover trial of amitriptyline gives lme4's numbers", async () => {
  const fit = await fitJson(
    "pain ~ treatment * week_in_period + factor(period) + (1 | id)",
    "hivsn-crossover-pain/hivsn_crossover_pain.csv",
  );
  expectReference(fit, hivsnReference);
});

test("one person's weekly knee pain gives nlme's least squares, with the warning that rows are not independent", async () => {
  const fit = await fitJson("kneePain ~ wk + steps1000", "myaiguide-knee-pain/myaiguide_p1_weekly.csv");
  expectReference(fit, myaiguideReference);
  expect(fit.estimator).toBe("lm");
  expect(fit.warnings.map(({ code }) => code)).toContain("lm.rows-not-independent");
});

test("one person's 2,414 days are read and fitted too", async () => {
  const fit = await fitJson("kneePain ~ day + fitbitSteps", "myaiguide-knee-pain/myaiguide_p1_daily.csv");
  expect(fit.nobs).toBe(2414);
});
