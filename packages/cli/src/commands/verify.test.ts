import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Publication } from "@longwave/findings";
import { beforeAll, describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const protocol = join(root, "protocols/exercise-and-pain.yaml");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/** A file of the folder under another name, with one piece replaced. */
function changed(from: string, to: string, [before, after]: readonly [string, string]): void {
  const text = read(from);
  expect(text).toContain(before);
  writeFileSync(join(folder, to), text.replace(before, after));
}

const bundle = "report/publication.json";
const sessions = ["--events", "sessions.csv"];

beforeAll(async () => {
  const people = ["--people", "250", "--seed", "3", "--out", "people.csv", "--events", "sessions.csv"];
  await longwave(folder, "simulate", protocol, ...people);
  const analyse = ["analyse", protocol, "people.csv", "--simulated", "--out"];
  await longwave(folder, ...analyse, "report", "--confirmatory");
  await longwave(folder, ...analyse, "whole", "--events", "sessions.csv");
});

describe("longwave verify", () => {
  test("says the same of a bundle and its data, with nothing but the two", async () => {
    const ran = await longwave(folder, "verify", bundle, "people.csv");
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout).toContain("Same: the seal holds");
  });

  test("runs the sensitivity and exploratory analyses again when the bundle has them", async () => {
    const ran = await longwave(folder, "verify", "whole/publication.json", "people.csv", ...sessions);
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    const { sensitivity = [], ...rest } = JSON.parse(read("whole/publication.json")) as Publication;
    const [first, ...others] = sensitivity;
    writeFileSync(
      join(folder, "belittled.json"),
      JSON.stringify({ ...rest, sensitivity: [{ ...first, sentence: "As planned." }, ...others] }),
    );
    const forged = await longwave(folder, "verify", "belittled.json", "people.csv", ...sessions);
    expect(forged.code).toBe(1);
    expect(forged.stdout).toContain(`sensitivity analysis ${first?.id}: sentence`);
  });

  test("says which numbers differ when a byte of the data is another", async () => {
    const [head = "", first = "", ...rest] = read("people.csv").split("\n");
    const place = head.split(",").indexOf("pain_vrs");
    const cells = first.split(",");
    cells[place] = cells[place] === "1" ? "2" : "1";
    writeFileSync(join(folder, "byte.csv"), [head, cells.join(","), ...rest].join("\n"));
    const ran = await longwave(folder, "verify", bundle, "byte.csv");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("hash of the data");
    expect(ran.stdout).toContain("finding H1: estimate, value");
    expect(ran.stdout).not.toContain("hash of the plan");
  });

  test("says how many people are gone when some were erased, and not who", async () => {
    const [head = "", ...rows] = read("people.csv").split("\n");
    const gone = rows[0]?.split(",")[head.split(",").indexOf("id")] ?? "";
    writeFileSync(
      join(folder, "erased.csv"),
      [head, ...rows.filter((row) => !row.split(",").includes(gone))].join("\n"),
    );
    const ran = await longwave(folder, "verify", bundle, "erased.csv");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/These data hold 1 person fewer who answered, and \d+ rows? fewer/);
    expect(ran.stdout).not.toContain(gone);
  });

  test("names the plan when the study text given has another one", async () => {
    const text = readFileSync(protocol, "utf8").replace("noticeable: 0.5", "noticeable: 0.6");
    writeFileSync(join(folder, "other.yaml"), text);
    const ran = await longwave(folder, "verify", bundle, "people.csv", "--protocol", "other.yaml");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("hash of the plan");
    expect(ran.stdout).toContain("finding H1: bounds, noticeable");
    expect(ran.stdout).toContain("Data are named together with the study text");
  });

  test("names the seal and the plan when a byte of the plan in the bundle is another", async () => {
    changed(bundle, "plan.json", ['"noticeable": 0.5', '"noticeable": 0.6']);
    const ran = await longwave(folder, "verify", "plan.json", "people.csv");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("name of the bundle (seal)");
    expect(ran.stdout).toContain("hash of the plan");
  });

  test("names a broken seal when the seed in the bundle was changed", async () => {
    changed(bundle, "seed.json", ['"seed": 1,', '"seed": 2,']);
    const ran = await longwave(folder, "verify", "seed.json", "people.csv");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("name of the bundle (seal)");
    expect(ran.stdout).toContain("the seed");
  });

  test("names the seed when it is run with another", async () => {
    const ran = await longwave(folder, "verify", bundle, "people.csv", "--seed", "2");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/seed\n +in the bundle +1\n +run again +2/);
  });

  test("asks for the study text when an early bundle does not hold it, and takes it", async () => {
    const { protocol: text, ...early } = JSON.parse(read(bundle)) as Publication;
    writeFileSync(join(folder, "early.json"), JSON.stringify(early));
    const without = await longwave(folder, "verify", "early.json", "people.csv");
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("--protocol STUDY.yaml")]);
    const given = await longwave(folder, "verify", "early.json", "people.csv", "--protocol", protocol);
    expect(given.code).toBe(1);
    expect(given.stdout).toContain("What the bundle was made from\n  name of the bundle (seal)");
    expect(given.stdout).not.toContain("What the bundle says");
  });

  test.each([
    ["people.csv", "is not JSON"],
    ["format.json", "has another format"],
  ])("refuses %s as a bundle: it %s", async (name, reason) => {
    writeFileSync(join(folder, "format.json"), "{}");
    const ran = await longwave(folder, "verify", name, "people.csv");
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(reason);
  });
});
