import { describe, expect, test } from "vitest";
import { gee } from "../models/gee/fit.ts";
import { logistic } from "../models/glm/family.ts";
import { createRandom } from "../random/random.ts";
import { createTable, factorColumn, numericColumn } from "../table/columns.ts";
import type { Column, Table } from "../table/table.ts";
import { expectAbsolute, expectRelative } from "../testing/compare.ts";
import { readFixture, rows } from "../testing/read-csv.ts";
import { dropoutModel } from "./dropout.ts";
import { riskSet } from "./dropout-rows.ts";
import { followUp, meansByLastWave } from "./follow-up.ts";
import { remainingWeights, withColumn } from "./weights.ts";

/** Ann stays, Bo misses wave 2 and comes back, Cy leaves after wave 2, Di is never seen, Eve comes late and leaves. */
const five = createTable({
  id: factorColumn(["Ann", "Ann", "Ann", "Ann", "Bo", "Bo", "Bo", "Cy", "Cy", "Di", "Eve", "Eve", "Eve"]),
  wave: numericColumn([1, 2, 3, 4, 1, 3, 4, 2, 1, 1, 2, 3, 4]),
  pain: numericColumn([1, 2, 4, 3, 5, 4, 4, 3, 1, null, 2, 0, null]),
  ex: numericColumn([7, null, 6, 5, 2, 3, 3, 1, 2, 4, 8, 9, 9]),
});
const names = { id: "id", time: "wave", outcome: "pain" };

function numbers(table: Table, name: string): (number | null)[] {
  const column = table.columns[name] as Extract<Column, { kind: "numeric" }>;
  return Array.from(column.values, (value, row) => (column.missing[row] === 1 ? null : value));
}

describe("who was seen when", () => {
  const follow = followUp(five, names);

  test("dropout comes after the last wave seen, and a wave missed before that is not dropout", () => {
    expect(follow.people.map(({ label, first, last }) => [label, first, last])).toEqual([
      ["Ann", 0, 3],
      ["Bo", 0, 3],
      ["Cy", 0, 1],
      ["Eve", 1, 2],
    ]);
    expect(follow.neverSeen).toBe(1);
  });

  test("the means by last wave are aligned at the wave where they end", () => {
    const means = meansByLastWave(five, "pain", follow);
    expect(means.map(({ lastWave, people }) => [lastWave, people])).toEqual([
      [2, 1],
      [3, 1],
      [4, 2],
    ]);
    const stayed = means[2].means.map(({ wave, before, n, mean }) => [wave, before, n, mean]);
    expect(stayed).toEqual([
      [1, 3, 2, 3],
      [2, 2, 1, 2],
      [3, 1, 2, 4],
      [4, 0, 2, 3.5],
    ]);
  });

  test("planned waves must hold every wave of the data", () => {
    expect(() => followUp(five, { ...names, waves: [1, 2, 3] })).toThrowError(
      expect.objectContaining({ code: "dropout.waves" }),
    );
    const longer = followUp(five, { ...names, waves: [1, 2, 3, 4, 5] });
    expect(longer.people.every(({ last }) => last < 4)).toBe(true);
  });
});

describe("the risk set of dropout", () => {
  const risk = riskSet(five, { ...names, exposure: "ex" });

  test("has a row for each wave after one that was seen, with what was known by then", () => {
    expect(numbers(risk.table, "wave")).toEqual([2, 3, 4, 2, 4, 2, 3, 3, 4]);
    expect(numbers(risk.table, "left")).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 1]);
    expect(numbers(risk.table, "last_pain")).toEqual([1, 2, 4, 5, 4, 1, 3, 2, 0]);
    expect(numbers(risk.table, "change_pain")).toEqual([0, 1, 2, 0, -1, 0, 2, 0, -2]);
    expect(numbers(risk.table, "last_ex")).toEqual([7, 7, 6, 2, 3, 2, 1, 8, 9]);
  });

  test("refuses data in which nobody leaves", () => {
    const loyal = createTable({
      id: numericColumn([1, 1, 2, 2]),
      wave: numericColumn([1, 2, 1, 2]),
      pain: numericColumn([1, 2, 3, 4]),
    });
    expect(() => riskSet(loyal, names)).toThrowError(expect.objectContaining({ code: "dropout.no-dropout" }));
  });

  test("refuses a column named twice", () => {
    expect(() => riskSet(five, { ...names, exposure: "pain" })).toThrowError(
      expect.objectContaining({ code: "dropout.option" }),
    );
  });
});

