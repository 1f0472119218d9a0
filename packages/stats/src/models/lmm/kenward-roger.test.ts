import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StatsError } from "../../errors.ts";
import { termTests } from "../../inference/term-tests.ts";
import { contrast, jointTest } from "../../inference/verbs.ts";
import { createRandom } from "../../random/random.ts";
import { createTable, numericColumn } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { caseTable } from "../../testing/cases.ts";
import { expectRelative } from "../../testing/compare.ts";
import { readFixture, readReference, rows, withColumns } from "../../testing/read-csv.ts";
import { lmm } from "./fit.ts";
import type { LmmOptions } from "./options.ts";

const KR = { df: "kenward-roger" } as const;
const sleepstudy = readFixture("sleepstudy");

/** Simulated people, `waves` rows each; some lost unless balanced. */
function simulated(seed: number, people: number, lost: number): Table {
  const random = createRandom(seed);
  const columns: Record<string, number[]> = { id: [], wave: [], x: [], y: [] };
  for (let id = 0; id < people; id++) {
    const level = random.normal();
    for (let wave = 0; wave < 4; wave++) {
      const x = random.normal();
      const y = level + 0.2 * wave - 0.3 * x + random.normal();
      if (random.uniform() < lost) continue;
      for (const [name, value] of Object.entries({ id, wave, x, y })) columns[name].push(value);
    }
  }
  return createTable(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numericColumn(values)])),
  );
}

function codeOf(options: LmmOptions): string {
  try {
    lmm("Reaction ~ Days + (Days | Subject)", rows(sleepstudy), options);
  } catch (error) {
    if (error instanceof StatsError) return error.code;
    throw error;
  }
  return "none";
}

