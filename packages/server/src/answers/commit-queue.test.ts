import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../store/open.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { addDeparture } from "../store/queries/departures.ts";
import { addPeople } from "../store/queries/people.ts";
import { addStudy, markLocked, studyById } from "../store/queries/studies.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import type { PreparedAnswer, Submission } from "./append.ts";
import { createCommitQueue } from "./commit-queue.ts";

afterAll(stopPostgres);

const uuid = (): string => crypto.randomUUID();

function answer(more: Partial<PreparedAnswer> = {}): PreparedAnswer {
  return {
    given: true,
    id: uuid(),
    wave: "w1",
    item: uuid(),
    payload: '{"kind":"skipped"}',
    answeredAt: 5,
    late: false,
    replaces: undefined,
    refusal: undefined,
    ...more,
  };
}

function submission(answers: readonly PreparedAnswer[], more: Partial<Submission> = {}): Submission {
  return { study: "s", person: "p", receivedAt: 7, answers, ...more };
}

async function addTestStudy(store: Store, id: string): Promise<void> {
  await addStudy(store.db, {
    id,
    title: { en: "A study" },
    protocolId: "a",
    protocolVersion: "1",
    protocolHash: "h",
    protocolText: "",
    phase: "recruiting",
    simulated: true,
    tryIt: false,
    createdAt: 1,
  });
  await addPeople(store.db, id, [{ id: "p", number: 1, tokenHash: undefined, invitedAt: 1 }]);
}

describe.each(engines)("the commit queue on %s", (engine) => {
  let place: TestPlace;
  let store: Store;
  beforeEach(async () => {
    place = await makePlace(engine);
    store = await place.open();
    await addTestStudy(store, "s");
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  test("gives places without gaps to answers submitted at the same time, and keeps each once", async () => {
    const queue = createCommitQueue(store.db);
    const sent = Array.from({ length: 300 }, () => submission([answer(), answer()]));
    const outcomes = (await Promise.all(sent.map((each) => queue.submit(each)))).flat();
    const places = outcomes
      .map((each) => (each.kind === "saved" ? each.seq : Number.NaN))
      .sort((a, b) => a - b);
    expect(places).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
    const kept = await answersUpTo(store.db, "s", 1000);
    expect(kept.map(({ seq }) => seq)).toEqual(places);
    expect((await studyById(store.db, "s"))?.lastSeq).toBe(600);
  });

  test("lets a submission that the database refuses fail alone, and gives its places to the next", async () => {
    const queue = createCommitQueue(store.db);
    const good = submission([answer()]);
    const bad = submission([answer({ payload: null as unknown as string })]);
    const results = await Promise.allSettled([
      queue.submit(good),
      queue.submit(bad),
      queue.submit(submission([answer()])),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await answersUpTo(store.db, "s", 10)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test("refuses answers of someone who has left, also when they were on their way", async () => {
    const queue = createCommitQueue(store.db);
    const departure = { id: "d", study: "s", person: "p", kind: "stop_keep", at: 1, reason: null };
    await addDeparture(store.db, { ...departure, actor: "person:p" });
    const [outcome] = await queue.submit(submission([answer()]));
    expect(outcome).toMatchObject({ kind: "refused", problem: { code: "person.left" } });
    expect((await studyById(store.db, "s"))?.lastSeq).toBe(0);
  });

  test("refuses answers to a locked study, yet confirms again those it has", async () => {
    const queue = createCommitQueue(store.db);
    const kept = answer();
    const [before] = await queue.submit(submission([kept]));
    await markLocked(store.db, "s", 9);
    const [again, late] = await queue.submit(submission([kept, answer()]));
    expect(again).toEqual(before);
    expect(late?.kind === "refused" && late.problem.code).toBe("study.locked");
  });

  test("numbers each study for itself", async () => {
    await addTestStudy(store, "t");
    const queue = createCommitQueue(store.db);
    const both = [submission([answer()]), submission([answer()], { study: "t" }), submission([answer()])];
    const outcomes = await Promise.all(both.map((each) => queue.submit(each)));
    expect(outcomes.map(([each]) => each?.kind === "saved" && each.seq)).toEqual([1, 1, 2]);
  });

  test("keeps the same rows whatever is sent again, in whatever order", async () => {
    const answers = Array.from({ length: 12 }, () => answer());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 40 }),
        async (order) => {
          const queue = createCommitQueue(store.db);
          const sent = order.map((index) => queue.submit(submission([answers[index] as PreparedAnswer])));
          const outcomes = (await Promise.all(sent)).flat();
          const kept = await answersUpTo(store.db, "s", 100);
          expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index + 1));
          for (const each of outcomes) {
            expect(kept.find(({ id }) => id === each.id)?.seq).toBe(each.kind === "saved" && each.seq);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("a full disk", () => {
  test("refuses what it cannot keep, loses nothing that was acknowledged, and goes on without a gap once there is room", async () => {
    const place = await makePlace("sqlite");
    const store = await place.open();
    await addTestStudy(store, "s");
    const queue = createCommitQueue(store.db);
    await queue.submit(submission([answer()]));
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
    await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 10}`).execute(store.db);

    const long = JSON.stringify({ kind: "value", value: "x".repeat(1000) });
    const batches = Array.from({ length: 12 }, async () => {
      const sent = Array.from({ length: 10 }, () => queue.submit(submission([answer({ payload: long })])));
      return Promise.allSettled(sent);
    });
    const results = (await Promise.all(batches)).flat();
    const failed = results.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    expect(failed.length).toBeGreaterThan(0);
    for (const reason of failed) expect(reason).toMatchObject({ code: "SQLITE_FULL" });

    await sql.raw("pragma max_page_count = 100000").execute(store.db);
    await queue.submit(submission([answer(), answer()]));
    const kept = await answersUpTo(store.db, "s", 1000);
    const acknowledged = results.filter(({ status }) => status === "fulfilled").length;
    expect(kept).toHaveLength(1 + acknowledged + 2);
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index + 1));
    await store.close();
    await place.remove();
  });
});

describe("two processes on one PostgreSQL", () => {
  test("give out no place twice and leave no gap", async () => {
    const place = await makePlace("postgres");
    const [one, two] = [await place.open(), await place.open()];
    await addTestStudy(one, "s");
    const queues = [createCommitQueue(one.db), createCommitQueue(two.db)];
    const sent = Array.from({ length: 200 }, (_, index) => queues[index % 2]?.submit(submission([answer()])));
    await Promise.all(sent);
    const kept = await answersUpTo(one.db, "s", 1000);
    expect(kept.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    await one.close();
    await two.close();
    await place.remove();
  });
});