/** Simulated people with a true slope of 0.5 a wave, who leave the sooner the higher they were last seen. */
function leaving(seed: number, people: number, strength: number): Table {
  const random = createRandom(seed);
  const [id, wave, y]: number[][] = [[], [], []];
  for (let person = 0; person < people; person++) {
    const level = random.normal();
    for (let t = 0; t < 5; t++) {
      const value = 0.5 * t + level + 0.7 * random.normal();
      id.push(person);
      wave.push(t);
      y.push(value);
      if (random.uniform() < logistic(-2.2 + strength * (value - 0.5 * t))) break;
    }
  }
  return createTable({ id: numericColumn(id), wave: numericColumn(wave), y: numericColumn(y) });
}

const asked = { id: "id", time: "wave", outcome: "y" };

describe("the dropout model", () => {
  test("finds that those who scored high left sooner, and counts them", () => {
    const table = leaving(4, 1500, 0.8);
    const model = dropoutModel(rows(table), asked);
    const last = model.terms.find(({ term }) => term === "last_y");
    expect((last?.lower ?? 0) > 1).toBe(true);
    expectRelative(last?.oddsRatioPerStdDev ?? 0, (last?.oddsRatio ?? 0) ** (last?.stdDev ?? 0), 1e-12);
    expect(model.counts.people).toBe(1500);
    expect(model.counts.stayed + model.counts.left).toBe(1500);
    expect(model.byWave.reduce((sum, { left }) => sum + left, 0)).toBe(model.counts.left);
    expect(model.warnings).toEqual([]);
    expect(structuredClone(model)).toEqual(model);
  });

  test("gives each person at risk a hazard, whose sum is the number who left", () => {
    const model = dropoutModel(rows(leaving(5, 800, 0.5)), asked);
    const expected = model.hazards.reduce((sum, { hazard }) => sum + (hazard ?? 0), 0);
    expectAbsolute(expected, model.counts.left, 1e-6);
  });

  test("takes text covariates as factors and says when too few left", () => {
    const table = readFixture("hunt_like");
    const few = followUp(table, { id: "id", time: "wave", outcome: "pain_o" });
    const sex = (table.columns.sex as { values: Float64Array }).values;
    const worded = withColumn(
      table,
      "sex",
      factorColumn(Array.from(sex, (s) => (s === 1 ? "man" : "woman"))),
    );
    const model = dropoutModel(rows(worded), {
      id: "id",
      time: "wave",
      outcome: "pain_o",
      exposure: "ex",
      covariates: ["sex", "age", "smoke"],
    });
    expect(model.terms.map(({ term }) => term)).toContain("sex[woman]");
    expect(model.counts.people).toBe(few.people.length);
    expect(model.counts.intermittent).toBeGreaterThan(0);
  });
});

