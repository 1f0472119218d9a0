import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { purgeDiscussion } from "../../discussion/purge.ts";
import { folderTransport } from "../../mail/folder.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../../testing/engines.ts";
import type { Store } from "../open.ts";
import type { CommentTable } from "../schema-results.ts";
import { addComment, countThreads, shownKinds, shownReplies, shownThreads } from "./comments.ts";
import { addStudy } from "./studies.ts";

afterAll(stopPostgres);

const study = "a-study";
const DAY = 24 * 3_600_000;

const row = (id: string, more: Partial<CommentTable> = {}): CommentTable => ({
  id,
  study,
  publication: "5f1d",
  parent: null,
  name: "Kari",
  email: "sealed",
  email_index: "index",
  body: `Body of ${id}`,
  kind: null,
  state: "approved",
  urgent: 0,
  held_for: null,
  is_team: 0,
  edited_by_team: 0,
  reason: null,
  token_hash: `hash of ${id}`,
  created_at: 1,
  decided_at: null,
  decided_by: null,
  ...more,
});

describe.each(engines)("the comments of a study on %s", (engine) => {
  let place: TestPlace;
  let store: Store;

  beforeEach(async () => {
    place = await makePlace(engine);
    store = await place.open();
    await addStudy(store.db, {
      id: study,
      protocolId: study,
      protocolVersion: "1.0.0",
      protocolHash: "hash",
      protocolText: "text",
      title: { en: "A study" },
      phase: "published",
      simulated: true,
      tryIt: false,
      createdAt: 0,
    });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  const add = async (...rows: CommentTable[]): Promise<void> => {
    for (const each of rows) await addComment(store.db, each);
  };
  const threads = async (kind?: string): Promise<string[]> => {
    const found = await shownThreads(store.db, { study, kind }, { from: 0, count: 50 });
    expect(await countThreads(store.db, { study, kind })).toBe(found.length);
    return found.map(({ id }) => id);
  };

  test("stand newest first; one taken away stands where an answer to it does", async () => {
    await add(
      row("old", { created_at: 1 }),
      row("new", { created_at: 2 }),
      row("waits", { state: "pending" }),
      row("gone", { state: "removed", created_at: 3 }),
      row("gone-answered", { state: "removed", created_at: 4 }),
      row("answer", { parent: "gone-answered", created_at: 5 }),
    );
    expect(await threads()).toEqual(["gone-answered", "new", "old"]);
  });

  test("can be read by kind, also where only a shown answer speaks of it", async () => {
    await add(
      row("walks", { kind: "walking", created_at: 1 }),
      row("asks", { created_at: 2 }),
      row("walks-too", { kind: "walking", parent: "asks", created_at: 3 }),
      row("other", { kind: "weights", created_at: 4 }),
      row("hidden", { kind: "walking", parent: "other", state: "pending", created_at: 5 }),
    );
    expect(await threads("walking")).toEqual(["asks", "walks"]);
    expect(await threads("nothing")).toEqual([]);
    expect(await shownKinds(store.db, study)).toEqual([
      { kind: "walking", count: 2, newest: "Body of walks-too" },
      { kind: "weights", count: 1, newest: "Body of other" },
    ]);
  });

  test("have their first answers with them, oldest first, so many of each", async () => {
    const answers = (parent: string) =>
      [1, 2, 3].map((at) => row(`${parent}-${at}`, { parent, created_at: at }));
    await add(row("a"), row("b"), ...answers("a"), ...answers("b"));
    const found = await shownReplies(store.db, ["a", "b"], 2);
    expect(found.map(({ id }) => id)).toEqual(["a-1", "b-1", "a-2", "b-2"]);
    expect(await shownReplies(store.db, [], 2)).toEqual([]);
  });

  test("keep nothing of a rejected one 30 days on, without anyone looking; its answers keep their place", async () => {
    const rejected = { state: "rejected", reason: "It advertises.", decided_at: 0 } as const;
    await add(
      row("old", rejected),
      row("old-answered", rejected),
      row("answer", { parent: "old-answered" }),
      row("lately", { ...rejected, decided_at: 2 * DAY }),
    );
    const lines: string[] = [];
    const mail = { transport: folderTransport(join(place.location.dataDir, "outbox")) };
    await purgeDiscussion({ store, mail, now: () => 31 * DAY, log: (line) => lines.push(line) });
    const left = await store.db.selectFrom("comment").selectAll().orderBy("id").execute();
    expect(left.map(({ id }) => id)).toEqual(["answer", "lately", "old-answered"]);
    expect(left[2]).toMatchObject({
      state: "removed",
      name: "",
      email: "",
      email_index: "",
      body: "",
      reason: null,
    });
    expect(lines).toEqual(["2 rejected comments erased after 30 days."]);
    expect(await threads()).toEqual(["old-answered"]);
  });
});
