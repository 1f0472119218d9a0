import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();

/** Forty people, four waves: a number, a yes/no answer and a grade from 1 to 4 that rise with x. */
const rows = Array.from({ length: 40 }, (_, person) =>
  [1, 2, 3, 4].map((wave) => {
    const x = ((person * 7 + wave * 5) % 11) / 2 + (person % 5);
    const y = 3 + 0.4 * x + (((person * 13) % 9) - 4) / 2 + (((person * 5 + wave * 17) % 13) - 6) / 3;
    const grade = 1 + Math.min(3, Math.max(0, Math.floor((y - 2) / 1.6)));
    return [`p-${person}`, wave, x, y.toFixed(3), y > 4.5 ? 1 : 0, grade, 1 + (person % 3)].join(",");
  }),
).flat();
writeFileSync(join(folder, "panel.csv"), `id,wave,x,y,yes,grade,w\n${rows.join("\n")}\n`);

interface Json {
  readonly estimator: string;
  readonly se?: string;
  readonly method: string | null;
  readonly fixed: readonly {
    term: string;
    estimate: number;
    stdError: number;
    modelStdError?: number;
    df: number | null;
  }[];
  readonly [key: string]: unknown;
}

async function fitted(formula: string, ...options: readonly string[]): Promise<Json> {
  const { code, stdout, stderr } = await longwave(folder, "fit", formula, "panel.csv", ...options, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Json;
}

describe("longwave fit --estimator", () => {
  test("lmm takes a residual structure with its own time column, and says what was found", async () => {
    const fit = await fitted("y ~ x + (1 | id)", "--residual", "ar1(wave)");
    expect(fit.residual).toMatchObject({ type: "ar1", parameters: [expect.any(Number)] });
    const { stdout } = await longwave(
      folder,
      "fit",
      "y ~ x + (1 | id)",
      "panel.csv",
      "--residual",
      "ar1(wave)",
    );
    expect(stdout).toContain("Residual structure ar1(wave)");
  });

  test("--se cr2 gives robust standard errors and keeps those of the model beside them", async () => {
    const fit = await fitted("y ~ x + (1 | id)", "--se", "cr2");
    expect(fit.se).toBe("cr2");
    for (const row of fit.fixed) expect(row.modelStdError).toBeGreaterThan(0);
  });

  test("--df kenward-roger gives its degrees of freedom", async () => {
    const [, slope] = (await fitted("y ~ x + (1 | id)", "--df", "kenward-roger")).fixed;
    expect(slope?.df).toBeGreaterThan(50);
  });

  test("fe compares people with themselves only", async () => {
    const fit = await fitted("y ~ x", "--estimator", "fe", "--id", "id", "--se", "arellano");
    expect(fit).toMatchObject({ estimator: "fe", method: null, random: [], theta: [], se: "arellano" });
    expect(fit.fixed.map(({ term }) => term)).toEqual(["x"]);
    const hybrid = await fitted("y ~ within(x) + between(x) + (1 | id)");
    expect(fit.fixed[0]?.estimate).toBeCloseTo(hybrid.fixed[1]?.estimate ?? Number.NaN, 8);
  });

  test("gee has working correlations, a scale and no likelihood", async () => {
    const fit = await fitted("y ~ x", "--estimator", "gee", "--id", "id", "--corr", "ar1", "--time", "wave");
    expect(fit).toMatchObject({
      estimator: "gee",
      se: "robust",
      logLik: null,
      aic: null,
      correlation: "ar1",
    });
    expect(fit.alpha).toHaveLength(1);
    expect(fit.scale).toBeGreaterThan(0);
  });

  test("--family chooses the model by itself: ordinal, or binomial with and without a random term", async () => {
    const ordinal = await fitted("grade ~ x + (1 | id)", "--family", "ordinal");
    expect(ordinal).toMatchObject({ estimator: "clmm", nodes: 9, levels: ["1", "2", "3", "4"] });
    expect((ordinal.thresholds as { term: string }[]).map(({ term }) => term)).toEqual(["1|2", "2|3", "3|4"]);
    expect((await fitted("yes ~ x + (1 | id)", "--family", "binomial", "--nodes", "5")).estimator).toBe(
      "glmm",
    );
    expect((await fitted("yes ~ x", "--family", "binomial", "--weights", "w")).estimator).toBe("glm");
  });

  test("writes fitted values of any model, and random effects of those that have them", async () => {
    await fitted(
      "yes ~ x",
      "--estimator",
      "gee",
      "--family",
      "binomial",
      "--id",
      "id",
      "--fitted",
      "gee.csv",
    );
    expect(readFileSync(join(folder, "gee.csv"), "utf8").trim().split("\n")).toHaveLength(161);
    await fitted("grade ~ x + (1 | id)", "--family", "ordinal", "--ranef", "people.csv");
    expect(readFileSync(join(folder, "people.csv"), "utf8").trim().split("\n")).toHaveLength(41);
  });

  test.each([
    [["--estimator", "gee", "--id", "id", "--df", "none"], "--df with --estimator lmm"],
    [["--corr", "ar1"], "--corr with --estimator gee"],
    [["--estimator", "gee"], "--id COLUMN"],
    [["--estimator", "fe", "--id", "id", "--family", "binomial"], "gaussian for fe"],
    [["--residual", "ar2(wave)"], "ar1"],
    [["--estimator", "gee", "--id", "id", "--se", "cr2"], "mancl-derouen"],
    [["--family", "ordinal", "--nodes", "99"], "1 to 25"],
    [["--se", "cr2", "--df", "kenward-roger"], "Kenward"],
  ])("refuses %j and says what to do", async (options, words) => {
    const { code, stdout, stderr } = await longwave(folder, "fit", "y ~ x", "panel.csv", ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });
});
