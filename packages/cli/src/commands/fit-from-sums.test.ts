import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { longwave } from "../testing/memory-io.ts";

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
    const { code, stderr } = await fit("--time", "wave", "--engine", "sums", "--se", "cr2");
    expect(code).not.toBe(0);
    expect(stderr).toContain("with --engine sums; found --se cr2. Use --engine auto or rows.");
  });

  test("cluster-robust standard errors without degrees of freedom take a second statement", async () => {
    const asked = ["--time", "wave", "--se", "cr1", "--residual", "ar1", "--df", "none"] as const;
    const [sums, rows] = await Promise.all(
      ["sums", "rows"].map((engine) => fit(...asked, "--engine", engine)),
    );
    expect(sums?.stdout).toBe(rows?.stdout);
    expect(sums?.stdout).toContain("CR1");
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
