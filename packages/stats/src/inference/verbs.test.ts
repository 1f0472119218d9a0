import { describe, expect, test } from "vitest";
import { StatsError } from "../errors.ts";
import { lmm } from "../models/lmm/fit.ts";
import { robustJointTest } from "../models/lmm/robust-joint.ts";
import { selectRows } from "../table/columns.ts";
import { caseTable } from "../testing/cases.ts";
import { expectRelative } from "../testing/compare.ts";
import { readFixture, rows, withColumns } from "../testing/read-csv.ts";
import { anova, coefTable, confint, contrast, jointTest, logLik, varCorr, vcov } from "./verbs.ts";

const sleepstudy = rows(readFixture("sleepstudy"));
const fit = lmm("Reaction ~ Days + (Days | Subject)", sleepstudy);
const panel = rows(caseTable("hunt_like"));
const hybrid = lmm("pain_o ~ (within(ex) + between(ex)) * sex + factor(wave) + (1 | id)", panel);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StatsError) return error.code;
  }
  return "none";
}

describe("questions asked of a fit", () => {
  test("a contrast of one term is its row in the table", () => {
    expect({ ...contrast(fit, { Days: 1 }) }).toEqual(coefTable(fit)[1]);
  });

  test("the slope in men is the slope plus its interaction, and fits with men as reference", () => {
    const slope = contrast(hybrid, { "within(ex)": 1, "sex:within(ex)": 1 });
    const recoded = lmm("pain_o ~ (within(ex) + between(ex)) * woman + factor(wave) + (1 | id)", {
      kind: "rows",
      table: {
        ...panel.table,
        columns: {
          ...panel.table.columns,
          woman: { ...panel.table.columns.sex, values: sexValues().map((value) => 1 - value) } as never,
        },
      },
    });
    const inMen = recoded.fixed[1];
    expectRelative(slope.estimate, inMen.estimate, 1e-9);
    expectRelative(slope.stdError, inMen.stdError, 1e-9);
    expectRelative(slope.df, inMen.df ?? 0, 1e-5);
  });

  test("a level of its own widens the interval", () => {
    const [narrow] = confint(fit, { level: 0.9 });
    const [wide] = confint(fit);
    expect(wide.lower).toBeLessThan(narrow.lower);
    expect(contrast(fit, { Days: 1 }, { level: 0.9 }).upper).toBeLessThan(coefTable(fit)[1].upper);
  });

  test("the joint test of one term is the square of its t", () => {
    const joint = jointTest(fit, ["Days"]);
    expectRelative(joint.statistic, fit.fixed[1].statistic ** 2, 1e-12);
    expectRelative(joint.pValue, fit.fixed[1].pValue ?? 0, 1e-8);
    expect(joint.dfDenominator).toBe(fit.fixed[1].df);
  });

  test("the joint test of a factor does not depend on its reference level", () => {
    const waves = hybrid.fixed.map((row) => row.term).filter((term) => term.startsWith("factor(wave)"));
    const joint = jointTest(hybrid, waves);
    expect(joint.dfNumerator).toBe(4);
    const other = lmm("pain_o ~ 0 + factor(wave) + (within(ex) + between(ex)) * sex + (1 | id)", panel);
    expect(other.fixed.length).toBe(hybrid.fixed.length);
    expectRelative(other.deviance, hybrid.deviance, 1e-9);
    expect(joint.dfDenominator).toBeGreaterThan(1500);
  });

  test("without degrees of freedom the joint test is a chi-square test", () => {
    const normal = lmm("Reaction ~ Days + (Days | Subject)", sleepstudy, { df: "none" });
    const joint = jointTest(normal, ["Days"]);
    expect(joint.dfDenominator).toBeNull();
    expectRelative(joint.pValue, normal.fixed[1].pValue ?? 0, 1e-8);
  });

  test("an ordinary regression tests on residual degrees of freedom", () => {
    const plain = lmm("Reaction ~ Days", sleepstudy);
    expect(contrast(plain, { Days: 2 }).df).toBe(178);
    expect(jointTest(plain, ["Days"]).dfDenominator).toBe(178);
  });

  test("vcov, varCorr and logLik read the fit", () => {
    expect(vcov(fit)).toBe(fit.vcov);
    expect(varCorr(fit).sigma).toBe(fit.sigma);
    expect(logLik(fit)).toEqual({ value: fit.logLik, df: 6, nobs: 180 });
  });

  test("with fewer people than effects a robust joint test has no answer, whichever way it is asked", () => {
    const three = { kind: "rows", table: selectRows(readFixture("sleepstudy"), (row) => row < 30) } as const;
    const degree = (power: number) => (value: (name: string) => number) => value("Days") ** power;
    const table = withColumns(three.table, { d2: degree(2), d3: degree(3), d4: degree(4) });
    const terms = ["Days", "d2", "d3", "d4"];
    for (const se of ["cr0", "cr2"] as const) {
      const few = lmm(`Reaction ~ ${terms.join(" + ")} + (1 | Subject)`, rows(table), { se });
      const none = { statistic: NaN, dfNumerator: 4, dfDenominator: null, pValue: NaN };
      expect(jointTest(few, terms)).toEqual(none);
      expect(robustJointTest(few, rows(table), terms)).toEqual(none);
      expect(jointTest(few, ["Days"]).pValue).toBeLessThan(1);
    }
  });

  test("a term that is not there is refused with the nearest name, or that it was left out", () => {
    expect(codeOf(() => contrast(fit, { Day: 1 }))).toBe("fit.unknown-term");
    expect(() => contrast(fit, { Day: 1 })).toThrow('"Days"');
    expect(codeOf(() => jointTest(fit, []))).toBe("fit.no-terms");
  });
});

describe("likelihood-ratio tests", () => {
  const ml = { method: "ml" } as const;
  const full = lmm("Reaction ~ Days + (Days | Subject)", sleepstudy, ml);
  const null_ = lmm("Reaction ~ 1 + (Days | Subject)", sleepstudy, ml);

  test("two nested ML fits, in either order", () => {
    const lrt = anova(null_, full);
    // lme4's well-known 23.54 on 1 degree of freedom for the effect of Days.
    expectRelative(lrt.chiSquare, 23.5365, 1e-5);
    expect(lrt.df).toBe(1);
    expectRelative(lrt.pValue, 1.226e-6, 1e-3);
    expect(anova(full, null_)).toEqual(lrt);
  });

  test("REML fits are compared only when their fixed effects are the same", () => {
    const slope = lmm("Reaction ~ Days + (1 | Subject)", sleepstudy);
    expect(anova(slope, fit).df).toBe(2);
    expect(codeOf(() => anova(lmm("Reaction ~ 1 + (1 | Subject)", sleepstudy), fit))).toBe("anova.reml");
  });

  test("fits on other rows, or not nested, are refused", () => {
    const fewer = lmm("Reaction ~ Days + (1 | Subject)", rows(readFixture("sleepstudy")), { ...ml });
    expect(codeOf(() => anova({ ...fewer, nobs: 179 }, full))).toBe("anova.different-rows");
    expect(codeOf(() => anova(full, { ...full }))).toBe("anova.not-nested");
  });
});

function sexValues(): Float64Array {
  const { sex } = panel.table.columns;
  if (sex.kind !== "numeric") throw new Error("numbers expected");
  return sex.values;
}
