import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const text = readFileSync(join(root, "protocols/exercise-and-pain.yaml"), "utf8");
const write = (name: string, content: string) => writeFileSync(join(folder, name), content);

write("study.yaml", text);
const mistaken = text.replace("closesDay: 42", "closesDay: soon").replace("role: safety", "role: saftey");
write("mistakes.yaml", mistaken);

test("longwave check says what a study text without a mistake says", async () => {
  const { code, stdout, stderr } = await longwave(folder, "check", "study.yaml", "--on", "2026-01-15");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/No mistakes\.\ntext [0-9a-f]{64}\nplan [0-9a-f]{64}\n/);
  expect(stdout).toMatch(/ w2 {4}2026-04-09 {2}2026-05-07 +15 +3 min +1\.5 to 3\.5 min\n/);
  expect(stdout).toMatch(/nb is not offered until a named person has confirmed/);
});

test("longwave check lists every mistake in reading order with its three parts, and says no", async () => {
  const { code, stdout } = await longwave(folder, "check", "mistakes.yaml");
  expect(code).toBe(1);
  const [first, second] = stdout.split("\n\n").slice(1);
  expect(first).toBe(
    "line 51, column 3: recruitment.closesDay\n  expected   a number\n  found      “soon”\n  to do      Change it to what is expected.",
  );
  expect(second).toMatch(/^line \d+, column \d+: instruments\[11\]\.role\n/);
});

test("longwave check refuses what may not be said of people's own answers, as opening the study would", async () => {
  write("advice.yaml", text.replace("en: Pain in the past week,", "en: You should rest,"));
  const { code, stdout } = await longwave(folder, "check", "advice.yaml");
  expect([code, stdout]).toEqual([1, expect.stringMatching(/feedback\.measures pain_vrs, label\n/)]);
});

test("longwave check --json gives mistakes, or the whole outline", async () => {
  const good = JSON.parse((await longwave(folder, "check", "study.yaml", "--json")).stdout);
  expect(good).toMatchObject({ ok: true, problems: [], outline: { id: "exercise-and-pain" } });
  const bad = JSON.parse((await longwave(folder, "check", "mistakes.yaml", "--json")).stdout);
  expect([bad.ok, bad.problems.map((each: { line: number }) => each.line)[0]]).toEqual([false, 51]);
});

test("longwave check names a file of another kind for what it is", async () => {
  write("empty.yaml", "\n");
  write("data.csv", "id,wave,pain\n1,1,3\n");
  write("bundle.json", '{"format":"longwave.publication/1"}');
  write("map.yaml", "columns:\n  ex: e\n");
  for (const [name, sentence] of [
    ["empty.yaml", /is empty/],
    ["data.csv", /looks like a table: its first line is “id,wave,pain”/],
    ["bundle.json", /is a sealed bundle/],
    ["map.yaml", /looks like a mapping/],
    ["nothing.yaml", /cannot be read/],
  ] as const) {
    const { code, stderr } = await longwave(folder, "check", name);
    expect([name, code, stderr]).toEqual([name, 2, expect.stringMatching(sentence)]);
  }
});

test("longwave check refuses a day that is none and a zone that is none", async () => {
  const day = await longwave(folder, "check", "study.yaml", "--on", "1 March");
  expect([day.code, day.stderr]).toEqual([2, expect.stringMatching(/a day such as 2027-03-01/)]);
  const zone = await longwave(folder, "check", "study.yaml", "--zone", "Oslo");
  expect([zone.code, zone.stderr]).toEqual([2, expect.stringMatching(/such as Europe\/Oslo/)]);
});
