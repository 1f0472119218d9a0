import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { termTests } from "../inference/term-tests.ts";
import { contrast, jointTest } from "../inference/verbs.ts";
import { lmm } from "../models/lmm/fit.ts";
import { expectRelative } from "../testing/compare.ts";
import { readFixture, readReference, rows } from "../testing/read-csv.ts";
import { pool } from "./pool.ts";
import { poolEstimates } from "./pool-rules.ts";
import { pooledContrast, pooledJointTest } from "./pool-tests.ts";

interface Btheb {
  readonly n: number;
  readonly k: number;
  readonly perImputation: {
    readonly names: readonly string[];
    readonly q: readonly (readonly number[])[];
    readonly u: readonly (readonly number[])[];
  };
  readonly pooled: readonly {
    readonly name: string;
    readonly qbar: number;
    readonly ubar: number;
    readonly b: number;
    readonly t: number;
    readonly df: number;
    readonly r: number;
    readonly fmi: number;
  }[];
}

const btheb = readReference<Btheb>("btheb-pooled-reference");
const table = readFixture("hunt_like");
const formula = "pain_c ~ within(ex) + between(ex) + sex + (1 | id)";
const fit = lmm(formula, rows(table));
/** Fits that differ: each estimate moved by a share of its standard error. */
const moved = [-1, 0.4, 0.9, -0.3, 0.2].map((share, k) => ({
  ...fit,
  fixed: fit.fixed.map((row, j) => ({
    ...row,
    estimate: row.estimate + share * (j === k % 3 ? 0.6 : 0.3) * row.stdError,
  })),
}));

describe("Rubin's rules", () => {
  test.each(btheb.pooled)("pool $name of 20 imputations of BtheB as mice does", (reference) => {
    const place = btheb.perImputation.names.indexOf(reference.name);
    const pooled = poolEstimates(btheb.perImputation.q[place], btheb.perImputation.u[place], {
      dfComplete: btheb.n - btheb.k,
    });
    // Closed forms: what is left is rounding of the 15 digits recorded.
    expectRelative(pooled.estimate, reference.qbar, 1e-12);
    expectRelative(pooled.within, reference.ubar, 1e-12);
    expectRelative(pooled.between, reference.b, 1e-11);
    expectRelative(pooled.stdError ** 2, reference.t, 1e-12);
    expectRelative(pooled.df, reference.df, 1e-11);
    expectRelative(pooled.relativeIncrease, reference.r, 1e-11);
    expectRelative(pooled.fmi, reference.fmi, 1e-11);
  });

  test("identical fits pool to the fit", () => {
    const pooled = pool([fit, fit, fit]);
    pooled.fixed.forEach((row, j) => {
      expectRelative(row.estimate, fit.fixed[j].estimate, 1e-14);
      expectRelative(row.stdError, fit.fixed[j].stdError, 1e-14);
      expect(row.between).toBeLessThan(1e-30);
      expect(row.monteCarloError).toBeLessThan(1e-15);
      // Barnard and Rubin's df of complete data is (v + 1) / (v + 3) v.
      const v = fit.fixed[j].df ?? Number.NaN;
      expectRelative(row.df, (v * (v + 1)) / (v + 3), 1e-12);
    });
    expect(pooled.warnings).toEqual(fit.warnings);
    expect(pooled.imputationsWanted).toBe(2);
  });

  test("a normal quantity has no df until imputations differ", () => {
    expect(poolEstimates([1, 1, 1], [4, 4, 4]).df).toBeNull();
    expectRelative(poolEstimates([1, 2, 3], [4, 4, 4]).df, 2 * (1 + 4 / (4 / 3)) ** 2, 1e-12);
  });

  test("the order of imputations and the units of the outcome change nothing but the scale", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1000, noNaN: true }), (scale) => {
        const estimates = [0.3, 0.1, 0.25, 0.4];
        const variances = [0.01, 0.02, 0.015, 0.01];
        const a = poolEstimates(estimates, variances, { dfComplete: 50 });
        const b = poolEstimates(
          [...estimates].reverse().map((value) => value * scale),
          [...variances].reverse().map((value) => value * scale * scale),
          { dfComplete: 50 },
        );
        expectRelative(b.estimate, a.estimate * scale, 1e-12);
        expectRelative(b.df, a.df ?? Number.NaN, 1e-10);
        expectRelative(b.fmi, a.fmi, 1e-10);
      }),
      { numRuns: 30 },
    );
  });

  test("says how many imputations the Monte-Carlo error asks for", () => {
    const pooled = pool(moved);
    const worst = Math.max(...pooled.fixed.map((row) => row.monteCarloError / row.stdError));
    expect(worst).toBeGreaterThan(0.1);
    expect(pooled.warnings.map(({ code }) => code)).toContain("pool.monte-carlo-error");
    const { imputationsWanted } = pooled;
    const at = (m: number) =>
      Math.max(...pooled.fixed.map((row) => Math.sqrt(row.between / m) / row.stdError));
    expect(at(imputationsWanted)).toBeLessThanOrEqual(0.1);
    expect(at(imputationsWanted - 1)).toBeGreaterThan(0.1);
  });

  test("a fit that did not converge is counted", () => {
    const { warnings, converged } = pool([fit, { ...fit, converged: false }]);
    expect(converged).toBe(false);
    expect(warnings[0].message).toContain("1 of 2 did not");
  });

  test("a warning that some fits have says how many", () => {
    const warned = { ...fit, warnings: [{ code: "lmm.singular", message: "Singular." }] };
    expect(pool([fit, warned, warned]).warnings).toEqual([
      { code: "lmm.singular", message: "In 2 of 3 fits: Singular." },
    ]);
  });

  test.each([
    ["one fit", [fit], /found 1/],
    [
      "different terms",
      [fit, lmm("pain_c ~ within(ex) + (1 | id)", rows(table))],
      /between\(ex\), sex in some only/,
    ],
    ["another order of terms", [fit, { ...fit, fixed: [...fit.fixed].reverse() }], /in another order/],
  ])("refuses %s", (_, fits, message) => {
    expect(() => pool(fits)).toThrow(message);
  });

  test("is plain data", () => {
    const pooled = pool(moved);
    expect(JSON.parse(JSON.stringify(pooled))).toEqual(pooled);
  });
});

