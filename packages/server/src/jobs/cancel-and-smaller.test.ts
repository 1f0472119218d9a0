import type { PlanRecord, Run } from "@longwave/api";
import { sql } from "kysely";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore, type Store } from "../store/open.ts";
import { addRun, finishRun } from "../store/queries/runs.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { openWorld, protocolText, type Visitor, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const demonstration = { protocolText, people: 20, seed: 1, scope: "confirmatory" } as const;
const closed = "/api/studies/exercise-and-pain";

describe.each(engines)("a run of a study, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  let staff: Visitor;
  let store: Store;
  beforeEach(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration });
    staff = await world.staff("kari@example.org");
    store = await openStore(place.location, 0);
  }, 300_000);
  afterEach(async () => {
    await store.close();
    await world.close();
    await place.remove();
  });

  test("is cancelled, stays in the list as cancelled, and asking again changes nothing", async () => {
    const { now } = world.clock;
    const run = { id: "waits", study: "exercise-and-pain", kind: "results", startedAt: now } as const;
    const more = { upToSeq: 0, seed: 1, requestedBy: "kari@example.org" };
    await addRun(store.db, { ...run, ...more });
    world.clock.now += 1000;
    const cancelled = await staff.post<Run>(`${closed}/runs/waits/cancel`);
    expect(cancelled).toMatchObject({ state: "cancelled", finishedAt: world.clock.now });
    world.clock.now += 1000;
    expect(await staff.post<Run>(`${closed}/runs/waits/cancel`)).toEqual(cancelled);
    await finishRun(store.db, "waits", { at: world.clock.now, report: "late", draft: undefined });
    const runs = await staff.get<Run[]>(`${closed}/runs`);
    expect(runs.map(({ state }) => state).sort(), "what comes late is dropped").toEqual([
      "cancelled",
      "done",
    ]);
    expect((await staff.problem("GET", `${closed}/runs/waits/report`)).found).toContain("cancelled");
    const done = runs.find(({ state }) => state === "done");
    const same = await staff.post<Run>(`${closed}/runs/${done?.id}/cancel`);
    expect(same, "what is done stays").toEqual(done);
    expect((await staff.problem("POST", `${closed}/runs/none/cancel`)).code).toBe("run.not-found");
  }, 300_000);

  test("is refused with both counts when data were lost, and run with a reason that is listed for good", async () => {
    const [first] = await staff.get<Run[]>(`${closed}/runs`);
    await sql`delete from answer where study = 'exercise-and-pain' and seq > 10`.execute(store.db);
    const refused = await staff.problem("POST", `${closed}/runs`);
    expect(refused).toMatchObject({ code: "run.smaller-data", status: 409 });
    expect(refused.expected).toContain(
      `${first?.size?.answers.toLocaleString("en")} answers of ${first?.size?.people} people`,
    );
    expect(refused.found).toMatch(/^10 answers of 1 p/);

    const run = await staff.post<Run>(`${closed}/runs`, { smallerDataReason: "The disk failed." });
    const { deviations } = await staff.get<PlanRecord>(`${closed}/plan`);
    expect(deviations).toHaveLength(1);
    expect(deviations[0]).toMatchObject({
      kind: "smaller_data",
      why: "The disk failed.",
      timing: "after_data_seen",
      by: "kari",
    });
    expect(deviations[0]?.what).toContain("10 answers of 1 person, fewer than the ");
    expect(run.size).toEqual({ people: 1, answers: 10 });
    await staff.post(`${closed}/runs/${run.id}/cancel`);
  }, 300_000);
});
