import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readDataColumns } from "@longwave/source";
import { expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const protocol = fileURLToPath(new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url));

test("writes one row for each person and wave answered, in the protocol's own codes, and says they are simulated", async () => {
  const { code, stdout } = await longwave(
    folder,
    "simulate",
    protocol,
    "--people",
    "60",
    "--out",
    "people.csv",
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Simulated people: 60 invited, \d+ answered at least once/);
  const columns = await readDataColumns(join(folder, "people.csv"));
  const waves = columns.find(({ name }) => name === "wave")?.values ?? [];
  const pain = columns.find(({ name }) => name === "pain_vrs")?.values ?? [];
  expect(new Set(waves)).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(pain.every((value) => value === null || (Number(value) >= 0 && Number(value) <= 5))).toBe(true);
});

test("the same seed gives the same bytes, another seed other people", async () => {
  const simulate = async (seed: string, out: string) => {
    await longwave(folder, "simulate", protocol, "--people", "30", "--seed", seed, "--out", out);
    return readFileSync(join(folder, out), "utf8");
  };
  const first = await simulate("5", "a.csv");
  expect(await simulate("5", "b.csv")).toBe(first);
  expect(await simulate("6", "c.csv")).not.toBe(first);
});

test("writes the sessions and rests that some people log into a file of their own", async () => {
  const args = ["--people", "200", "--out", "with.csv", "--events", "sessions.csv"];
  const { code, stdout } = await longwave(folder, "simulate", protocol, ...args);
  expect(code).toBe(0);
  const rows = Number(/(\d+) sessions and rests in sessions.csv/.exec(stdout)?.[1]);
  expect(rows).toBeGreaterThan(50);
  const columns = await readDataColumns(join(folder, "sessions.csv"));
  const event = columns.find(({ name }) => name === "event")?.values ?? [];
  expect([event.length, new Set(event)]).toEqual([rows, new Set(["session_log", "rest_prompt"])]);
  const people = await readDataColumns(join(folder, "with.csv"));
  const known = new Set(people.find(({ name }) => name === "id")?.values);
  expect(columns.find(({ name }) => name === "id")?.values.every((id) => known.has(id))).toBe(true);
  expect(people.map(({ name }) => name)).not.toContain("s_pre");
});
