import { describe, expect, test } from "vitest";
import { parseFormula } from "../formula/parse.ts";
import { createTable, factorColumn, numericColumn } from "../table/columns.ts";
import { modelFrame } from "./model-frame.ts";

const table = createTable({
  id: numericColumn([1, 1, 2, 2, 3]),
  code: numericColumn([10, 2, null, 1, 10]),
  word: factorColumn(["mild", "none", "severe", null, "none"], ["none", "mild", "moderate", "severe"]),
  yes: factorColumn(["no", "yes", "no", "yes", "no"]),
  one: numericColumn([0, 1, 1, null, 0]),
});
const frameOf = (outcome: string, kind: "category" | "binary") =>
  modelFrame(parseFormula(`${outcome} ~ 1 + (1 | id)`), table, { outcome: kind });

describe("an outcome that is a category", () => {
  test("has numeric codes in numeric order", () => {
    const frame = frameOf("code", "category");
    expect(frame.outcomeLevels).toEqual(["1", "2", "10"]);
    expect([...frame.outcome]).toEqual([2, 1, 0, 2]);
    expect(frame.rows).toEqual({ read: 5, used: 4, droppedMissing: 1 });
  });

  test("keeps the levels of a text column in their order, used or not", () => {
    const frame = frameOf("word", "category");
    expect(frame.outcomeLevels).toEqual(["none", "mild", "moderate", "severe"]);
    expect([...frame.outcome]).toEqual([1, 0, 3, 0]);
  });
});

describe("a binary outcome", () => {
  test("is 0 and 1 as they are, or the second of two levels as 1", () => {
    expect([...frameOf("one", "binary").outcome]).toEqual([0, 1, 1, 0]);
    const frame = frameOf("yes", "binary");
    expect(frame.outcomeLevels).toEqual(["no", "yes"]);
    expect([...frame.outcome]).toEqual([0, 1, 0, 1, 0]);
  });

  test("of other codes or more levels is refused with what was found", () => {
    expect(() => frameOf("code", "binary")).toThrow('found "code" with "1", "2", "10"');
    expect(() => frameOf("word", "binary")).toThrow("two levels");
  });

  test("is a number by default, so that text is still refused", () => {
    expect(() => modelFrame(parseFormula("yes ~ 1"), table, {})).toThrow('Expected numbers in "yes"');
  });
});