describe("weights for remaining", () => {
  test("are the products of the chances of staying, by wave alone over given what was seen", () => {
    const table = leaving(6, 400, 0.6);
    const model = dropoutModel(rows(table), asked);
    const { column } = remainingWeights(rows(table), asked);
    const share = model.byWave.map(({ atRisk, left }) => 1 - left / atRisk);
    const ids = (table.columns.id as { values: Float64Array }).values;
    const waves = (table.columns.wave as { values: Float64Array }).values;
    const third = ids.findIndex((id, row) => waves[row] === 2 && id > 10);
    const own = model.hazards.filter(({ person, wave }) => person === String(ids[third]) && wave <= 2);
    const expected = own.reduce((product, { hazard }, k) => (product * share[k]) / (1 - (hazard ?? 0)), 1);
    expectRelative(column.values[third], expected, 1e-9);
    expect(column.values[ids.indexOf(ids[third])]).toBe(1);
  });

  test("average about 1, and say how many rows they are worth", () => {
    const { summary, warnings } = remainingWeights(rows(leaving(7, 2000, 0.6)), asked);
    expectAbsolute(summary.mean, 1, 0.02);
    expect(summary.effectiveRows).toBeLessThan(summary.rows);
    expect(summary.withoutWeight).toBe(0);
    expect(warnings).toEqual([]);
  });

  test("stay between the percentiles they are truncated at", () => {
    const free = remainingWeights(rows(leaving(8, 1000, 1)), asked);
    const held = remainingWeights(rows(leaving(8, 1000, 1)), { ...asked, truncate: [1, 99] });
    const at = (percent: number) => free.summary.percentiles.find((p) => p.percent === percent)?.weight ?? 0;
    expectRelative(held.summary.largest, at(99), 1e-12);
    expectRelative(held.summary.smallest, at(1), 1e-12);
    expect(held.summary.truncated).toBeGreaterThan(0);
    expect(() => remainingWeights(rows(leaving(8, 1000, 1)), { ...asked, truncate: [99, 1] })).toThrowError(
      expect.objectContaining({ code: "weights.option" }),
    );
  });

  test("are missing where a predictor of dropout is, and say for how many rows", () => {
    const table = leaving(9, 300, 0.5);
    const ids = (table.columns.id as { values: Float64Array }).values;
    const age = withColumn(
      table,
      "age",
      numericColumn(Array.from(ids, (id) => (id % 10 === 0 ? null : id % 50))),
    );
    const { column, summary } = remainingWeights(rows(age), { ...asked, covariates: ["age"] });
    expect(summary.withoutWeight).toBeGreaterThan(0);
    expect(column.missing.reduce((sum, bit) => sum + bit, 0)).toBe(summary.withoutWeight);
  });

  test("stabilised by a covariate depend on it in the numerator too", () => {
    const table = leaving(10, 500, 0.5);
    const ids = (table.columns.id as { values: Float64Array }).values;
    const sexed = withColumn(table, "sex", numericColumn(Array.from(ids, (id) => id % 2)));
    const plain = remainingWeights(rows(sexed), { ...asked, covariates: ["sex"] });
    const stable = remainingWeights(rows(sexed), { ...asked, covariates: ["sex"], stabilizeBy: ["sex"] });
    expect(stable.summary.stdDev).toBeLessThanOrEqual(plain.summary.stdDev * 1.05);
    expect(() => remainingWeights(rows(sexed), { ...asked, stabilizeBy: ["sex"] })).toThrowError(
      expect.objectContaining({ code: "weights.option" }),
    );
  });
});

describe("against the truth: simulated people who leave the sooner the higher they were last seen", () => {
  test("an unweighted gee misses the slope that a weighted one finds", () => {
    const truth = 0.5;
    const slopes = [1, 2, 3, 4].map((seed) => {
      const table = leaving(seed, 3000, 1);
      const { column } = remainingWeights(rows(table), asked);
      const options = { id: "id", correlation: "independence" as const };
      const plain = gee("y ~ wave", rows(table), options).fixed[1];
      const weighted = gee("y ~ wave", rows(withColumn(table, "w", column)), { ...options, weights: "w" })
        .fixed[1];
      return { plain, weighted };
    });
    const mean = (pick: (s: (typeof slopes)[number]) => number) =>
      slopes.reduce((sum, s) => sum + pick(s), 0) / slopes.length;
    const stdError = mean(({ weighted }) => weighted.stdError) / Math.sqrt(slopes.length);
    expect(mean(({ plain }) => plain.estimate)).toBeLessThan(truth - 10 * stdError);
    expectAbsolute(
      mean(({ weighted }) => weighted.estimate),
      truth,
      3 * stdError,
    );
  });
});
