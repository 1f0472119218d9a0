import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const inFolder = (name: string) => join(folder, name);
const cohort = fileURLToPath(new URL("../../../../examples/r-simulated-cohort/cohort.csv", import.meta.url));
copyFileSync(cohort, inFolder("cohort.csv"));

const MODEL = "pain_vrs ~ within(ex_index) + between(ex_index) + sex + factor(wave) + (1 | id)";
const COLUMNS = ["--id", "id", "--time", "wave"] as const;
const make = (file: string, out: string, ...options: readonly string[]) =>
  longwave(folder, "cube", file, ...COLUMNS, "--out", out, ...options);
const fit = (file: string, ...options: readonly string[]) => longwave(folder, "fit", MODEL, file, ...options);

describe("longwave cube", () => {
  test("says what it made, and leaves nothing else behind", async () => {
    const before = readdirSync(folder);
    const { code, stdout } = await make("cohort.csv", "cohort.cube.parquet");
    expect(code).toBe(0);
    expect(stdout.replace(/\d+ kB/, "N kB")).toMatchInlineSnapshot(`
      "Cube of cohort.csv

       People     568
       Rows       2,231, at the waves 0, 1, 2, 3, 4
       By wave    months, ex_freq, ex_int, ex_dur, ex_index, pain_vrs, pain_nrs
       By person  sex, age, education, smoking, base_exercise
       Sums       not kept, there would be too many: name fewer --columns

      Written to cohort.cube.parquet, N kB.
      "
    `);
    expect(readdirSync(folder)).toEqual([...before, "cohort.cube.parquet"].sort());
  });

  test.each(["rows", "sums"])(
    "a fit of it is that of the data, without --time, with --engine %s",
    async (engine) => {
      const wanted = await fit("cohort.csv", "--time", "wave");
      expect(await fit("cohort.cube.parquet", "--engine", engine)).toEqual(wanted);
    },
  );

  test("so are sums, series and filters", async () => {
    const sums = ["sums", MODEL] as const;
    const wanted = await longwave(folder, ...sums, "cohort.csv", "--time", "wave");
    expect(await longwave(folder, ...sums, "cohort.cube.parquet")).toEqual(wanted);
    const series = ["riclpm", "--x", "ex_index", "--y", "pain_vrs", "--lags", "equal", "--no-tests"] as const;
    const long = await longwave(folder, ...series, "cohort.csv", ...COLUMNS, "--engine", "sums");
    expect(await longwave(folder, ...series, "cohort.cube.parquet", "--engine", "sums")).toEqual(long);
    const some = ["--where", "age < 50 and wave > 0 and pain_vrs < 6"] as const;
    const kept = await fit("cohort.csv", "--time", "wave", ...some);
    for (const engine of ["rows", "sums"])
      expect(await fit("cohort.cube.parquet", ...some, "--engine", engine)).toEqual(kept);
  });

  test("named columns only", async () => {
    await make("cohort.csv", "few.parquet", "--columns", "pain_vrs,sex");
    const { code, stderr } = await fit("few.parquet");
    expect([code, stderr]).toEqual([2, expect.stringContaining('a column called "ex_index"')]);
  });
});

describe("a cube that cannot be trusted is refused in a sentence", () => {
  const refused = async (file: string) => {
    const { code, stderr } = await fit(file);
    expect(code).toBe(2);
    return stderr;
  };

  test("its data have changed since; where they are not at hand it is taken as it is", async () => {
    const data = inFolder("later.csv");
    copyFileSync(cohort, data);
    await make("later.csv", "later.cube.parquet");
    utimesSync(data, 1, 1);
    expect((await fit("later.cube.parquet")).code).toBe(0);
    const text = readFileSync(data, "utf8");
    writeFileSync(data, text.replace(",61,", ",62,"));
    expect(await refused("later.cube.parquet")).toContain("found later.csv with other content");
    writeFileSync(data, `${text}9999,0,0,female,61,secondary,current,3,4,1,3,1.875,1,0\n`);
    expect(await refused("later.cube.parquet")).toContain("Make the cube again with longwave cube");
    mkdirSync(inFolder("elsewhere"));
    copyFileSync(inFolder("later.cube.parquet"), inFolder("elsewhere/later.cube.parquet"));
    expect((await fit("elsewhere/later.cube.parquet")).code).toBe(0);
  });

  test("cut off, or of another version", async () => {
    const cube = inFolder("cohort.cube.parquet");
    copyFileSync(cube, inFolder("cut.parquet"));
    truncateSync(inFolder("cut.parquet"), statSync(cube).size - 100);
    expect(await refused("cut.parquet")).toContain("Expected a complete Parquet file");
    const bytes = readFileSync(cube);
    const at = bytes.indexOf("longwave.cube/1");
    bytes.write("longwave.cube/9", at);
    writeFileSync(inFolder("other.parquet"), bytes);
    expect(await refused("other.parquet")).toContain(
      "Expected a cube that this version reads (longwave.cube/1)",
    );
  });

  test("data with a person twice at a wave, or without waves, make none", async () => {
    const rows = "id,wave,x\n1,0,2\n1,1,3\n2,0,1\n2,1,4\n";
    writeFileSync(inFolder("twice.csv"), `${rows}2,1,5\n`);
    const twice = await make("twice.csv", "twice.parquet");
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining("id = 2 at wave = 1 has 2 rows")]);
    expect((await make("twice.csv", "twice.parquet", "--on-duplicate", "last")).code).toBe(0);
    writeFileSync(inFolder("timeless.csv"), `${rows}3,,5\n`);
    const timeless = await make("timeless.csv", "timeless.parquet");
    expect([timeless.code, timeless.stderr]).toEqual([2, expect.stringContaining('1 rows without a "wave"')]);
    expect((await make("cohort.csv", "cohort.csv")).stderr).toContain("Give the cube a name of its own");
    expect((await make("cohort.csv", "nowhere/a.parquet")).stderr).toContain("a folder that is there");
    expect(readdirSync(folder).filter((name) => name.includes("making"))).toEqual([]);
  });
});
