import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StatsError } from "../errors.ts";
import { compareCodePoints, createTable, factorColumn, numericColumn, selectRows } from "./columns.ts";
import { nearestName } from "./nearest-name.ts";
import { filterTable } from "./where.ts";

const people = createTable({
  age: numericColumn([30, 45, null, 61, 52]),
  sex: factorColumn(["male", "female", "male", null, "female"]),
  score: numericColumn([-1, 0, 2, 3, 1]),
});

function scores(where: string): number[] {
  const column = filterTable(people, where).columns.score;
  return column.kind === "numeric" ? [...column.values] : [];
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StatsError) return error.code;
  }
  return "none";
}

describe("columns", () => {
  test("null, undefined and NaN are missing", () => {
    expect([...numericColumn([1, null, undefined, Number.NaN]).missing]).toEqual([0, 1, 1, 1]);
    expect([...factorColumn(["a", null, undefined]).missing]).toEqual([0, 1, 1]);
  });

  test("levels are in code-point order, not the order of a language", () => {
    expect(factorColumn(["b", "a", "Z", "\u00e5", "10", "9"]).levels).toEqual([
      "10",
      "9",
      "Z",
      "a",
      "b",
      "\u00e5",
    ]);
    expect(compareCodePoints("\u{1F600}", "\uFFFD")).toBeGreaterThan(0);
  });

  test("a value that is not among the levels given is missing", () => {
    expect([...factorColumn(["low", "high", "?"], ["low", "high"]).missing]).toEqual([0, 0, 1]);
  });

  test("infinite values and columns of different length are refused", () => {
    expect(codeOf(() => numericColumn([1, Number.POSITIVE_INFINITY]))).toBe("data.not-finite");
    expect(codeOf(() => createTable({ a: numericColumn([1]), b: numericColumn([1, 2]) }))).toBe(
      "data.column-lengths",
    );
  });

  test("selecting rows keeps their order and levels", () => {
    const odd = selectRows(people, (row) => row % 2 === 1);
    expect(odd.nrows).toBe(2);
    expect(odd.columns.sex.kind === "factor" && odd.columns.sex.levels).toEqual(["female", "male"]);
    expect([...odd.columns.sex.missing]).toEqual([0, 1]);
  });

  test("the nearest name is the one with the fewest edits, and none when all are far", () => {
    expect(nearestName("pian_vrs", ["pain_vrs", "pain_nrs", "age"])).toBe("pain_vrs");
    expect(nearestName("temperature", ["age", "sex"])).toBeUndefined();
  });
});

describe("filters", () => {
  test.each<[string, number[]]>([
    ["age >= 45", [0, 3, 1]],
    ["sex == 'male'", [-1, 2]],
    ['sex != "male"', [0, 1]],
    ["age > 40 and sex = 'female'", [0, 1]],
    ["age > 50 or score == -1", [-1, 3, 1]],
    ["not (age > 50)", [-1, 0]],
    ["not sex == 'male' and (score < 1 or score > 2)", [0]],
    ["`age` < score", []],
    ["50 < age", [3, 1]],
  ])("%s keeps the rows for which it is true; a missing value is unknown", (where, expected) => {
    expect(scores(where)).toEqual(expected);
  });

  test("an unknown part does not decide: unknown or true is true, unknown and false is false", () => {
    expect(scores("age > 100 or score == 2")).toEqual([2]);
    expect(scores("not (age > 100 and score == 0)")).toEqual([-1, 0, 2, 3, 1]);
  });

  test.each<[string, string, number]>([
    ["age >", "where.syntax", 5],
    ["age 40", "where.syntax", 4],
    ["(age > 40", "where.syntax", 9],
    ["age > 40 sex == 'male'", "where.syntax", 9],
    ["age ~ 40", "where.syntax", 4],
    ["sex == 1", "where.type", 4],
    ["agee > 40", "data.unknown-column", 0],
  ])("%s is refused with %s at its place", (where, code, position) => {
    try {
      filterTable(people, where);
    } catch (error) {
      expect(error instanceof StatsError && [error.code, error.position]).toEqual([code, position]);
      return;
    }
    throw new Error("not refused");
  });

  test("a comparison and its negation never keep the same row", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("<", "<=", "==", ">"),
        fc.integer({ min: 20, max: 70 }),
        (operator, age) => {
          const kept = scores(`age ${operator} ${age}`);
          const others = scores(`not age ${operator} ${age}`);
          expect(kept.filter((score) => others.includes(score))).toEqual([]);
          expect(kept.length + others.length).toBe(4);
        },
      ),
    );
  });
});
