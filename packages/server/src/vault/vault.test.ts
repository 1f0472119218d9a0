import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { masterKeyBeside, type Store } from "../store/open.ts";
import { answersUpTo, appendAnswers } from "../store/queries/answers.ts";
import { contactOf, knownEmails } from "../store/queries/people.ts";
import { addStudy } from "../store/queries/studies.ts";
import { isBuilt, spawnChild } from "../testing/child.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { changeMasterKey } from "./change-master-key.ts";
import { openText, sealText } from "./cipher.ts";
import { sealExisting } from "./seal-existing.ts";

afterAll(stopPostgres);
const WORDS = "unmistakable-words";
const ANSWERS = 20_000;

test("what is sealed opens with its key and in its place, and nowhere else", () => {
  const key = randomBytes(32);
  const sealed = sealText(key, "søvn og smerte", ["answer", "1"]);
  expect(openText(key, sealed, ["answer", "1"])).toBe("søvn og smerte");
  expect(() => openText(key, sealed, ["answer", "2"])).toThrow();
  expect(() => openText(randomBytes(32), sealed, ["answer", "1"])).toThrow();
  expect(() => openText(key, sealed.slice(0, 20), ["answer", "1"])).toThrow();
});

/** A study as it stood before there were keys: one person, their contact and answers in the clear. */
async function addClearStudy(store: Store): Promise<void> {
  const title = { en: "A study" };
  const protocol = { protocolId: "a", protocolVersion: "1", protocolHash: "h", protocolText: "" };
  const more = { phase: "recruiting", simulated: false, tryIt: false, createdAt: 1 } as const;
  await addStudy(store.db, { id: "s", title, ...protocol, ...more });
  const nobody = { token_hash: null, enrolled_at: null, time_zone: null, language: null };
  const unplanned = { writes_from: null, next_contact_at: null, moves: null };
  const person = { study: "s", id: "p", number: 1, epoch: 1, invited_at: 1, ...nobody, ...unplanned };
  await store.db.insertInto("person").values(person).execute();
  const contact = { study: "s", person: "p", name: `${WORDS} Nordmann`, email: `${WORDS}@example.org` };
  await store.db
    .insertInto("person_contact")
    .values({ ...contact, email_index: null, sealed: 0 })
    .execute();
  const row = { study: "s", person: "p", wave: "w1", item: "i", answered_at: 1, received_at: 1 };
  // Someone who has neither given a name nor answered yet.
  await store.db
    .insertInto("person")
    .values({ ...person, id: "quiet", number: 2 })
    .execute();
  const answers = Array.from({ length: ANSWERS }, (_, index) => ({
    ...row,
    seq: index + 1,
    id: `answer-${index + 1}`,
    payload: JSON.stringify({ kind: "value", value: `${WORDS} ${index + 1}` }),
    replaces: null,
    given: 1,
    late: 0,
    mode: null,
    entered_by: null,
    reason: null,
    sealed: 0,
  }));
  await appendAnswers(store.db, answers);
}

async function sealedAnswers({ db }: Store): Promise<number> {
  const row = await db
    .selectFrom("answer")
    .select((eb) => eb.fn.countAll<number>().as("sealed"))
    .where("sealed", "=", 1)
    .executeTakeFirstOrThrow();
  return row.sealed;
}

describe.each(engines)("the vault on %s", (engine) => {
  let place: TestPlace;
  beforeEach(async () => {
    place = await makePlace(engine);
  });
  afterEach(() => place.remove());

  test("keeps its master key beside the data folder, and says when it is missing or another one", async () => {
    const path = masterKeyBeside(place.location.dataDir);
    const first = await place.open();
    expect(await first.vault.unlock()).toEqual({ path, isNew: true });
    const made = (await first.vault.makeKeys("s", ["p"])).get("p");
    await first.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);

    renameSync(path, `${path}.away`);
    const without = await place.open();
    await expect(without.vault.keysOf("s", ["p"])).rejects.toMatchObject({ code: "vault.key-file-missing" });
    await without.close();
    expect(existsSync(path)).toBe(false);

    writeFileSync(path, `${randomBytes(32).toString("hex")}\n`);
    const other = await place.open();
    await expect(other.vault.unlock()).rejects.toMatchObject({ code: "vault.key-file-wrong" });
    await other.close();

    rmSync(path);
    renameSync(`${path}.away`, path);
    const again = await place.open();
    expect((await again.vault.keysOf("s", ["p", "nobody"])).get("p")).toEqual(made);
    expect(await again.vault.destroy("s", ["p"])).toBe(true);
    expect(await again.vault.keysOf("s", ["p"])).toEqual(new Map());
    await again.close();
  });

  test("takes a new master key, finishes a change that was stopped in the middle, and lets no old server add keys", async () => {
    const path = masterKeyBeside(place.location.dataDir);
    const running = await place.open();
    const made = (await running.vault.makeKeys("s", ["p"])).get("p");
    const fingerprint = (await running.vault.emailIndexer("s"))("kari@example.org");
    const first = readFileSync(path);
    expect(await changeMasterKey(place.location, 1)).toEqual({ path, keys: 1 });
    expect(readFileSync(path).equals(first)).toBe(false);
    expect(existsSync(`${path}.new`)).toBe(false);
    await expect(running.vault.makeKeys("s", ["q"])).rejects.toMatchObject({ code: "vault.key-file-wrong" });
    await running.close();
    // As if the power had gone after the commit: the old file still stands, the new one beside it.
    renameSync(path, `${path}.new`);
    writeFileSync(path, first);
    const again = await place.open();
    expect(await again.vault.keysOf("s", ["p", "q"])).toEqual(new Map([["p", made]]));
    expect((await again.vault.emailIndexer("s"))("kari@example.org")).toBe(fingerprint);
    expect(existsSync(`${path}.new`)).toBe(false);
    await again.close();
  });

  test.skipIf(!isBuilt)(
    "seals a store of before there were keys, and goes on after a server that was killed in the middle",
    async () => {
      const store = await place.open();
      await addClearStudy(store);
      const child = spawnChild({ ...place.location, demonstration: null });
      const ended = new Promise((resolve) => child.once("exit", resolve));
      while ((await sealedAnswers(store)) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      child.kill("SIGKILL");
      await ended;
      await sealExisting(store, 9);
      expect(await sealedAnswers(store)).toBe(ANSWERS);
      expect((await store.vault.keysOf("s", ["p", "quiet"])).size).toBe(2);
      const answers = await answersUpTo(store.db, "s", ANSWERS);
      expect(answers.map(({ payload }) => payload)).toEqual(
        answers.map(({ seq }) => ({ kind: "value", value: `${WORDS} ${seq}` })),
      );
      expect(await contactOf(store.db, { study: "s", id: "p" })).toEqual({
        name: `${WORDS} Nordmann`,
        email: `${WORDS}@example.org`,
      });
      expect((await knownEmails(store.db, "s")).has(`${WORDS}@Example.org`)).toBe(true);
      const { dataDir } = place.location;
      const holding = readdirSync(dataDir).filter((name) =>
        readFileSync(join(dataDir, name), "latin1").includes(WORDS),
      );
      expect(holding).toEqual([]);
      await store.close();
    },
    60_000,
  );
});
