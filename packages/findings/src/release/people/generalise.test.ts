import type { CodebookEntry, DataColumn } from "@longwave/study";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classesOf, smallestClass } from "./classes.ts";
import { generalise } from "./generalise.ts";
import { hideCells } from "./hide-cells.ts";
import { type Ladder, ladderOf } from "./ladder.ts";

function numbers(name: string, values: readonly (number | null)[]): DataColumn {
  return {
    name,
    kind: "number",
    values,
    missing: values.map((value) => (value === null ? "skipped" : null)),
  };
}

function entry(name: string, coding?: readonly string[]): CodebookEntry {
  return {
    name,
    table: "person",
    label: name,
    level: "nominal",
    inDataset: true,
    ...(coding === undefined ? {} : { coding: coding.map((label, value) => ({ value, label })) }),
  };
}

const age = (values: readonly (number | null)[]): Ladder =>
  ladderOf(numbers("age", values), entry("age"), [{ breaks: [30, 40, 50, 60] }, { breaks: [50] }]);
const school = (values: readonly (number | null)[]): Ladder =>
  ladderOf(numbers("school", values), entry("school", ["none", "some", "much"]), [{ groups: [[0, 1], [2]] }]);

/** Smallest class among those who stay. */
function smallestAfter(cells: ReturnType<typeof hideCells>): number {
  const kept = cells.removed.flatMap((removed, p) => (removed ? [] : [p]));
  const rungs = cells.codes.map((codes) => ({
    codes: Int32Array.from(kept, (p) => codes[p] ?? 0),
    categories: { length: 1 + Math.max(0, ...codes) } as Ladder["rungs"][number]["categories"],
  }));
  return smallestClass(classesOf(rungs, kept.length));
}

describe("a ladder", () => {
  test("goes from codes as answered to merged codes to nothing, and numbers start in bands", () => {
    expect(school([0, 1, 2]).rungs.map(({ how }) => how)).toEqual([
      "as answered",
      "merged: none / some; much",
      "left out",
    ]);
    expect(age([25, 44, 71]).rungs.map(({ how }) => how)).toEqual([
      "in bands: under 30, 30 to 39, 40 to 49, 50 to 59, 60 or more",
      "in bands: under 50, 50 or more",
      "left out",
    ]);
  });

  test("keeps why a value is missing, and hides codes that are in no group", () => {
    const ladder = ladderOf(numbers("sex", [0, 1, 2, null]), entry("sex", ["w", "m", "x"]), [
      { groups: [[0], [1]] },
    ]);
    const [, merged] = ladder.rungs;
    expect([...(merged?.codes ?? [])].map((code) => merged?.categories[code]?.missing)).toEqual([
      null,
      null,
      "suppressed",
      "skipped",
    ]);
  });

  test("names bands of numbers with decimals without a gap", () => {
    const bmi = ladderOf(numbers("bmi", [22.5, 31.25]), entry("bmi"), [{ breaks: [25, 30] }]);
    expect(bmi.rungs[0]?.categories.map(({ label }) => label)).toEqual(["hidden", "under 25", "30 or more"]);
  });
});

const people = fc.array(
  fc.record({
    age: fc.oneof(fc.integer({ min: 18, max: 90 }), fc.constant(null)),
    school: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant(null)),
  }),
  { minLength: 1, maxLength: 120 },
);

describe("hiding values", () => {
  test("leaves no class of fewer than k among those who stay, and removes fewer than k", () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 2, max: 12 }), (rows, k) => {
        const rungs = [age(rows.map((row) => row.age)), school(rows.map((row) => row.school))].flatMap(
          (ladder) => ladder.rungs[0] ?? [],
        );
        const cells = hideCells(rungs, rows.length, { k, worth: [1, 1] });
        const removed = cells.removed.filter(Boolean).length;
        expect(removed).toBeLessThan(k);
        if (removed < rows.length) expect(smallestAfter(cells)).toBeGreaterThanOrEqual(k);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test("hides one value of a rare person rather than all", () => {
    const ages = [...new Array<number>(20).fill(35), ...new Array<number>(12).fill(55), 85];
    const schools = [...new Array<number>(20).fill(0), ...new Array<number>(12).fill(1), 0];
    const ladders = [age(ages), school(schools)];
    const cells = hideCells(
      ladders.flatMap(({ rungs }) => rungs[0] ?? []),
      33,
      { k: 3, worth: [1, 1] },
    );
    // Nobody else is over 60, and one hidden value alone would be a class of one.
    expect(cells.removed.filter(Boolean)).toHaveLength(1);
    expect(cells.hidden).toEqual([0, 0]);
  });
});

describe("the way people are told of", () => {
  test("is as answered when that is enough", () => {
    const schools = school([...new Array<number>(10).fill(0), ...new Array<number>(10).fill(2)]);
    expect(generalise([schools], 10, 20)).toMatchObject({ rungs: [0], losses: [0] });
  });

  test("is coarser rather than hidden where many would be hidden", () => {
    const ages = Array.from({ length: 40 }, (_, i) => 20 + i);
    const made = generalise([age(ages)], 12, 40);
    expect(made.rungs).toEqual([1]);
    expect(made.cells.hidden).toEqual([0]);
  });

  test("always reaches k, whoever the people are", () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 2, max: 12 }), (rows, k) => {
        const ladders = [age(rows.map((row) => row.age)), school(rows.map((row) => row.school))];
        const { cells } = generalise(ladders, k, rows.length);
        const stay = cells.removed.filter((removed) => !removed).length;
        if (stay > 0) expect(smallestAfter(cells)).toBeGreaterThanOrEqual(k);
        if (rows.length >= k) expect(stay).toBeGreaterThan(0);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  test("of many variables is found by a walk that reaches k too", () => {
    const ladders = Array.from({ length: 9 }, (_, variable) =>
      school(Array.from({ length: 60 }, (__, p) => (p * (variable + 3)) % 3)),
    );
    const { cells } = generalise(ladders, 10, 60);
    expect(smallestAfter(cells)).toBeGreaterThanOrEqual(10);
  });
});
