import type { PublicStudy } from "@longwave/api";
import { describe, expect, test } from "vitest";
import { answersUpTo } from "../store/queries/answers.ts";
import { peopleByWavesAnswered, startedByWave } from "../store/queries/flow.ts";
import { addRun } from "../store/queries/runs.ts";
import { allStudies } from "../store/queries/studies.ts";
import { makePlace } from "../testing/engines.ts";
import { openWorld } from "../testing/world.ts";

describe("the demonstration", () => {
  test("says what it is doing, step by step", async () => {
    const world = await openWorld({ people: 40 });
    expect(world.lines[0]).toMatch(/^Made the master key /);
    expect(world.lines[1]).toBe("Creating the demonstration: 40 simulated people …");
    expect(world.lines.at(-1)).toMatch(
      /^Published the findings at \/findings\/exercise-and-pain\/[0-9a-f]{64}$/,
    );
    await world.close();
  });

  test("is made once, and left alone by every later start", async () => {
    const place = await makePlace("sqlite");
    const first = await openWorld({ ...place.location, people: 40 });
    const before = await first.visitor().get<PublicStudy[]>("/api/studies/public");
    await first.close();
    const second = await openWorld({ ...place.location, people: 40 });
    expect(await second.visitor().get("/api/studies/public")).toEqual(before);
    expect(second.lines).toEqual([]);
    await second.close();
    await place.remove();
  });

  test("goes on where a start was broken off in the middle of the analysis", async () => {
    const place = await makePlace("sqlite");
    await (await openWorld({ ...place.location, people: 40 })).close();
    const store = await place.open();
    await store.db.deleteFrom("publication").execute();
    await store.db.updateTable("study").set({ phase: "locked" }).where("simulated", "=", 1).execute();
    const left = {
      id: "left",
      study: "exercise-and-pain",
      kind: "results",
      upToSeq: 1,
      seed: 1,
      startedAt: 2,
    } as const;
    await addRun(store.db, { ...left, requestedBy: "demonstration" });
    await store.close();
    const world = await openWorld({ ...place.location, people: 40 });
    const [closed] = await world.visitor().get<PublicStudy[]>("/api/studies/public");
    expect(closed?.phase).toBe("published");
    await world.close();
    await place.remove();
  });

  test("holds simulated answers in the order in which they were given, with every wave in the past", async () => {
    const place = await makePlace("sqlite");
    const world = await openWorld({ ...place.location, people: 40 });
    const { now } = world.clock;
    await world.close();
    const store = await place.open();
    const [study] = await allStudies(store.db);
    const answers = await answersUpTo(store.db, study?.id ?? "", study?.lastSeq ?? 0);
    expect(answers.length).toBe(study?.lastSeq);
    expect(
      answers.every(({ answeredAt }, index) => answeredAt >= (answers[index - 1]?.answeredAt ?? 0)),
    ).toBe(true);
    expect(answers.at(-1)?.answeredAt).toBeLessThan(now);
    await store.close();
    await place.remove();
  });

  test("records the tick of those who log sessions, and takes no session for a wave", async () => {
    const place = await makePlace("sqlite");
    await (await openWorld({ ...place.location, people: 200 })).close();
    const store = await place.open();
    const logged = await store.db
      .selectFrom("answer")
      .select("person")
      .distinct()
      .where("wave", "like", "session_log/%")
      .execute();
    const consents = await store.db.selectFrom("consent").select(["person", "ticks"]).execute();
    const ticked = consents.filter(({ ticks }) => JSON.parse(ticks).session_log === true);
    expect(logged.length).toBeGreaterThan(0);
    expect(new Set(ticked.map(({ person }) => person))).toEqual(new Set(logged.map(({ person }) => person)));
    const finished = await store.db.selectFrom("wave_progress").select("wave").distinct().execute();
    expect(finished.map(({ wave }) => wave).sort()).toEqual(["w1", "w2", "w3", "w4", "w5"]);
    const [study] = await allStudies(store.db);
    const flow = await peopleByWavesAnswered(store.db, study?.id ?? "");
    expect(Math.max(...flow.map(({ waves }) => waves))).toBeLessThanOrEqual(5);
    expect([...(await startedByWave(store.db, study?.id ?? "")).keys()].sort()).toEqual([
      "w1",
      "w2",
      "w3",
      "w4",
      "w5",
    ]);
    await store.close();
    await place.remove();
  });
});
