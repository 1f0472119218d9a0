import { expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();

test("--fast says how many people a lag needs: 1,408 for 0.05 with five waves", async () => {
  const options = ["--fast", "--x-to-y", "-0.05", "--y-to-x", "-0.03", "--icc", "0.66", "--waves", "5"];
  const { code, stdout } = await longwave(folder, "power", ...options);
  expect(code).toBe(0);
  expect(stdout).toMatch(/x-to-y +-0\.05 +0\.6696 +1408/);
  expect(stdout).toMatch(/y-to-x +-0\.03 /);
});

test("by simulation gives every figure with its Monte-Carlo error, the same for the same seed", async () => {
  const options = ["--people", "80", "--replicates", "20", "--seed", "3", "--dropout", "0.2", "--json"];
  const once = await longwave(folder, "power", ...options);
  expect(JSON.parse(once.stdout)).toMatchObject({ model: "riclpm", people: 80, replicates: 20, seed: 3 });
  expect((await longwave(folder, "power", ...options)).stdout).toBe(once.stdout);
});

test("prints a table for a within-person slope, and says when categories hide the truth", async () => {
  const options = [
    "--model",
    "hybrid",
    "--people",
    "60",
    "--replicates",
    "10",
    "--categories",
    "0.5,0.3,0.2",
  ];
  const { stdout } = await longwave(folder, "power", ...options);
  expect(stdout).toContain("10 simulated studies of 60 people (hybrid, seed 1)");
  expect(stdout).toMatch(/within\(x\)/);
  expect(stdout).toContain("cut into categories");
});

test.each([
  [[], "--people"],
  [["--people", "50", "--within", "-0.1"], "--model hybrid"],
  [["--model", "hybrid", "--people", "50", "--icc", "0.5"], "--model riclpm"],
  [["--model", "hybrid", "--fast"], "--model riclpm"],
  [["--fast", "--x-to-y", "0"], "other than 0"],
  [["--people", "50", "--icc", "much"], "a number"],
  [["--people", "50", "--icc", "1.5"], "ICC from 0 to below 1"],
  [["--people", "50", "--categories", "0.5,0.6"], "add up to 1"],
])("refuses %j and says what to do", async (options, words) => {
  const { code, stdout, stderr } = await longwave(folder, "power", ...options);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(words);
});
