import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allCases } from "./all-cases.ts";
import { holds } from "./case.ts";
import { readData } from "./read-data.ts";

const cases = await allCases();
const committed = cases.filter(({ data }) => data.kind === "file");

describe("the engine agrees with the numbers that R recorded", () => {
  test("every case has its own name and stands in the table of validation/README.md", () => {
    const page = readFileSync(new URL("README.md", import.meta.url), "utf8");
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.map(({ id }) => id).filter((id) => !page.includes(`| ${id} |`))).toEqual([]);
  });

  test.each(committed)("$id: $model agrees with $reference", ({ data, compare }) => {
    const read = readData(data);
    const comparisons = read.found ? compare(read.table) : [];
    expect(comparisons.length).toBeGreaterThan(0);
    expect(comparisons.filter((comparison) => !holds(comparison))).toEqual([]);
  });
});
