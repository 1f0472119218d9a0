import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { longwave, temporaryFolder } from "./testing/memory-io.ts";

const folder = temporaryFolder();

/** Six people, four occasions each: pain falls with time, faster for some, with a text column and a gap. */
const rows = [1, 2, 3, 4, 5, 6].flatMap((id) =>
  [0, 1, 2, 3].map((week) => {
    const exercise = (id * 3 + week * week + (id % 2) * week) % 5;
    const pain = 4 + 0.3 * id - (0.4 + 0.05 * id) * week - 0.2 * exercise + ((id * 7 + week * 5) % 4) / 5;
    return [id, week, exercise, id % 2 === 0 ? "male" : "female", pain.toFixed(2)].join(",");
  }),
);
writeFileSync(join(folder, "trial.csv"), `id,week,exercise,sex,pain\n${rows.join("\n")}\n7,0,1,male,NA\n`);

const FIT = ["fit", "pain ~ week + (1 | id)", "trial.csv"] as const;

test("prints the table an lme4 user reads, counting the rows dropped", async () => {
  const { code, stdout, stderr } = await longwave(folder, ...FIT);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Formula: pain ~ week + (1 | id)");
  expect(stdout).toMatch(/week +-0\.\d+/);
  expect(stdout).toContain("1 of 25 rows dropped for missing values");
});

test("--json prints one JSON object with the keys of the contract, in their order", async () => {
  const { stdout } = await longwave(folder, ...FIT, "--json");
  const fit = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(fit).slice(0, 5)).toEqual(["formula", "estimator", "method", "nobs", "ngroups"]);
  expect(fit).toMatchObject({
    estimator: "lmm",
    method: "reml",
    ngroups: { id: 6 },
    rows: { read: 25, used: 24, droppedMissing: 1 },
  });
  expect(stdout.trim().split("\n")).toHaveLength(1);
});

test("--df none gives normal intervals and no degrees of freedom, --method ml the likelihood", async () => {
  const { stdout } = await longwave(
    folder,
    ...FIT,
    "--json",
    "--df",
    "none",
    "--method",
    "ml",
    "--level",
    "0.9",
  );
  const fit = JSON.parse(stdout) as {
    method: string;
    fixed: { df: null; estimate: number; stdError: number; upper: number }[];
  };
  const [intercept] = fit.fixed;
  expect([fit.method, intercept?.df]).toEqual(["ml", null]);
  const width = ((intercept?.upper ?? 0) - (intercept?.estimate ?? 0)) / (intercept?.stdError ?? 1);
  expect(width).toBeCloseTo(1.6448536269514722, 9);
});

test("--where keeps rows by columns that are not in the formula, and --min-rows people with enough of them", async () => {
  const filtered = await longwave(folder, ...FIT, "--json", "--where", "sex == 'male' and week < 3");
  expect(JSON.parse(filtered.stdout)).toMatchObject({ nobs: 9, ngroups: { id: 3 } });
  const enough = await longwave(folder, ...FIT, "--json", "--min-rows", "4");
  expect(JSON.parse(enough.stdout)).toMatchObject({ nobs: 24, ngroups: { id: 6 } });
});

test("--ranef and --fitted write one line for each person and for each row used", async () => {
  const { code } = await longwave(folder, ...FIT, "--ranef", "people.csv", "--fitted", "fitted.csv");
  expect(code).toBe(0);
  const people = readFileSync(join(folder, "people.csv"), "utf8").trim().split("\n");
  expect(people[0]).toBe("group,level,term,mode,conditionalStdDev");
  expect(people).toHaveLength(7);
  const fitted = readFileSync(join(folder, "fitted.csv"), "utf8").trim().split("\n");
  expect(fitted[0]).toBe("row,fitted,residual");
  expect(fitted[1]?.split(",")[0]).toBe("1");
  expect(fitted).toHaveLength(25);
});

test("lag() follows --time, and an interaction of within(x) without that of between(x) is noted", async () => {
  const lagged = await longwave(
    folder,
    "fit",
    "pain ~ lag(exercise) + (1 | id)",
    "trial.csv",
    "--time",
    "week",
    "--json",
  );
  expect(JSON.parse(lagged.stdout)).toMatchObject({ nobs: 18 });
  const lopsided = await longwave(
    folder,
    "fit",
    "pain ~ within(exercise) * sex + between(exercise) + (1 | id)",
    "trial.csv",
  );
  expect([lopsided.code, lopsided.stderr]).toEqual([0, ""]);
  expect(lopsided.stdout).toContain("formula.between-interaction-missing");
});
