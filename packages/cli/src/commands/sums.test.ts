import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
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
    expect([robust.code, robust.stderr]).toEqual([
      2,
      expect.stringContaining("--se cr2. That needs the rows"),
    ]);
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

describe("the second round", () => {
  const SITES = { young: "age < 50", old: "age >= 50" } as const;
  const ROBUST = ["--se", "cr1", "--df", "none"] as const;
  const firsts = Object.keys(SITES).map((name) => `${name}.json`);
  const answers = Object.keys(SITES).map((name) => `${name}-2.json`);
  const fitFiles = (files: readonly string[], ...options: readonly string[]) =>
    longwave(folder, "fit", "--sums", ...files, ...options);
  const answer = (request: string, name: keyof typeof SITES, ...options: readonly string[]) =>
    longwave(folder, ...["sums", "--round", "2", request, cohort], "--where", SITES[name], ...options);

  beforeAll(async () => {
    for (const [name, where] of Object.entries(SITES))
      await sums("--min-cell", "1", "--where", where, "--out", `${name}.json`);
  });

  test.each([
    { name: "mixed model", formula: MODEL, options: ROBUST },
    {
      name: "estimating equations",
      formula: MODEL.replace(" + (1 | id)", ""),
      options: ["--estimator", "gee", "--corr", "ar1"] as const,
    },
  ])(
    "of two sites gives the robust standard errors of all their people: $name",
    async ({ formula, options }) => {
      const first = (name: string, where: string) =>
        longwave(
          folder,
          ...["sums", formula, cohort, "--time", "wave", "--id", "id"],
          ...["--min-cell", "1", "--where", where, "--out", name],
        );
      for (const [name, where] of Object.entries(SITES)) await first(`${name}.json`, where);
      const asked = await fitFiles(firsts, ...options, "--time", "wave", "--request", "request.json");
      expect(asked.stderr).toContain("send it to the sites of the 2 files");
      for (const name of ["young", "old"] as const)
        expect(
          (await answer("request.json", name, "--min-cell", "1", "--out", `${name}-2.json`)).stderr,
        ).toBe("");
      const pooled = await fitFiles([...firsts, ...answers], ...options, "--time", "wave");
      const rows = await longwave(folder, "fit", formula, cohort, ...options, "--id", "id", "--time", "wave");
      expect(pooled.stderr).toBe("");
      expect(pooled.stdout).toBe(rows.stdout);
    },
  );

  test("says what leaves, and writes nothing unless asked", async () => {
    await sums("--out", "site.json");
    await fitFiles(["site.json"], ...ROBUST, "--request", "one.json");
    const { stdout } = await longwave(folder, "sums", "--round", "2", "one.json", cohort);
    expect(stdout.replace(/request [0-9a-f]{12}/, "request …")).toMatchInlineSnapshot(`
      "Second round for pain_vrs ~ within(ex_index) + between(ex_index) + sex + factor(wave) + (1 | id)
      by id and wave; linear mixed model, reml; request … of 1 file

       Scores of each person
       (Intercept)
       within(ex_index)
       between(ex_index)
       sex[male]
       factor(wave)[1]
       factor(wave)[2]
       factor(wave)[3]
       factor(wave)[4]

      45 numbers leave, 2 kB: how many people (483), the sum of each score and of each product of two.
      It speaks of everybody together whom the file of the first round counts. Answer a request once.
      Nothing was written; add --out FILE.
      "
    `);
  });

  test("belongs to its request, its files and its data", async () => {
    await fitFiles(firsts, ...ROBUST, "--request", "request.json");
    for (const name of ["young", "old"] as const)
      await answer("request.json", name, "--min-cell", "1", "--out", `${name}-2.json`);
    const stderr = async (run: Promise<{ readonly code: number; readonly stderr: string }>) => {
      const { code, stderr: text } = await run;
      expect(code).toBe(2);
      return text;
    };
    expect(await stderr(fitFiles(firsts, ...ROBUST))).toContain("Add --request request.json");
    expect(await stderr(fitFiles([...firsts, "old-2.json"], ...ROBUST))).toContain(
      "Expected one second round for young.json; found none.",
    );
    expect(await stderr(fitFiles([...firsts, ...answers], ...ROBUST, "--method", "ml"))).toContain(
      "an answer to another one",
    );
    expect(await stderr(answer("request.json", "old"))).toContain(
      "Expected the people of a file of the first round",
    );
    expect(await stderr(answer("young.json", "old"))).toContain("young.json; found format");
    const forged = readFileSync(join(folder, "old-2.json"), "utf8").replace(/"sum":\[/, '"sum":[9');
    writeFileSync(join(folder, "forged.json"), forged);
    expect(await stderr(fitFiles([...firsts, "young-2.json", "forged.json"], ...ROBUST))).toContain(
      "whose scores do not add up to zero",
    );
  });

  test("is refused where there are hardly more people than scores", async () => {
    const few = ["--where", "id <= 80", "--min-cell", "5"] as const;
    const model = "pain_vrs ~ sex * factor(wave) + age:factor(wave) + (1 | id)";
    await longwave(folder, "sums", model, cohort, "--time", "wave", ...few, "--out", "few.json");
    await fitFiles(["few.json"], ...ROBUST, "--request", "few-request.json");
    const { code, stderr } = await longwave(
      folder,
      "sums",
      "--round",
      "2",
      "few-request.json",
      cohort,
      ...few,
    );
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("Expected at least 30 people, 2 for each of the 15 scores"),
    ]);
  });
});

