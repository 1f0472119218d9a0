import type { StandingSums } from "@longwave/source";
import { afterAll, describe, expect, test } from "vitest";
import { createCommitQueue } from "../answers/commit-queue.ts";
import { createJobRunner } from "../jobs/runner.ts";
import { leave } from "../people/leave.ts";
import { createCompiler } from "../protocol/compiler.ts";
import type { Store } from "../store/open.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { addDemonstration, openWorld } from "../testing/world.ts";
import { openSealed } from "../vault/open-sealed.ts";
import { createStandingKeeper, type StandingKeeper } from "./standing-sums.ts";

afterAll(stopPostgres);

const study = "exercise-and-pain";
const at = Date.UTC(2026, 2, 2, 10);
const FORMULA = "pain_vrs ~ wave + (1 | id)";

function keeperOf(place: TestPlace, store: Store): StandingKeeper {
  const jobs = createJobRunner({ store, location: place.location, now: () => at, log: () => undefined });
  return createStandingKeeper({ store, compiler: createCompiler(), jobs });
}

/** The pain of a simulated person at a wave, added or corrected through the queue of commits. */
async function answer(store: Store, person: string, { wave, value }: { wave: string; value: number }) {
  const payload = JSON.stringify({ kind: "value", value });
  const id = `new-${person}-${wave}-${value}`;
  const given = { id, wave, item: "pain_vrs", payload, given: true, answeredAt: at, late: false };
  const answers = [{ ...given, replaces: undefined, refusal: undefined }];
  const [outcome] = await createCommitQueue(store.db).submit({ study, person, receivedAt: at, answers });
  expect(outcome?.kind).toBe("saved");
}

/** Opens the study to answers, as it was before its lock, or closes it. */
async function setPhase(store: Store, phase: string): Promise<void> {
  await store.db.updateTable("study").set({ phase }).where("id", "=", study).execute();
}

function expectSame(found: StandingSums, wanted: StandingSums): void {
  expect([found.plan, found.rows]).toEqual([wanted.plan, wanted.rows]);
  const inOrder = ({ patterns }: StandingSums) =>
    [...patterns].sort((a, b) => (a.waves.join() < b.waves.join() ? -1 : 1));
  for (const [p, pattern] of inOrder(wanted).entries()) {
    const own = inOrder(found)[p];
    expect([own?.waves, own?.people]).toEqual([pattern.waves, pattern.people]);
    for (const [k, sum] of pattern.products.entries()) expect(own?.products[k]).toBeCloseTo(sum, 9);
  }
}

describe.each(engines)("the sums that a server keeps, on %s", (engine) => {
  test("are those from scratch after answers, corrections and an erasure, and leave after the lock only", async () => {
    const place = await makePlace(engine);
    await addDemonstration(place.location, 80, at);
    const store = await openSealed(place.location, at);
    const keeper = keeperOf(place, store);
    const fromScratch = async () => keeperOf(place, store).sumsOf({ id: study }, FORMULA);
    const ask = () => keeper.sumsOf({ id: study }, FORMULA);
    expectSame(await ask(), await fromScratch());
    await setPhase(store, "running");

    const people = await store.db
      .selectFrom("person")
      .select("id")
      .where("study", "=", study)
      .orderBy("id")
      .execute();
    for (let turn = 0; turn < 4; turn++) {
      for (let each = 0; each < 5; each++) {
        const turnAt = turn * 5 + each;
        const person = people[(turnAt * 7) % people.length]?.id ?? "";
        await answer(store, person, { wave: `w${1 + (turnAt % 5)}`, value: (turnAt * 3) % 6 });
      }
      expectSame(await ask(), await fromScratch());
    }

    const erased = { study, person: people[0]?.id ?? "", way: "erase", actor: "staff:a" } as const;
    await leave(
      { store, now: () => at, log: () => undefined, mail: { transport: { forget: async () => undefined } } },
      erased,
    );
    expectSame(await ask(), await fromScratch());
    await setPhase(store, "locked");
    await keeper.close();
    await store.close();

    const world = await openWorld({ ...place.location, demonstration: null });
    const staff = await world.staff("kari@example.org");
    const path = (name: string, formula: string) =>
      `/api/studies/${name}/sums?formula=${encodeURIComponent(formula)}`;
    const response = await staff.send("GET", path(study, FORMULA));
    const file = JSON.parse(await response.text()) as {
      format: string;
      floor: number;
      patterns: { people: number }[];
    };
    expect([file.format, file.floor]).toEqual(["longwave.sums/1", 10]);
    expect(Math.min(...file.patterns.map((pattern) => pattern.people))).toBeGreaterThanOrEqual(10);
    expect((await staff.problem("GET", path(`${study}-try`, FORMULA))).code).toBe("data.not-locked");
    const slopes = await staff.problem("GET", path(study, "pain_vrs ~ within(ex) + (1 + within(ex) | id)"));
    expect([slopes.code, slopes.found]).toEqual(["data.no-sums", expect.stringContaining("within(ex)")]);
    await world.close();
    await place.remove();
  }, 240_000);
});