describe("Kenward and Roger's adjustment", () => {
  test("changes nothing in a balanced one-way layout, where the degrees of freedom are those of the groups", () => {
    const data = rows(readFixture("dyestuff"));
    const [adjusted] = lmm("Yield ~ 1 + (1 | Batch)", data, KR).fixed;
    const [plain] = lmm("Yield ~ 1 + (1 | Batch)", data).fixed;
    expectRelative(adjusted.df, 5, 1e-9);
    expectRelative(plain.df, 5, 1e-6);
    expectRelative(adjusted.stdError, plain.stdError, 1e-9);
  });

  test("gives Satterthwaite's degrees of freedom in balanced data, whatever they are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 5, max: 30 }), (seed, people) => {
        const data = rows(simulated(seed, people, 0));
        const plain = lmm("y ~ wave + (1 | id)", data);
        if (plain.singular) return;
        const adjusted = lmm("y ~ wave + (1 | id)", data, KR);
        adjusted.fixed.forEach((row, j) => {
          expectRelative(row.df, plain.fixed[j].df ?? 0, 1e-4, row.term);
          expectRelative(row.stdError, plain.fixed[j].stdError, 1e-8, row.term);
        });
      }),
      { numRuns: 10 },
    );
  });

  test("makes standard errors larger and degrees of freedom fewer in small unbalanced data", () => {
    const data = rows(simulated(7, 12, 0.3));
    const plain = lmm("y ~ wave + x + (1 | id)", data);
    const adjusted = lmm("y ~ wave + x + (1 | id)", data, KR);
    expect(adjusted.deviance).toBe(plain.deviance);
    adjusted.fixed.forEach((row, j) => {
      expect(row.estimate).toBe(plain.fixed[j].estimate);
      expect(row.stdError).toBeGreaterThanOrEqual(plain.fixed[j].stdError * (1 - 1e-9));
    });
  });

  test("does not depend on the units of the outcome, a predictor or a random slope", () => {
    const scaled = withColumns(sleepstudy, {
      Reaction: (value) => 1e-3 * value("Reaction"),
      Days: (value) => 1e6 * value("Days") + 5e7,
    });
    const formula = "Reaction ~ Days + (Days | Subject)";
    const [plain, other] = [sleepstudy, scaled].map((table) => lmm(formula, rows(table), KR));
    expectRelative(other.fixed[1].stdError, plain.fixed[1].stdError * 1e-9, 1e-6);
    expectRelative(other.fixed[1].df, plain.fixed[1].df ?? 0, 1e-6);
    expectRelative(jointTest(other, ["Days"]).statistic, jointTest(plain, ["Days"]).statistic, 1e-6);
  });

  test("contrasts and joint tests need the fit alone, also after JSON", () => {
    const panel = rows(caseTable("hunt_like"));
    const fit = lmm("pain_o ~ factor(wave) + sex + ex + (1 + ex | id)", panel, KR);
    const copy = JSON.parse(JSON.stringify(fit)) as typeof fit;
    const waves = fit.fixed.map(({ term }) => term).filter((term) => term.startsWith("factor(wave)"));
    expect(jointTest(copy, waves)).toEqual(jointTest(fit, waves));
    expect({ ...contrast(fit, { ex: 1 }) }).toEqual(
      fit.fixed[fit.fixed.findIndex(({ term }) => term === "ex")],
    );
    const single = jointTest(fit, ["ex"]);
    const { statistic, df, pValue } = contrast(fit, { ex: 1 });
    expectRelative(single.statistic, statistic ** 2, 1e-9);
    expectRelative(single.dfDenominator, df ?? 0, 1e-9);
    expectRelative(single.pValue, pValue ?? 0, 1e-7);
  });

  test("is pbkrtest's on the simulated panel of 600 people, also for the intercept at another point", () => {
    interface Row {
      readonly term: string;
      readonly se_kr: number;
      readonly df_kr: number;
    }
    const oracle = readReference<{
      readonly meta: { readonly grand_mean_of_person_means: number };
      readonly hybrid_ri_reml: { readonly coef: readonly Row[] };
    }>("oracle-reference");
    const data = rows(
      withColumns(readFixture("hunt_like"), {
        age10: (value) => (value("age") - 50) / 10,
        yrs: (value) => value("time") / 365.25,
      }),
    );
    const fit = lmm(
      "pain_o ~ within(ex) + between(ex) + sex + age10 + edu + smoke + yrs + (1 | id)",
      data,
      KR,
    );
    const names: Record<string, string> = { ex_w: "within(ex)", ex_bc: "between(ex)" };
    for (const { term, se_kr, df_kr } of oracle.hybrid_ri_reml.coef) {
      // The script centres the person means, which moves the intercept.
      const weights: Record<string, number> =
        term === "(Intercept)"
          ? { "(Intercept)": 1, "between(ex)": oracle.meta.grand_mean_of_person_means }
          : { [names[term] ?? term]: 1 };
      const row = contrast(fit, weights);
      expectRelative(row.stdError, se_kr, 1e-6, term);
      expectRelative(row.df, df_kr, 1e-6, term);
    }
  });

  test("without a random term it is the t of ordinary regression", () => {
    const fit = lmm("Reaction ~ Days", rows(sleepstudy), KR);
    expect(fit.fixed[1].df).toBe(178);
    expect(fit.kenwardRoger).toBeNull();
    expect(termTests(fit)[0].dfDenominator).toBe(178);
  });

  test.each<[string, LmmOptions]>([
    ["maximum likelihood", { method: "ml" }],
    ["a residual structure", { residual: { type: "ar1", time: "Days" } }],
    ["robust standard errors", { se: "cr2" }],
  ])("is refused with %s", (_, options) => {
    expect(codeOf({ ...options, ...KR })).toBe("lmm.kenward-roger");
  });

  test("is refused where the variances cannot be told apart", () => {
    const data = rows(withColumns(simulated(3, 20, 0), { site: (value) => value("id") % 2 }));
    expect(() => lmm("y ~ wave + (1 + site | id)", data, KR)).toThrow(/tell apart, for Kenward-Roger/);
  });
});