describe("questions about a pooled fit", () => {
  const pooled = pool(moved);

  test("the contrast of one coefficient is that coefficient", () => {
    const row = pooled.fixed[1];
    const asked = pooledContrast(pooled, { [row.term]: 1 });
    for (const key of ["estimate", "stdError", "df", "pValue", "lower", "fmi"] as const) {
      expectRelative(asked[key], row[key] ?? Number.NaN, 1e-10, key);
    }
  });

  test("a contrast uses the covariance between imputations", () => {
    const asked = pooledContrast(pooled, { "within(ex)": 1, "between(ex)": -1 });
    const [a, b] = [1, 2];
    const variance = pooled.vcov[a][a] + pooled.vcov[b][b] - 2 * pooled.vcov[a][b];
    expectRelative(asked.stdError, Math.sqrt(variance), 1e-12);
    expect(asked.term).toBe("within(ex) + -1*between(ex)");
  });

  test("the joint test of one coefficient is the square of its t", () => {
    const row = pooled.fixed[1];
    const joint = pooledJointTest(pooled, [row.term]);
    expectRelative(joint.statistic, row.statistic ** 2, 1e-10);
    expectRelative(joint.pValue, row.pValue ?? Number.NaN, 1e-9);
  });

  test("the joint test does not depend on the order of its terms", () => {
    const a = pooledJointTest(pooled, ["within(ex)", "between(ex)"]);
    const b = pooledJointTest(pooled, ["between(ex)", "within(ex)"]);
    expectRelative(a.pValue, b.pValue, 1e-10);
  });

  test("the general verbs use the same rules as the pooled ones", () => {
    const weights = { "within(ex)": 1, "between(ex)": -1 };
    expect(contrast(pooled, weights)).toEqual(pooledContrast(pooled, weights));
    const terms = ["within(ex)", "between(ex)"];
    expect(jointTest(pooled, terms)).toEqual(pooledJointTest(pooled, terms));
    expect(jointTest(pooled, terms).dfDenominator).toBeGreaterThan(1);
    const [within] = termTests(pooled);
    expect(within.pValue).toBeCloseTo(pooled.fixed[1].pValue ?? NaN, 12);
  });

  test("an unknown term is named with the nearest", () => {
    expect(() => pooledContrast(pooled, { "within(exx)": 1 })).toThrow(/Did you mean "within\(ex\)"/);
    expect(() => pooledJointTest(pooled, [])).toThrow(/at least one term/);
  });
});
