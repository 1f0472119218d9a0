import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { readMapping } from "./read-mapping.ts";

describe("readMapping", () => {
  test("takes a bare name as short for the column of that name", () => {
    const { columns } = readMapping("columns:\n  ex: ex_index\n", "a.yaml");
    expect(columns).toEqual({ ex: { column: "ex_index" } });
  });

  test("keeps number codes as they are written", () => {
    const { columns } = readMapping("columns:\n  pain: { column: p, values: { 1: 0, 2: 1 } }\n", "a.yaml");
    expect(columns.pain.values).toEqual({ "1": 0, "2": 1 });
  });

  test("names file and line of an unknown field", () => {
    const read = () => readMapping("columns:\n  ex:\n    column: e\n    valeus: {}\n", "a.yaml");
    expect(read).toThrow(StudyError);
    expect(read).toThrow(/a\.yaml:4:5 columns\.ex\.valeus: .*Did you mean “values”/);
  });
});
