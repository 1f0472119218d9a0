import { describe, expect, test } from "vitest";
import { caseTable } from "../../testing/cases.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, rows, withColumns } from "../../testing/read-csv.ts";
import { explainedVariance } from "./explained.ts";
import { lmm } from "./fit.ts";
import { influence } from "./influence.ts";
import { hatvalues } from "./influence-hatvalues.ts";
import { residualDiagnostics } from "./influence-residuals.ts";
import { personalSlopes } from "./slopes.ts";

const sleepstudy = rows(readFixture("sleepstudy"));
const fit = lmm("Reaction ~ Days + (Days | Subject)", sleepstudy);
const panel = rows(caseTable("hunt_like"));

// The numbers below were computed in R 4.2.2 with dense matrices from lme4 1.1.31's estimates of this model; two
// optimisers agree to about 1e-6.
describe("explained variance of sleepstudy", () => {
  const explained = explainedVariance(fit, sleepstudy);

  test("marginal and conditional R2 and both ICCs, with a random slope", () => {
    expectRelative(explained.marginal, 0.278652042562, 1e-6);
    expectRelative(explained.conditional, 0.799218896977, 1e-6);
    expectRelative(explained.iccAdjusted, 0.72165845768, 1e-6);
    expectRelative(explained.iccUnadjusted, 0.520566854415, 1e-6);
  });

  test("within people: by the fixed part, and with random slopes", () => {
    expectRelative(explained.parts.slopes, 289.341214339761, 1e-5);
    expectRelative(explained.parts.levels, 1408.729930017786, 1e-5);
    expectRelative(explained.within?.fixed ?? 0, 0.490468321442, 1e-6);
    expectRelative(explained.within?.fixedAndSlopes ?? 0, 0.646595913414, 1e-6);
    expectAbsolute(explained.between?.fixed ?? 1, 0, 1e-12);
  });

  test("the parts are the same whatever the units and the origin of a predictor", () => {
    const table = withColumns(sleepstudy.table, { year: (value) => 2015 + 10 * value("Days") });
    const other = explainedVariance(lmm("Reaction ~ year + (year | Subject)", rows(table)), rows(table));
    expectRelative(other.parts.slopes, explained.parts.slopes, 1e-5);
    expectRelative(other.conditional, explained.conditional, 1e-6);
  });

  test("ordinary regression has an R2 and no groups", () => {
    const plain = explainedVariance(lmm("Reaction ~ Days", sleepstudy), sleepstudy);
    expect(plain.iccAdjusted).toBeNull();
    expect(plain.within).toBeNull();
    expect(plain.marginal).toBe(plain.conditional);
  });
});

describe("personal slopes of sleepstudy", () => {
  const slopes = personalSlopes(fit, sleepstudy, "Days", { bounds: [5, -2] });

  test("hold the uncertainty of the mean and of the person", () => {
    const [first] = slopes.people;
    expect(first.level).toBe("308");
    expectRelative(first.slope, 19.6662578638, 1e-6);
    expectRelative(first.stdError, 2.33627586735, 1e-6);
    expectRelative(first.reliability, 0.815423942684, 1e-6);
    expect(slopes.people).toHaveLength(18);
  });

  test("the share expected below zero, with its interval", () => {
    const [zero, above, below] = slopes.shares;
    expect([zero.side, above.side, below.side]).toEqual(["below", "above", "below"]);
    expectRelative(zero.share, 0.0385734593412, 1e-5);
    expectRelative(zero.lower, 0.00411792008109, 1e-4);
    expectRelative(zero.upper, 0.18600190492811, 1e-5);
    expect(above.share).toBeGreaterThan(0.8);
    expect(below.share).toBeLessThan(zero.share);
  });

  test("with an interaction each person has the slope of their own group", () => {
    const model = lmm("pain_o ~ (within(ex) + between(ex)) * sex + (1 + within(ex) | id)", panel);
    const found = personalSlopes(model, panel, "within(ex)");
    const slope = (term: string) => model.fixed.find((row) => row.term === term)?.estimate ?? Number.NaN;
    const values = found.people.map((person) => person.slope);
    const ends = [slope("within(ex)"), slope("within(ex)") + slope("within(ex):sex")];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeGreaterThan(Math.min(...ends));
    expect(mean).toBeLessThan(Math.max(...ends));
    expect(found.people.every(({ reliability }) => reliability >= 0 && reliability < 1)).toBe(true);
  });

  test("a term without a random slope is refused", () => {
    expect(() => personalSlopes(fit, sleepstudy, "Day")).toThrow('Did you mean "Days"');
  });
});

