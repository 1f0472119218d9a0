import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const protocol = fileURLToPath(new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url));
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

beforeAll(async () => {
  await longwave(folder, "simulate", protocol, "--people", "400", "--seed", "3", "--out", "people.csv");
  const [head, ...rows] = read("people.csv").trimEnd().split("\n");
  const withConsent = rows.map((row, place) => `${row},${place < 300 ? 1 : 0}`);
  writeFileSync(join(folder, "consent.csv"), `${[`${head},shares`, ...withConsent].join("\n")}\n`);
});

describe("longwave release", () => {
  test("writes a folder of files and says how many look alike", async () => {
    const { code, stdout, stderr } = await longwave(
      folder,
      ...["release", protocol, "people.csv", "--out", "release/", "--seed", "1", "--simulated"],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^\d+ people, \d+ rows\n\n {2}who look alike: at least 1\d/);
    for (const name of [
      "README.md",
      "person.csv",
      "person_wave.csv",
      "codebook.json",
      "privacy-report.html",
    ]) {
      expect(existsSync(join(folder, "release", name)), name).toBe(true);
    }
    expect(read("release/README.md")).toContain("Simulated people");
  });

  test("gives the same bytes for the same seed, and other numbers without one", async () => {
    const typed = ["release", protocol, "people.csv", "--out"];
    await longwave(folder, ...typed, "a", "--seed", "7");
    await longwave(folder, ...typed, "b", "--seed", "7");
    await longwave(folder, ...typed, "c");
    expect(read("b/CHECKSUMS.txt")).toBe(read("a/CHECKSUMS.txt"));
    expect(read("c/person.csv")).not.toBe(read("a/person.csv"));
  });

  test("writes one zip when the name says so", async () => {
    await longwave(
      folder,
      "release",
      protocol,
      "people.csv",
      "--out",
      "all.zip",
      "--seed",
      "1",
      "--number",
      "2",
    );
    const zip = readFileSync(join(folder, "all.zip"));
    expect(zip.subarray(0, 2).toString()).toBe("PK");
    expect(zip.includes("exercise-and-pain-release-2/person_wave.csv")).toBe(true);
  });

  test("leaves out everyone who did not agree in every row", async () => {
    const typed = ["release", protocol, "consent.csv", "--seed", "1", "--out"];
    await longwave(folder, ...typed, "everyone");
    await longwave(folder, ...typed, "agreed", "--agreed", "shares");
    const count = (name: string) => read(`${name}/person.csv`).split("\n").length;
    expect(count("agreed")).toBeLessThan(count("everyone"));
    expect(count("agreed")).toBeGreaterThan(40);
  });

  test("names the nearest column when the one given is not there", async () => {
    const { code, stderr } = await longwave(
      folder,
      ...["release", protocol, "consent.csv", "--out", "no", "--agreed", "share"],
    );
    expect(code).toBe(2);
    expect(stderr).toContain(
      "Expected --agreed to be a column of the file; found share. Did you mean shares?",
    );
    expect(existsSync(join(folder, "no"))).toBe(false);
  });

  test("refuses fewer people than must look alike", async () => {
    const { code, stderr } = await longwave(
      folder,
      "release",
      protocol,
      "people.csv",
      "--out",
      "no",
      "--k",
      "999",
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/Expected at least 999 people who agreed .* found \d+\./);
  });

  test.each([
    [["missing.csv"], /missing\.csv/],
    [["empty.csv"], /empty\.csv/],
    [["head.csv"], /has a header line and no rows/],
    [["people.csv", "--k", "1"], /Expected --k to be a whole number, 2 to 1000; found 1/],
  ])("says what is wrong with %j", async ([file = "", ...more], message) => {
    writeFileSync(join(folder, "empty.csv"), "");
    writeFileSync(join(folder, "head.csv"), `${read("people.csv").split("\n")[0]}\n`);
    const { code, stderr } = await longwave(folder, "release", protocol, file, "--out", "no", ...more);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
    expect(existsSync(join(folder, "no"))).toBe(false);
  });

  test("leaves a folder with other files alone", async () => {
    const { code, stderr } = await longwave(folder, "release", protocol, "people.csv", "--out", ".");
    expect(code).toBe(2);
    expect(stderr).toContain("Name another folder");
  });
});
