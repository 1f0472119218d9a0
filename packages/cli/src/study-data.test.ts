import { afterAll, beforeAll, expect, test } from "vitest";
import { makePlace, type TestPlace } from "../../server/src/testing/engines.ts";
import { addDemonstration } from "../../server/src/testing/world.ts";
import { longwave, temporaryFolder } from "./testing/memory-io.ts";

const folder = temporaryFolder();
const MODEL = "pain_vrs ~ within(ex) + between(ex) + wave + (1 | id)";
let place: TestPlace;

beforeAll(async () => {
  place = await makePlace("sqlite");
  await addDemonstration(place.location, 120, Date.UTC(2026, 2, 2));
});
afterAll(() => place.remove());

const at = (study: string) => `${place.location.dataDir}?study=${study}`;

test("a locked study of a server is fitted where it is, from its rows and from its sums", async () => {
  const estimates: number[] = [];
  for (const engine of ["rows", "sums"]) {
    const options = ["--time", "wave", "--engine", engine, "--json"];
    const run = await longwave(folder, "fit", MODEL, at("exercise-and-pain"), ...options);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const { fixed } = JSON.parse(run.stdout) as { fixed: { estimate: number }[] };
    estimates.push(fixed[1]?.estimate ?? Number.NaN);
  }
  expect(Math.abs((estimates[0] ?? 0) - (estimates[1] ?? 1))).toBeLessThan(1e-9);
});

test("a study that still takes answers is blind, and one that is not there is named", async () => {
  const blind = await longwave(folder, "fit", MODEL, at("exercise-and-pain-try"));
  expect([blind.code, blind.stderr]).toEqual([2, expect.stringContaining("nobody sees an estimate of it")]);
  const none = await longwave(folder, "fit", MODEL, at("none"));
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("exercise-and-pain-try")]);
  const nowhere = await longwave(folder, "fit", MODEL, "nothing?study=none");
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining("data folder of a server")]);
});