describe("influence of each person of sleepstudy", () => {
  const found = influence(fit, sleepstudy, { contrast: { "(Intercept)": 1, Days: 5 } });
  const person = found.people.find(({ level }) => level === "308");

  test("is what leaving the person out gives, at the same variances", () => {
    expectRelative(person?.dfbetas?.[0] ?? 0, 0.0621668194712, 1e-5);
    expectRelative(person?.dfbetas?.[1] ?? 0, -0.429912451657, 1e-5);
    expectRelative(person?.cooksDistance ?? 0, 0.0924170397541, 1e-5);
    expectRelative(person?.contrastChange ?? 0, 0.424260926915 - 5 * 0.664553909685, 1e-5);
  });

  test("leverages of all people add up to the number of effects", () => {
    const total = found.people.reduce((sum, { leverage }) => sum + leverage, 0);
    expectRelative(total, 2, 1e-10);
    expect(found.warnings).toEqual([]);
  });

  test("a person who decides is named in a warning, also one who knows an effect alone", () => {
    const table = withColumns(sleepstudy.table, {
      Reaction: (value) => value("Reaction") + (value("Subject") === 308 ? 300 * value("Days") : 0),
      first: (value) => Number(value("Subject") === 309),
    });
    const moved = influence(lmm("Reaction ~ Days + (1 | Subject)", rows(table)), rows(table));
    expect(moved.people[0].level).toBe("308");
    expect(moved.warnings[0].message).toContain("308");
    const alone = influence(lmm("Reaction ~ Days + first + (1 | Subject)", rows(table)), rows(table));
    expect(alone.people[0]).toMatchObject({ level: "309", cooksDistance: null, dfbetas: null });
  });

  test("a contrast of unknown terms is refused", () => {
    expect(() => influence(fit, sleepstudy, { contrast: { Dayz: 1 } })).toThrow('"Days"');
  });
});

test("hat values add up to lme4's, and are those of ordinary regression without a random part", () => {
  const total = (values: readonly { readonly hat: number }[]) =>
    values.reduce((sum, { hat }) => sum + hat, 0);
  expectRelative(total(hatvalues(fit, sleepstudy)), 29.0220668904, 1e-6);
  const plain = lmm("Reaction ~ Days", sleepstudy);
  expectRelative(total(hatvalues(plain, sleepstudy)), 2, 1e-10);
  const dense = { ...plain.residual, type: "ar1" as const, time: "Days", parameters: [0], step: 1 };
  const same = hatvalues({ ...fit, residual: dense }, sleepstudy);
  hatvalues(fit, sleepstudy).forEach(({ hat }, i) => {
    expectAbsolute(same[i].hat, hat, 1e-10);
  });
});

test("residuals and random effects stand beside the normal scores of their order", () => {
  const [residuals, intercepts, slopes] = residualDiagnostics(fit, sleepstudy);
  expect([residuals.of, intercepts.of, slopes.of]).toEqual([
    "residuals",
    "Subject (Intercept)",
    "Subject Days",
  ]);
  expect(residuals.values).toHaveLength(180);
  expectAbsolute(residuals.expected[0] + residuals.expected[179], 0, 1e-12);
  expect(residuals.excessKurtosis).toBeGreaterThan(1);
});
