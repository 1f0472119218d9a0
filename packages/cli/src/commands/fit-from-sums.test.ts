import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = fileURLToPath(new URL("../../../../examples/r-simulated-cohort", import.meta.url));
const MODEL = "pain_vrs ~ within(ex_index) + between(ex_index) + factor(wave) + (1 | id)";

function fit(...args: readonly string[]) {
  return longwave(folder, "fit", MODEL, "cohort.csv", ...args);
}

interface Json {
  readonly deviance: number;
  readonly rows: object;
}

describe("longwave fit --engine", () => {
  test("sums gives what rows gives", async () => {
    const rows = await fit("--time", "wave", "--engine", "rows", "--json");
    const sums = await fit("--time", "wave", "--engine", "sums", "--json");
    expect(sums.stderr).toBe("");
    const [a, b] = [rows, sums].map(({ stdout }) => JSON.parse(stdout) as Json);
    expect(Math.abs((a?.deviance ?? 0) / (b?.deviance ?? 1) - 1)).toBeLessThan(1e-9);
    expect(b?.rows).toEqual(a?.rows);
  });

  test("sums says why rows are needed, and changes nothing by itself", async () => {
    const { code, stderr } = await fit("--time", "wave", "--engine", "sums", "--df", "kenward-roger");
    expect(code).not.toBe(0);
    expect(stderr).toContain("with --engine sums; found --df kenward-roger. Use --engine auto or rows.");
  });

  test("cluster-robust standard errors without degrees of freedom take a second statement", async () => {
    const asked = ["--time", "wave", "--se", "cr1", "--residual", "ar1", "--df", "none"] as const;
    const [sums, rows] = await Promise.all(
      ["sums", "rows"].map((engine) => fit(...asked, "--engine", engine)),
    );
    expect(sums?.stdout).toBe(rows?.stdout);
    expect(sums?.stdout).toContain("CR1");
  });

  test("what looks at each person takes each person's sums", async () => {
    const asked = ["--time", "wave", "--se", "cr2"] as const;
    const out = temporaryFolder();
    const ranefs = ["sums", "rows"].map((engine) => join(out, `${engine}.csv`));
    const fits = ["sums", "rows"].map((engine, at) =>
      fit(...asked, "--engine", engine, "--ranef", ranefs[at] ?? ""),
    );
    const [sums, rows] = await Promise.all(fits);
    expect(sums?.stdout).toBe(rows?.stdout);
    const [some, other] = ranefs.map((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.split(",")),
    );
    expect(some?.map(([group, level]) => [group, level])).toEqual(
      other?.map(([group, level]) => [group, level]),
    );
    const { stdout } = await fit(...asked, "--explain");
    expect(stdout).toContain("Because  --se cr2, for the leverage of each person");
    expect(stdout).toContain(
      "Then     sums of each person, one after the other: 568 people with 11 numbers each, 50 kB",
    );
    const slope = MODEL.replace("(1 | id)", "(1 + within(ex_index) | id)");
    const explained = await longwave(folder, "fit", slope, "cohort.csv", ...asked, "--explain");
    expect(explained.stdout).toContain(
      "Because  a random slope of within(ex_index), which differs from person to person; --se cr2",
    );
    expect(explained.stdout).toContain("one after the other, and once more");
  });

  test("--explain prints the plan, the statement and the size of what comes back, and fits nothing", async () => {
    const { stdout } = await fit("--time", "wave", "--explain");
    expect(stdout).toContain("2,231 in the table, none of which leaves it");
    expect(stdout).toContain("at most 31 sets of waves");
    expect(stdout).toContain("group by used");
    expect(stdout).not.toContain("Fixed effects");
  });

  test("--explain names what needs rows", async () => {
    expect((await fit("--explain")).stdout).toContain("Because  no --time");
    expect((await fit("--explain", "--time", "wave", "--df", "kenward-roger")).stdout).toContain(
      "Because  --df kenward-roger",
    );
  });
});

describe("estimating equations and cross-lagged panels", () => {
  const GEE = "pain_vrs ~ within(ex_index) + between(ex_index) + factor(wave)";
  const geeFit = (...args: readonly string[]) =>
    longwave(folder, "fit", GEE, "cohort.csv", "--estimator", "gee", "--id", "id", "--time", "wave", ...args);
  const SERIES = ["--x", "ex_index", "--y", "pain_vrs", "--id", "id", "--time", "wave"] as const;

  test("gaussian equations come from sums, with robust standard errors by a second statement", async () => {
    const [sums, rows] = await Promise.all(["sums", "rows"].map((engine) => geeFit("--engine", engine)));
    expect(sums?.code).toBe(0);
    expect(sums?.stdout).toBe(rows?.stdout);
    const { stdout } = await geeFit("--explain");
    expect(stdout).toContain(
      "Then     robust standard errors: a second statement with the estimates gives 55 numbers",
    );
    expect(stdout.match(/group by person/g)).toHaveLength(2);
    expect(stdout).toMatch(/and the \d+ weights that the fit gives/);
    const binomial = await geeFit("--engine", "sums", "--family", "binomial");
    expect(binomial.stderr).toContain("found --family binomial");
  });

  test("riclpm --explain shows the statement, and --engine sums prints what rows print", async () => {
    const explained = await longwave(folder, "riclpm", ...SERIES, "cohort.csv", "--explain");
    expect(explained.stdout).toContain("at most 1,024 sets of answers with");
    expect(explained.stdout).toContain("group by grouped, known");
    const [sums, rows] = await Promise.all(
      ["sums", "rows"].map((engine) =>
        longwave(folder, "riclpm", ...SERIES, "--lags", "equal", "cohort.csv", "--engine", engine),
      ),
    );
    expect(sums?.stdout).toBe(rows?.stdout);
  });
});
