import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const cohort = fileURLToPath(new URL("../../../../examples/r-simulated-cohort/cohort.csv", import.meta.url));
const MODEL = "pain_vrs ~ within(ex_index) + between(ex_index) + sex + factor(wave) + (1 | id)";

function sums(...options: readonly string[]) {
  return longwave(folder, "sums", MODEL, cohort, "--time", "wave", ...options);
}

interface Json {
  readonly deviance: number;
  readonly fixed: readonly { readonly estimate: number }[];
}

describe("longwave sums and longwave fit --sums", () => {
  test("two sites' files give the model of all their people", async () => {
    await sums("--min-cell", "1", "--where", "age < 50", "--out", "young.json");
    await sums("--min-cell", "1", "--where", "age >= 50", "--out", "old.json");
    const pooled = await longwave(folder, "fit", "--sums", "young.json", "old.json", "--json");
    const whole = await longwave(folder, "fit", MODEL, cohort, "--json");
    expect(pooled.stderr).toBe("");
    const [a, b] = [pooled, whole].map(({ stdout }) => JSON.parse(stdout) as Json);
    expect(Math.abs((a?.deviance ?? 0) / (b?.deviance ?? 1) - 1)).toBeLessThan(1e-9);
    a?.fixed.forEach(({ estimate }, j) => {
      expect(Math.abs(estimate - (b?.fixed[j]?.estimate ?? Number.NaN))).toBeLessThan(1e-9);
    });
  });

  test("without --out it says what would leave and writes nothing", async () => {
    const { stdout } = await sums();
    expect(stdout).toMatchInlineSnapshot(`
      "Sums for pain_vrs ~ within(ex_index) + between(ex_index) + sex + factor(wave) + (1 | id)
      by id and wave; 12 numbers a person at most, 7 kB

       Waves          People  Sums
       0                  34    15
       0, 1               35    28
       0, 1, 2            24    45
       0, 1, 2, 3         47    66
       0, 1, 2, 4         32    66
       0, 1, 3, 4         38    66
       0, 2, 3, 4         37    66
       1, 2, 3, 4         35    66
       0, 1, 2, 3, 4     201    91

      Kept back: 85 people with 218 rows in 18 sets of waves, where a group has fewer than 10 people.
      Nothing was written; add --out FILE.
      "
    `);
  });

  test("a file says what its floor cost, and so does the fit", async () => {
    await sums("--out", "floored.json");
    const file = JSON.parse(readFileSync(join(folder, "floored.json"), "utf8"));
    expect([file.format, file.floor, file.lost.people]).toEqual(["longwave.sums/1", 10, 85]);
    expect(Math.min(...file.patterns.map(({ people }: { people: number }) => people))).toBeGreaterThanOrEqual(
      10,
    );
    const { stderr } = await longwave(folder, "fit", "--sums", "floored.json");
    expect(stderr).toContain("85 people are not in these files");
  });

  test("a file that was cut off or edited, and a model that sums cannot give, are clear sentences", async () => {
    await sums("--out", "whole.json");
    const text = readFileSync(join(folder, "whole.json"), "utf8");
    writeFileSync(join(folder, "cut.json"), text.slice(0, 900));
    writeFileSync(
      join(folder, "edited.json"),
      text.replace('"people": 201', '"people": -1').replace('"people":201', '"people":-1'),
    );
    const cut = await longwave(folder, "fit", "--sums", "cut.json");
    expect([cut.code, cut.stderr]).toEqual([2, expect.stringContaining("found text that is not JSON")]);
    const edited = await longwave(folder, "fit", "--sums", "edited.json");
    expect([edited.code, edited.stderr]).toEqual([2, expect.stringContaining("people")]);
    const robust = await longwave(folder, "fit", "--sums", "whole.json", "--se", "cr2");
    expect([robust.code, robust.stderr]).toEqual([2, expect.stringContaining("standard errors of type cr2")]);
    const slope = await longwave(
      folder,
      "sums",
      "pain_vrs ~ within(ex_index) + (1 + within(ex_index) | id)",
      cohort,
      "--time",
      "wave",
    );
    expect([slope.code, slope.stderr]).toEqual([2, expect.stringContaining("differs from person to person")]);
  });
});
