import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterAll, describe, expect, test } from "vitest";
import { auditVerdict } from "../audit/verify.ts";
import { isBuilt, keepingChild } from "../testing/child.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { kills, makeChance, pause } from "../testing/kills.ts";
import { earlyMigrations, makeOldStore, oldAnswer } from "../testing/old-store.ts";
import { openSealed } from "../vault/open-sealed.ts";
import { openPool } from "./open.ts";
import { answersUpTo } from "./queries/answers.ts";
import { contactOf } from "./queries/people.ts";

afterAll(stopPostgres);

const KILLS = kills(6);
const ANSWERS = 2500;

/** What has been carried out, as a look from outside finds it. */
async function carriedOut({ location }: TestPlace): Promise<readonly string[]> {
  const asked = "select name from migration order by name";
  if (location.databaseUrl !== undefined) {
    const pool = openPool(location.databaseUrl, 1);
    const { rows } = await pool.query<{ name: string }>(asked);
    await pool.end();
    return rows.map(({ name }) => name);
  }
  const database = new SQLite(join(location.dataDir, "longwave.sqlite"));
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  const rows = database.prepare<[], { name: string }>(asked).all();
  database.close();
  return rows.map(({ name }) => name);
}

/** Finishes what was begun, and looks whether all of the old store is there. */
async function expectWhole(place: TestPlace): Promise<void> {
  const store = await openSealed(place.location, 9);
  const kept = await answersUpTo(store.db, "s", ANSWERS);
  expect(kept).toHaveLength(ANSWERS);
  expect(
    kept.filter(({ seq, payload }) => JSON.stringify(payload) !== JSON.stringify(oldAnswer(seq))),
  ).toEqual([]);
  expect(await contactOf(store.db, { study: "s", id: "p7" })).toEqual({
    name: "Name 7",
    email: "p7@example.org",
  });
  expect(await auditVerdict(store.db)).toMatchObject({ kind: "whole", chains: [{ lines: ANSWERS }] });
  await store.close();
}

describe.skipIf(!isBuilt).each(engines)(
  `a server killed ${KILLS} times while it brings an old store up to date, on %s`,
  (engine) => {
    test(
      "has carried out all steps or none, and goes on to a store with all that was in it",
      async () => {
        const chance = makeChance(engine === "sqlite" ? 3 : 4);
        const make = async () => {
          const place = await makePlace(engine);
          await makeOldStore(place.location, ANSWERS);
          const child = keepingChild({ task: "migrate", location: place.location });
          await child.loaded;
          return { place, child };
        };
        const whole = await make();
        const takes = await whole.child.work();
        if (takes === undefined) throw new Error("the store was not brought up to date");
        const all = await carriedOut(whole.place);
        await whole.place.remove();

        const early = Object.keys(earlyMigrations);
        let next = make();
        let before = 0;
        for (let kill = 0; kill < KILLS; kill++) {
          const { place, child } = await next;
          next = make();
          const working = child.work();
          await Promise.race([pause(takes * chance()), working]);
          child.process.kill("SIGKILL");
          if ((await working) === undefined) before += 1;
          const done = await carriedOut(place);
          const steps = done.filter((name) => name !== "0013-all-sealed");
          if (steps.length !== early.length)
            expect(steps).toEqual(all.filter((name) => name !== "0013-all-sealed"));
          await expectWhole(place);
          await place.remove();
        }
        const { place, child } = await next;
        child.process.kill("SIGKILL");
        await place.remove();
        expect(before, "a kill came before the end at least once").toBeGreaterThan(0);
      },
      300_000 * kills(1),
    );
  },
);
