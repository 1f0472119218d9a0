import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { createTable, factorColumn, numericColumn } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { rows } from "../../testing/read-csv.ts";
import { derSimonianLaird, groupSlope, remlTau2, shrink } from "./meta.ts";
import { permutationTest } from "./permutation.ts";
import { personalSeries } from "./series.ts";
import { WEEKDAYS, weekdayColumn } from "./weekday.ts";

/** metafor 3.8-1 rma() and blup() on these slopes, R 4.2.2; validation/r/personal.R. */
const estimates = [-0.21, 0.05, -0.32, -0.02, -0.4, 0.11, -0.15, -0.27, -0.08, -0.5];
const stdErrors = [0.09, 0.12, 0.1, 0.07, 0.2, 0.15, 0.06, 0.11, 0.13, 0.25];
const slopes = { estimates, variances: stdErrors.map((se) => se * se) };
const metafor = {
  reml: {
    estimate: -0.14866337406431,
    stdError: 0.0473021247517479,
    tau2: 0.00942805604451532,
    q: 17.469519690844,
    shrunken: [
      -0.181655346787041, -0.0700581608999757, -0.231809691333447, -0.0640011213633163, -0.196604077886992,
      -0.0722825012688715, -0.149630654538786, -0.201801869579585, -0.124075074123392, -0.194715242861689,
    ],
    shrunkenStdError: [
      0.0695318460388108, 0.0807144174675956, 0.0737942884199172, 0.0590419494621512, 0.0953679514498437,
      0.0880636791841428, 0.0526884303335872, 0.0774980603773833, 0.0835093101158755, 0.0994063979821449,
    ],
  },
  dl: {
    estimate: -0.148999843909437,
    stdError: 0.0481060816584917,
    tau2: 0.01007932263558,
    q: 17.469519690844,
    shrunken: [
      -0.182820699965657, -0.0670619708296516, -0.234837686911034, -0.0621981187356785, -0.199517930450414,
      -0.0688710143899096, -0.149736787995872, -0.203987980032037, -0.123221891736142, -0.197744358047978,
    ],
    shrunkenStdError: [
      0.0703589342374167, 0.0820364628669149, 0.0747913032964426, 0.0595378565333642, 0.0976067761585561,
      0.0898041134275704, 0.0530364342481763, 0.0786611492821609, 0.0849811614388452, 0.101959019404368,
    ],
  },
};

/** Days of several people whose slopes differ with SD `spread`. */
function people(count: number, days: (i: number) => number, spread: number, seed = 1): Table {
  const random = createRandom(seed);
  const all = Array.from({ length: count }, (_, i) => {
    const slope = -0.3 + spread * random.normal();
    let error = random.normal();
    return Array.from({ length: days(i) }, (_, day) => {
      error = 0.3 * error + Math.sqrt(1 - 0.09) * random.normal();
      const steps = random.normal();
      return { id: `p${i + 1}`, day, steps, pain: 3 + i + slope * steps + error };
    });
  }).flat();
  return createTable({
    id: factorColumn(all.map(({ id }) => id)),
    day: numericColumn(all.map(({ day }) => day)),
    steps: numericColumn(all.map(({ steps }) => steps)),
    pain: numericColumn(all.map(({ pain }) => pain)),
  });
}

const options = { id: "id", time: "day", term: "steps" };