describe("sums of two series", () => {
  const SERIES = ["--x", "ex_index", "--y", "pain_vrs", "--id", "id", "--time", "wave"] as const;
  const MODEL_OPTIONS = ["--lags", "equal", "--residuals", "equal", "--no-tests", "--json"] as const;
  const CHANGES = ["--min-cell", "1", "--covariates", "sex"] as const;

  test("two sites' files give the RI-CLPM of all their people", async () => {
    for (const [name, where] of Object.entries({ young: "age < 50", old: "age >= 50" })) {
      const made = ["--where", where, "--out", `x-${name}.json`];
      expect((await longwave(folder, "sums", ...SERIES, cohort, ...CHANGES, ...made)).code).toBe(0);
    }
    const files = ["x-young.json", "x-old.json"];
    const pooled = await longwave(folder, "riclpm", "--sums", ...files, ...MODEL_OPTIONS);
    const covariates = ["--covariates", "sex"];
    const whole = await longwave(folder, "riclpm", ...SERIES, ...covariates, ...MODEL_OPTIONS, cohort);
    expect(pooled.stderr).toBe("");
    const [a, b] = [pooled, whole].map(
      ({ stdout }) => JSON.parse(stdout) as { logLik: number; nobs: number },
    );
    expect(a?.nobs).toBe(b?.nobs);
    expect(Math.abs((a?.logLik ?? 0) / (b?.logLik ?? 1) - 1)).toBeLessThan(1e-9);
  });

  test("without --out it says what would leave, and keeps back groups below the floor", async () => {
    const { stdout } = await longwave(folder, "sums", ...SERIES, cohort, "--group", "sex");
    expect(stdout).toMatchInlineSnapshot(`
      "Sums of ex_index and pain_vrs
      by id and wave; 10 numbers a person at most, 5 kB

       x at                    y at   Group  People  Sums
       0, 1, 2, 3, 4  0, 1, 2, 3, 4  female     120    65
       0, 1, 2, 3        0, 1, 2, 3  female      18    44
       0, 1                    0, 1  female      18    14
       0                          0  female      15     5
       0, 1, 2, 3, 4  0, 1, 2, 3, 4    male      81    65
       0, 1, 2, 3        0, 1, 2, 3    male      21    44
       0, 1                    0, 1    male      16    14
       0                          0    male      19     5

      Kept back: 260 people with 967 rows in 82 sets of answers, where a group has fewer than 10 people.
      Nothing was written; add --out FILE.
      "
    `);
  });

  test("files of a formula and of series are told apart", async () => {
    await sums("--min-cell", "1", "--out", "formula.json");
    await longwave(folder, "sums", ...SERIES, cohort, ...CHANGES, "--out", "series.json");
    const fit = await longwave(folder, "fit", "--sums", "series.json");
    expect([fit.code, fit.stderr]).toEqual([2, expect.stringContaining("Use longwave riclpm --sums")]);
    const riclpm = await longwave(folder, "riclpm", "--sums", "formula.json");
    expect([riclpm.code, riclpm.stderr]).toEqual([2, expect.stringContaining("Use longwave fit --sums")]);
    const robust = await longwave(folder, "riclpm", "--sums", "series.json", "--se", "robust");
    expect([robust.code, robust.stderr]).toEqual([2, expect.stringContaining("robust standard errors")]);
  });
});

describe("a signed file of sums", () => {
  const pair = (name: string): void => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(join(folder, `${name}.key`), privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(join(folder, `${name}.pub`), publicKey.export({ type: "spki", format: "pem" }));
  };

  test("says who made it, and is refused when it was changed or is of somebody else", async () => {
    pair("site");
    pair("other");
    await sums("--min-cell", "1", "--sign", "site.key", "--out", "signed.json");
    const fit = (file: string, by: string) => longwave(folder, "fit", "--sums", file, "--signed-by", by);
    expect((await fit("signed.json", "other.pub,site.pub")).code).toBe(0);
    const other = await fit("signed.json", "other.pub");
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("to be signed with a key of")]);
    const text = readFileSync(join(folder, "signed.json"), "utf8");
    writeFileSync(join(folder, "changed.json"), text.replace('"floor":1', '"floor":9'));
    const changed = await longwave(folder, "fit", "--sums", "changed.json");
    expect([changed.code, changed.stderr]).toEqual([2, expect.stringContaining("it was changed")]);
    const wrong = await sums("--sign", "site.pub");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("openssl genpkey")]);
  });
});
