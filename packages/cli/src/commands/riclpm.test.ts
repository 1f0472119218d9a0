import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const cohort = fileURLToPath(new URL("../../../../examples/r-simulated-cohort/cohort.csv", import.meta.url));
const SERIES = ["--x", "ex_index", "--y", "pain_vrs", "--id", "id", "--time", "wave"] as const;

interface RiclpmJson {
  readonly nobs: number;
  readonly chiSquare: number;
  readonly df: number;
  readonly se: string;
  readonly groups: readonly { label: string; nobs: number }[];
  readonly parameters: readonly {
    lhs: string;
    op: string;
    rhs: string;
    group: string | null;
    estimate: number;
  }[];
  readonly tests: readonly { name: string }[];
}

async function json(...args: readonly string[]): Promise<RiclpmJson> {
  const { code, stdout, stderr } = await longwave(folder, "riclpm", ...args, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as RiclpmJson;
}

/** The cohort with one row for each person: x0 … x4, y0 … y4. */
function writeWide(): string {
  const [header = "", ...lines] = readFileSync(cohort, "utf8").trim().split("\n");
  const at = (name: string) => header.split(",").indexOf(name);
  const people = new Map<string, string[]>();
  for (const line of lines) {
    const cells = line.split(",");
    const row = people.get(cells[at("id")] ?? "") ?? new Array<string>(10).fill("");
    const wave = Number(cells[at("wave")]);
    row[wave] = cells[at("ex_index")] ?? "";
    row[5 + wave] = cells[at("pain_vrs")] ?? "";
    people.set(cells[at("id")] ?? "", row);
  }
  const names = ["x", "y"].flatMap((series) => [0, 1, 2, 3, 4].map((wave) => `${series}${wave}`));
  const file = join(folder, "wide.csv");
  writeFileSync(file, [names, ...people.values()].map((row) => row.join(",")).join("\n"));
  return file;
}

describe("longwave riclpm", () => {
  test("prints what was followed by what before how well the model fits", async () => {
    const { code, stdout } = await longwave(folder, "riclpm", ...SERIES, "--lags", "equal", cohort);
    expect(code).toBe(0);
    expect(stdout).toContain("Random-intercept cross-lagged panel model: x is ex_index, y is pain_vrs");
    expect(stdout.indexOf("followed by")).toBeLessThan(stdout.indexOf("Chi-square"));
  });

  test("--json prints one object with the keys of the contract, in their order", async () => {
    const fit = await json(...SERIES, "--lags", "equal", "--no-tests", cohort);
    expect(Object.keys(fit)).toEqual(
      "model nobs patterns logLik chiSquare df pValue cfi tli rmsea rmseaLower rmseaUpper srmr aic bic logLikSaturated chiSquareScaled scalingFactor se groups converged admissible parameters tests warnings".split(
        " ",
      ),
    );
    expect(Object.keys(fit.parameters[0] ?? {})).toEqual(
      "lhs op rhs group estimate stdError z pValue lower upper standardized standardizedStdError standardizedLower standardizedUpper".split(
        " ",
      ),
    );
    expect([fit.df, fit.groups, fit.tests]).toEqual([33, [], []]);
  });

  test("reads wide data and gives the same numbers", async () => {
    const wide = writeWide();
    const fit = await json("--x", "x0,x1,x2,x3,x4", "--y", "y0,y1,y2,y3,y4", "--no-tests", wide);
    const long = await json(...SERIES, "--no-tests", cohort);
    expect(fit.chiSquare).toBeCloseTo(long.chiSquare, 8);
    expect(fit.parameters.map(({ lhs, op, rhs }) => lhs + op + rhs)).toEqual(
      long.parameters.map(({ lhs, op, rhs }) => lhs + op + rhs),
    );
  });

  test("fits groups by their labels, holds equal what it is told to, and tests it", async () => {
    const grouped = [...SERIES, "--group", "sex", "--lags", "equal"];
    const free = await json(...grouped, cohort);
    const equal = await json(...grouped, "--equal-groups", "lags,residuals", "--no-tests", cohort);
    expect(free.groups.map(({ label }) => label)).toEqual(["female", "male"]);
    expect(new Set(free.parameters.map(({ group }) => group))).toEqual(new Set(["female", "male"]));
    expect(free.tests.map(({ name }) => name)).toContain("lags equal over groups");
    expect(equal.df - free.df).toBe(4 + 12);
  });

  test("takes covariates, growth, reliability, equal means, robust errors, a filter and no random intercepts", async () => {
    const covariates = "age,factor(smoking)";
    const fit = await json(...SERIES, "--covariates", covariates, "--lags", "equal", "--no-tests", cohort);
    const predictors = fit.parameters.filter(({ lhs, op }) => lhs === "RIx" && op === "~");
    expect(predictors.map(({ rhs }) => rhs)).toEqual([
      "age",
      "factor(smoking)[former]",
      "factor(smoking)[never]",
    ]);
    const base = [...SERIES, "--lags", "equal", "--no-tests"];
    expect((await json(...base, "--growth", "linear", cohort)).df).toBe(32);
    expect((await json(...base, "--means", "equal", "--residuals", "equal", cohort)).df).toBe(50);
    expect((await json(...base, "--no-random-intercepts", cohort)).df).toBe(36);
    expect((await json(...base, "--reliability", "0.8", "--se", "robust", cohort)).se).toBe("robust");
    expect((await json(...base, "--where", "sex == 'male'", cohort)).nobs).toBeLessThan(
      (await json(...base, cohort)).nobs,
    );
  });
});

describe("what is typed wrong is answered with exit code 2 and what to do", () => {
  test.each([
    [["--y", "pain_vrs"], "Expected --x COLUMN"],
    [
      [...SERIES.slice(0, 6)],
      "Expected a column with the number of the wave; found none. Name it (--time COLUMN)",
    ],
    [["--x", "ex_indx", ...SERIES.slice(2)], 'Did you mean "ex_index"?'],
    [[...SERIES, "--lags", "same"], "Expected --lags to be equal or free; found same."],
    [[...SERIES, "--reliability", "80"], "found 80 (for 80 % write 0.8)"],
    [
      [...SERIES, "--equal-groups", "lags"],
      "Expected --equal-groups to be given together with --group COLUMN",
    ],
    [[...SERIES, "--group", "sex", "--equal-groups", "paths"], "found paths"],
    [[...SERIES, "--covariates", "age,within(pain_vrs)"], "found within(pain_vrs)"],
    [["--x", "a,b,c", "--y", "pain_vrs"], "Did you mean"],
    [[...SERIES, "--where", "wave < 2"], "Expected 3 to 12 waves; found 2"],
  ])("%j", async (args, says) => {
    const { code, stderr } = await longwave(folder, "riclpm", ...args, cohort);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });
});
