import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openFile } from "../file-source.ts";
import type { Source } from "../source.ts";
import { temporaryFolder } from "../testing/temporary-files.ts";
import { makeCube } from "./make-cube.ts";

const folder = temporaryFolder();

/** Four waves of sixty people: rows that are not there, answers that are missing, an age that two do not give. */
function people(): string {
  const rows = ["id,wave,pain,ex,age,sex,note"];
  for (let id = 1; id <= 60; id++) {
    for (let wave = 1; wave <= 4; wave++) {
      const chance = (id * 7919 + wave * 104729) % 97;
      if (chance % 5 === 0) continue;
      const pain = chance % 11 === 0 ? "" : (3 + Math.sin(id * wave) + wave / 5).toFixed(3);
      const ex = chance % 7 === 0 ? "" : (10 + Math.cos(id + 3 * wave)).toFixed(3);
      const age = id % 30 === 0 ? "" : String(30 + 5 * ((id * 13) % 8));
      rows.push([id, wave, pain, ex, age, id % 3 === 0 ? "man" : "woman", `n${id}`].join(","));
    }
  }
  return `${rows.join("\n")}\n`;
}

async function opened(): Promise<{ long: Source; cube: Source; keepsSums: boolean }> {
  const path = folder.write("people.csv", people());
  const out = join(folder.path, "people.cube.parquet");
  const { keepsSums } = await makeCube(path, { id: "id", time: "wave", out });
  return { long: await openFile(path), cube: await openFile(out), keepsSums };
}

const kept = [
  "pain ~ within(ex) + between(ex) + age + sex + (1 | id)",
  "pain ~ ex + factor(wave) + (1 + wave | id)",
  "pain ~ lag(ex) + age + (1 | id)",
  "ex ~ lag(pain) + sex + (1 | id)",
];
const counted = ["pain ~ within(ex):sex + between(ex) + sex + (1 | id)", "pain ~ factor(age) + (1 | id)"];

/** Every number of the sums, as near as sums in another order are. */
function near(found: readonly { readonly products: readonly number[] }[]): unknown {
  return found.map((pattern) => ({ ...pattern, products: pattern.products.map((sum) => +sum.toFixed(7)) }));
}

describe("a cube keeps the sums of all pairs of its numbers", () => {
  test("and answers a formula of them without reading anybody, as the rows do", async () => {
    const { long, cube, keepsSums } = await opened();
    expect(keepsSums).toBe(true);
    for (const formula of kept) {
      const request = { formula, time: "wave", person: "id" };
      expect((await cube.panel?.query(request))?.isKept, formula).toBe(true);
      const [found, wanted] = [await cube.panel?.sums(request), await long.panel?.sums(request)];
      expect(found?.rows, formula).toEqual(wanted?.rows);
      expect(near(found?.patterns ?? []), formula).toEqual(near(wanted?.patterns ?? []));
    }
    const series = { request: { series: ["ex", "pain"], id: "id", time: "wave", covariates: ["age"] } };
    expect((await cube.wide?.query(series))?.isKept).toBe(true);
    const [found, wanted] = [await cube.wide?.sums(series), await long.wide?.sums(series)];
    expect(found?.rows).toEqual(wanted?.rows);
    const inOrder = (patterns: NonNullable<typeof found>["patterns"] = []) =>
      [...patterns]
        .sort((a, b) => (String(a.observed) < String(b.observed) ? -1 : 1))
        .map((pattern) => ({ ...pattern, sum: pattern.sum.map((sum) => +sum.toFixed(7)) }));
    expect(near(inOrder(found?.patterns))).toEqual(near(inOrder(wanted?.patterns)));
    await long.close();
    await cube.close();
  });

  test("while products of columns, levels of numbers, groups and chosen rows are added up anew", async () => {
    const { long, cube } = await opened();
    for (const request of [
      ...counted.map((formula) => ({ formula, time: "wave", person: "id" })),
      { formula: kept[0] ?? "", time: "wave", person: "id", where: "age > 40" },
    ]) {
      expect((await cube.panel?.query(request))?.isKept, request.formula).toBe(false);
      const [found, wanted] = [await cube.panel?.sums(request), await long.panel?.sums(request)];
      expect(found?.rows.used, request.formula).toBe(wanted?.rows.used);
    }
    const request = { series: ["ex", "pain"], id: "id", time: "wave", group: "sex" };
    expect((await cube.wide?.query({ request }))?.isKept).toBe(false);
    await long.close();
    await cube.close();
  });

  test("and keeps none where there would be too many", async () => {
    const names = Array.from({ length: 15 }, (_, c) => `x${c}`);
    const rows = [1, 2, 3].flatMap((id) =>
      [1, 2, 3].map((wave) => [id, wave, ...names.map((_, c) => id * wave + c)].join(",")),
    );
    const path = folder.write("many.csv", [["id", "wave", ...names].join(","), ...rows, ""].join("\n"));
    const out = join(folder.path, "many.cube.parquet");
    expect((await makeCube(path, { id: "id", time: "wave", out })).keepsSums).toBe(false);
  });
});
