import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePlace, type TestPlace } from "../../../server/src/testing/engines.ts";
import { addDemonstration } from "../../../server/src/testing/world.ts";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const open = "exercise-and-pain-try";
let place: TestPlace;

beforeAll(async () => {
  place = await makePlace("sqlite");
  await addDemonstration(place.location, 4, Date.UTC(2026, 2, 2));
});
afterAll(() => place.remove());

const run = (study: string, file: string, ...options: readonly string[]) =>
  longwave(folder, "import", place.location.dataDir, study, file, "--map", "map.yaml", ...options);

writeFileSync(
  join(folder, "map.yaml"),
  "columns:\n  id: who\n  wave: visit\n  pain_vrs: { column: pain, values: { none: 0, mild: 2 } }\npeople: { consentedOn: joined }\n",
);
writeFileSync(
  join(folder, "panel.csv"),
  "who,visit,joined,pain,shoe\np1,w1,2026-01-10,none,41\np1,w2,2026-01-10,mild,41\np2,w1,2026-02-01,mild,39\n",
);
writeFileSync(
  join(folder, "odd.csv"),
  "who,visit,joined,pain\np1,w1,2026-01-10,awful\np2,w9,2026-01-10,mild\n",
);

test("longwave import says what a file holds, imports it when told, and not a second time", async () => {
  const seen = await run(open, "panel.csv");
  expect([seen.code, seen.stderr]).toEqual([0, ""]);
  expect(seen.stdout).toBe(
    "panel.csv: 2 new people, 0 who are in the study already.\nForms: w1 2, w2 1.\n3 answers, of which 0 skipped and 0 late; 0 are there already.\nLeft alone, as no question has this name: shoe.\nNothing was imported. Add --write to import it.\n",
  );
  const made = await run(open, "panel.csv", "--write");
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining("Imported.")]);
  const twice = await run(open, "panel.csv", "--write");
  expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining("was imported before")]);
});

test("longwave import lists what does not fit, each with how often, and imports nothing", async () => {
  const odd = await run(open, "odd.csv", "--write");
  expect(odd.code).toBe(1);
  expect(odd.stdout).toMatch(/^odd\.csv cannot be imported: 2 mistakes\.\n/);
  expect(odd.stdout).toMatch(/awful \(1 row\)/);
  expect(odd.stdout).toMatch(/w9 \(1 row\)/);
});

test("longwave import takes nothing into a study that is locked, and names the studies there are", async () => {
  const locked = await run("exercise-and-pain", "panel.csv", "--write");
  expect([locked.code, locked.stderr]).toEqual([2, expect.stringContaining("takes answers")]);
  const none = await run("none", "panel.csv");
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining(open)]);
});
