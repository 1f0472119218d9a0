import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { holds, type ValidationCase } from "./case.ts";
import { readCsv } from "./read-csv.ts";

const root = new URL("../", import.meta.url);

/** Every file of validation/cases exports `cases`. */
async function allCases(): Promise<ValidationCase[]> {
  const folder = new URL("cases/", import.meta.url);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ts")) : [];
  const loaded = await Promise.all(files.sort().map((name) => import(new URL(name, folder).href)));
  return loaded.flatMap((module: { readonly cases?: readonly ValidationCase[] }) => module.cases ?? []);
}

const cases = (await allCases()).filter(({ data }) => data.kind === "file");

describe("the engine agrees with R's recorded numbers", () => {
  test("every case has its own name", () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  test.each(cases)("$id: $model agrees with $reference", ({ data, compare }) => {
    if (data.kind !== "file") return;
    const comparisons = compare(readCsv(readFileSync(new URL(data.path, root), "utf8")));
    expect(comparisons.length).toBeGreaterThan(0);
    expect(comparisons.filter((comparison) => !holds(comparison))).toEqual([]);
  });
});
