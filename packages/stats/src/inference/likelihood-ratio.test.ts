import { describe, expect, test } from "vitest";
import { StatsError } from "../errors.ts";
import { lmm } from "../models/lmm/fit.ts";
import type { LmmFit } from "../models/lmm/result.ts";
import { chiSquareUpper } from "../numeric/chi-square.ts";
import { createRandom } from "../random/random.ts";
import { createTable, numericColumn } from "../table/columns.ts";
import type { FitData } from "../table/table.ts";
import { expectRelative } from "../testing/compare.ts";
import { readFixture, rows } from "../testing/read-csv.ts";
import { varianceTest } from "./likelihood-ratio.ts";
import { anova } from "./verbs.ts";

const sleepstudy = rows(readFixture("sleepstudy"));
const slope = lmm("Reaction ~ Days + (Days | Subject)", sleepstudy);
const level = lmm("Reaction ~ Days + (1 | Subject)", sleepstudy);
const plain = lmm("Reaction ~ Days", sleepstudy);

function codeOf(larger: LmmFit, smaller: LmmFit): string {
  try {
    varianceTest(larger, smaller);
  } catch (error) {
    if (error instanceof StatsError) return error.code;
    throw error;
  }
  return "none";
}

/** Simulated people whose levels differ and whose slopes do not. */
function simulated(seed: number, people: number): FitData {
  const random = createRandom(seed);
  const columns = { id: [] as number[], wave: [] as number[], y: [] as number[] };
  for (let id = 0; id < people; id++) {
    const own = random.normal();
    for (let wave = 0; wave < 5; wave++) {
      columns.id.push(id);
      columns.wave.push(wave);
      columns.y.push(own + random.normal());
    }
  }
  return rows(
    createTable({
      id: numericColumn(columns.id),
      wave: numericColumn(columns.wave),
      y: numericColumn(columns.y),
    }),
  );
}

describe("the test of a variance", () => {
  test("of a slope with its covariance is against half chi-square(1) and half chi-square(2)", () => {
    const result = varianceTest(slope, level);
    expect(result.added).toBe("Days | Subject");
    expect(result.mixture).toEqual([
      { df: 1, weight: 0.5 },
      { df: 2, weight: 0.5 },
    ]);
    const { chiSquare } = anova(slope, level);
    expectRelative(result.chiSquare, chiSquare, 1e-12);
    const wanted = (chiSquareUpper(chiSquare, 1) + chiSquareUpper(chiSquare, 2)) / 2;
    expectRelative(result.pValue, wanted, 1e-12);
  });

  test("of a single variance halves the p-value of chi-square(1)", () => {
    const result = varianceTest(level, plain);
    expect(result.added).toBe("(Intercept) | Subject");
    expect(result.mixture.map(({ df }) => df)).toEqual([0, 1]);
    expectRelative(result.pValue, chiSquareUpper(result.chiSquare, 1) / 2, 1e-12);
    const uncorrelated = lmm("Reaction ~ Days + (Days || Subject)", sleepstudy);
    expect(varianceTest(uncorrelated, level).mixture.map(({ df }) => df)).toEqual([0, 1]);
  });

  test("of an outer nested level leaves the inner one as it is", () => {
    const hivsn = rows(readFixture("hivsn_crossover_pain"));
    const nested = lmm("pain ~ week + (1 | id/period)", hivsn);
    const inner = lmm("pain ~ week + (1 | id:period)", hivsn);
    const outer = lmm("pain ~ week + (1 | id)", hivsn);
    expect(varianceTest(nested, outer).added).toBe("(Intercept) | period:id");
    expect(codeOf(nested, plain)).toBe("variance-test.comparison");
    expect(codeOf(inner, outer)).toBe("variance-test.comparison");
  });

  test("is 1 when the variance is estimated as zero", () => {
    const dyestuff2 = rows(readFixture("dyestuff2"));
    const zero = lmm("Yield ~ 1 + (1 | Batch)", dyestuff2);
    expect(varianceTest(zero, lmm("Yield ~ 1", dyestuff2))).toMatchObject({ chiSquare: 0, pValue: 1 });
  });

  test("rejects a true hypothesis about as often as it says (seeded), where plain chi-square does so too rarely", () => {
    const replicates = 250;
    let [mixture, naive] = [0, 0];
    for (let seed = 1; seed <= replicates; seed++) {
      const data = simulated(seed, 40);
      const larger = lmm("y ~ wave + (1 + wave | id)", data, { df: "none" });
      const smaller = lmm("y ~ wave + (1 | id)", data, { df: "none" });
      if (varianceTest(larger, smaller).pValue < 0.1) mixture++;
      if (anova(larger, smaller).pValue < 0.1) naive++;
    }
    const error = Math.sqrt((0.1 * 0.9) / replicates);
    expect(Math.abs(mixture / replicates - 0.1)).toBeLessThan(3 * error);
    expect(naive).toBeLessThan(mixture);
  });

  test("two more variances, other fixed effects, or only a correlation are another question", () => {
    expect(codeOf(slope, plain)).toBe("variance-test.comparison");
    expect(codeOf(slope, lmm("Reaction ~ 1 + (1 | Subject)", sleepstudy))).toBe("variance-test.comparison");
    expect(codeOf(slope, lmm("Reaction ~ Days + (Days || Subject)", sleepstudy))).toBe(
      "variance-test.comparison",
    );
    expect(codeOf(level, slope)).toBe("variance-test.comparison");
    expect(codeOf(slope, lmm("Reaction ~ Days + (1 | Subject)", sleepstudy, { method: "ml" }))).toBe(
      "anova.reml",
    );
  });
});