describe("slopes of several people", () => {
  test.each(["reml", "dl"] as const)(
    "%s: the group's mean, variance and each shrunken slope are metafor's",
    (key) => {
      const reference = metafor[key];
      const tau2 = key === "reml" ? remlTau2(slopes) : derSimonianLaird(slopes);
      const group = groupSlope(slopes, tau2);
      expectRelative(tau2, reference.tau2, 1e-7);
      expectRelative(group.estimate, reference.estimate, 1e-8);
      expectRelative(group.stdError, reference.stdError, 1e-8);
      expectRelative(group.q, reference.q, 1e-10);
      reference.shrunken.forEach((expected, i) => {
        const own = shrink(estimates[i], slopes.variances[i], group);
        expectRelative(own.estimate, expected, 1e-7);
        expectRelative(own.stdError, reference.shrunkenStdError[i], 1e-7);
      });
    },
  );

  test("equal standard errors give the variance of the slopes less that of the errors, both ways", () => {
    const equal = { estimates: [1, 2, 3, 6], variances: [0.5, 0.5, 0.5, 0.5] };
    expectRelative(remlTau2(equal), 14 / 3 - 0.5, 1e-10);
    expectRelative(derSimonianLaird(equal), 14 / 3 - 0.5, 1e-10);
  });

  test("slopes that differ less than their errors are all the same slope", () => {
    const alike = { estimates: [1, 1.1, 0.9], variances: [1, 1, 1] };
    expect(remlTau2(alike)).toBe(0);
    const own = shrink(1.1, 1, groupSlope(alike, 0));
    expect(own.reliability).toBe(0);
    expectRelative(own.estimate, 1, 1e-12);
  });

  test("a slope is personal only from 14 occasions and reliability 0.5", () => {
    const result = personalSeries("pain ~ steps", rows(people(12, (i) => (i < 6 ? 10 : 120), 0.8)), options);
    for (const { nobs, reliability, personal } of result.people) {
      expect(personal).toBe(nobs >= 14 && reliability >= 0.5);
    }
    expect(result.people.filter(({ personal }) => personal).length).toBe(6);
    expectAbsolute(result.group.estimate, -0.3, 4 * result.group.stdError);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test("shrunken slopes lie between the person's own and the group's", () => {
    const result = personalSeries("pain ~ steps", rows(people(8, () => 30, 0.3)), options);
    for (const { estimate, shrunken } of result.people) {
      const [low, high] = [estimate, result.group.estimate].sort((a, b) => a - b);
      expect(shrunken).toBeGreaterThanOrEqual(low);
      expect(shrunken).toBeLessThanOrEqual(high);
    }
  });

  test("people whose series cannot be fitted are left out and listed", () => {
    const result = personalSeries("pain ~ steps", rows(people(5, (i) => (i === 2 ? 3 : 30), 0.3)), options);
    expect(result.leftOut).toEqual([{ id: "p3", nobs: 3, code: "personal.too-few-rows" }]);
    expect(result.people.map(({ id }) => id)).toEqual(["p1", "p2", "p4", "p5"]);
    expect(result.warnings[0].message).toContain("p3 (personal.too-few-rows)");
  });

  test("a term that nobody has is an error", () => {
    const table = people(3, () => 20, 0.3);
    expect(() => personalSeries("pain ~ steps", rows(table), { ...options, term: "sleep" })).toThrow(
      /at least two people with a slope "sleep"; found 0 of 3/,
    );
  });
});

describe("randomised days", () => {
  const random = createRandom(6);
  const days = Array.from({ length: 42 }, (_, day) => ({
    day,
    week: Math.floor(day / 7),
    walk: random.integer(2),
  }));
  const pain = (effect: number) =>
    createTable({
      day: numericColumn(days.map(({ day }) => day)),
      week: numericColumn(days.map(({ week }) => week)),
      walk: numericColumn(days.map(({ walk }) => walk)),
      pain: numericColumn(days.map(({ walk }) => 4 + effect * walk + random.normal())),
    });
  const asked = { exposure: "walk", term: "walk", time: "day", replicates: 199 };

  test("a strong difference is found and no difference is not", () => {
    expect(permutationTest("pain ~ walk", rows(pain(-2)), asked).pValue).toBeLessThan(0.02);
    expect(permutationTest("pain ~ walk", rows(pain(0)), asked).pValue).toBeGreaterThan(0.05);
  });

  test("is the same for the same seed and within blocks keeps each block's days", () => {
    const table = pain(-0.5);
    const a = permutationTest("pain ~ walk", rows(table), { ...asked, block: "week" });
    expect(permutationTest("pain ~ walk", rows(table), { ...asked, block: "week" })).toEqual(a);
    expect(a.pValue).toBe((a.asExtreme + 1) / 200);
  });

  test("rejects a true null about as often as it says", () => {
    let rejected = 0;
    const replicates = 60;
    for (let k = 0; k < replicates; k++) {
      const test = permutationTest("pain ~ walk", rows(pain(0)), {
        ...asked,
        residual: "iid",
        replicates: 39,
        seed: k,
      });
      if (test.pValue <= 0.2) rejected++;
    }
    expectAbsolute(rejected / replicates, 0.2, 4 * Math.sqrt((0.2 * 0.8) / replicates));
  });
});

describe("the day of the week", () => {
  test("comes from dates", () => {
    const column = weekdayColumn(
      factorColumn(["2016-09-01", "2024-02-29", null, "1969-12-28", "2023-04-30T08:00"]),
    );
    expect(column.levels).toEqual(WEEKDAYS);
    expect([...column.codes].map((code, i) => (column.missing[i] === 1 ? null : WEEKDAYS[code]))).toEqual([
      "Thursday",
      "Thursday",
      null,
      "Sunday",
      "Sunday",
    ]);
  });

  test("comes from day numbers and the weekday of day 0", () => {
    const column = weekdayColumn(numericColumn([0, 1, 6, 7, -1]), "Thursday");
    expect([...column.codes].map((code) => WEEKDAYS[code])).toEqual([
      "Thursday",
      "Friday",
      "Wednesday",
      "Thursday",
      "Wednesday",
    ]);
  });

  test.each([
    [factorColumn(["1 May"]), "Monday", /found "1 May"/],
    [factorColumn(["2023-02-30"]), "Monday", /found "2023-02-30"/],
    [numericColumn([1.5]), "Monday", /found 1.5/],
    [numericColumn([1]), "Mandag", /found Mandag/],
  ])("refuses what is not a date or a whole day", (column, zero, message) => {
    expect(() => weekdayColumn(column, zero)).toThrow(message);
  });
});
