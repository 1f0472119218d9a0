import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCommitQueue } from "../answers/commit-queue.ts";
import { openStore, type Store } from "../store/open.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { isBuilt, keepingChild } from "../testing/child.ts";
import { kills, makeChance, pause } from "../testing/kills.ts";
import { makeOldStore } from "../testing/old-store.ts";
import { openSealed } from "../vault/open-sealed.ts";
import { restoreStore } from "./restore.ts";

const KILLS = kills(18);
const ANSWERS = 5000;

/** Adds an answer every now and then, as people do, until it is told to stop; says how many there are. */
function keepAnswering({ db }: Store): { count(): number; stop(): Promise<void> } {
  const queue = createCommitQueue(db);
  let count = ANSWERS;
  let going = true;
  const answer = { given: true, wave: "w1", item: "j", payload: '{"kind":"skipped"}', answeredAt: 2 };
  const plain = { ...answer, late: false, replaces: undefined, refusal: undefined };
  const run = async (): Promise<void> => {
    while (going) {
      const answers = [{ ...plain, id: crypto.randomUUID() }];
      await queue.submit({ study: "s", person: "p1", receivedAt: 2, answers });
      count += 1;
      await pause(3);
    }
  };
  const running = run();
  return {
    count: () => count,
    async stop() {
      going = false;
      await running;
    },
  };
}

describe.skipIf(!isBuilt)(`a backup killed ${KILLS} times while answers come in`, () => {
  const root = mkdtempSync(join(tmpdir(), "longwave-backup-"));
  const [dataDir, folder] = [join(root, "data"), join(root, "backups")];
  const [out, keys] = [join(folder, "b.tar.gz"), join(folder, "k.tar.gz")];
  const make = () => keepingChild({ task: "backup", order: { dataDir, out, keys } });
  let store: Store;
  beforeAll(async () => {
    mkdirSync(dataDir);
    mkdirSync(folder);
    await makeOldStore({ dataDir }, ANSWERS);
    store = await openSealed({ dataDir }, 1);
  });
  afterAll(async () => {
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  /** Restores what there is into a folder of its own, and says how many answers it holds. */
  async function answersIn(name: string): Promise<number> {
    const restored = join(root, name);
    const agrees = async (): Promise<boolean> => true;
    await restoreStore({ backup: out, keys, dataDir: restored, at: 3, agrees });
    const copy = await openStore({ dataDir: restored }, 3);
    const kept = await answersUpTo(copy.db, "s", 1e9);
    await copy.close();
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index + 1));
    return kept.length;
  }

  test(
    "leaves the last whole backup in its place, and nothing lying about once the next one is made",
    async () => {
      const answering = keepAnswering(store);
      const first = make();
      await first.loaded;
      const takes = await first.work();
      if (takes === undefined) throw new Error("the first backup was not made");
      let atLeast = ANSWERS;
      let cutOff = 0;
      const chance = makeChance(9);
      let next = make();
      for (let kill = 0; kill < KILLS; kill++) {
        const child = next;
        await child.loaded;
        next = make();
        const before = answering.count();
        const working = child.work();
        await Promise.race([pause(takes * chance()), working]);
        child.process.kill("SIGKILL");
        if ((await working) === undefined) cutOff += 1;
        else atLeast = before;
        if (kill % 6 === 5) expect(await answersIn(`restored-${kill}`)).toBeGreaterThanOrEqual(atLeast);
      }
      expect(cutOff, "a kill came before the end at least once").toBeGreaterThan(0);
      expect(existsSync(out)).toBe(true);

      await next.loaded;
      const before = answering.count();
      expect(await next.work()).toBeDefined();
      await answering.stop();
      expect(await answersIn("last")).toBeGreaterThanOrEqual(before);
      expect(readdirSync(folder).sort(), "no copy and no key is left behind").toEqual([
        "b.tar.gz",
        "k.tar.gz",
      ]);
    },
    300_000 * kills(1),
  );
});
