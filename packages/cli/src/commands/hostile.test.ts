import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const FIT = ["y ~ x + (1 | id)", "--time", "wave"] as const;

/** Twenty simulated people at four waves, with rows put after them. */
function write(name: string, extra: readonly string[] = [], idOf = (person: number) => `${person}`): string {
  const rows = Array.from({ length: 80 }, (_, at) => {
    const [person, wave] = [Math.floor(at / 4) + 1, (at % 4) + 1];
    const x = (person * 7 + wave * 3 + person * wave) % 11;
    return `${idOf(person)},${wave},${x},${((person * 13 + wave * 5 + x * x) % 17) / 2}`;
  });
  writeFileSync(join(folder, name), ["id,wave,x,y", ...rows, ...extra].join("\n"));
  return name;
}

function answers(stdout: string): number {
  return (JSON.parse(stdout) as { nobs: number }).nobs;
}

describe("a person with several rows at one wave", () => {
  const twice = write("twice.csv", ["3,2,9,1", "3,2,9,2"]);
  const SERIES = ["--x", "x", "--y", "y", "--id", "id", "--time", "wave"] as const;

  test("is refused with who and when, and what can be done", async () => {
    const { code, stderr } = await longwave(folder, "sums", ...FIT, twice);
    expect(code).toBe(2);
    expect(stderr).toContain('1 people with several rows at one "wave" (id = 3 at wave = 2 has 3 rows');
    expect(stderr).toContain("--on-duplicate first or last keeps one");
    const riclpm = await longwave(folder, "riclpm", ...SERIES, twice);
    expect([riclpm.code, riclpm.stderr]).toEqual([2, expect.stringContaining("--on-duplicate first")]);
  });

  test("counts once with --on-duplicate, whether rows are read or added up", async () => {
    const fit = (...args: readonly string[]) => longwave(folder, "fit", ...FIT, twice, "--json", ...args);
    expect(answers((await fit()).stdout)).toBe(82);
    for (const keep of ["first", "last"]) {
      const [rows, sums] = await Promise.all(
        ["rows", "sums"].map((engine) => fit("--on-duplicate", keep, "--engine", engine)),
      );
      expect([sums?.stderr, answers(rows?.stdout ?? "")]).toEqual(["", 80]);
      expect(answers(sums?.stdout ?? "")).toBe(80);
    }
    const first = await fit("--on-duplicate", "first");
    expect(first.stdout).toBe((await longwave(folder, "fit", ...FIT, write("once.csv"), "--json")).stdout);
  });

  test("needs the columns that say who and when", async () => {
    const { code, stderr } = await longwave(folder, "fit", "y ~ x", twice, "--on-duplicate", "first");
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("Expected --time COLUMN with --on-duplicate"),
    ]);
  });

  test("may have very many of them", async () => {
    const many = Array.from({ length: 200_000 }, (_, at) => `1,1,${at % 5},${at % 7}`);
    const { code, stderr } = await longwave(folder, "sums", ...FIT, write("many.csv", many));
    expect([code, stderr]).toEqual([2, expect.stringContaining("id = 1 at wave = 1 has 200001 rows")]);
  });
});

describe("other data that are not what they seem", () => {
  test("people whose names differ only in capitals are named", async () => {
    const path = write("capitals.csv", [], (person) => (person === 2 ? "A1" : `a${person}`));
    const { code, stderr } = await longwave(folder, "fit", ...FIT, path);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('values of "id" that differ only in capitals'),
    ]);
    expect(stderr).toContain("A1 and a1");
  });

  test("a column of numbers with a word in it is named, with the word", async () => {
    const path = write("mixed.csv", ["21,1,many,3"]);
    const { code, stderr } = await longwave(folder, "fit", ...FIT, path);
    expect([code, stderr]).toEqual([0, expect.stringContaining('80 of 81 values are, and "many" is not')]);
  });

  const cases: readonly [string, readonly string[], string][] = [
    ["infinity", ["21,1,inf,3"], 'numbers in "x" that are not finite'],
    ["a wave that is missing", ["21,,2,3"], '1 rows without a "wave"'],
    ["waves that are text", ["21,first,2,3"], 'text in the time column "wave"'],
  ];
  test.each(cases)("%s", async (name, extra, why) => {
    const path = write(`${name}.csv`, extra);
    const { code, stderr } = await longwave(folder, "fit", ...FIT, path, "--engine", "sums");
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  test("a number that is not one (NaN) is missing", async () => {
    const path = write("nan.csv", ["21,1,NaN,3", "21,2,1,3"]);
    const [rows, sums] = await Promise.all(
      ["rows", "sums"].map((engine) => longwave(folder, "fit", ...FIT, path, "--json", "--engine", engine)),
    );
    expect([rows, sums].map((one) => answers(one?.stdout ?? ""))).toEqual([81, 81]);
  });
});
