import { type Kysely, sql } from "kysely";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { recordEvent } from "../store/queries/audit.ts";
import type { Tables } from "../store/schema.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { verifyAudit } from "./verify.ts";

afterAll(stopPostgres);

describe.each(engines)("the audit on %s", (engine) => {
  let place: TestPlace;
  beforeEach(async () => {
    place = await makePlace(engine);
    const store = await place.open();
    for (let number = 1; number <= 6; number++)
      await recordEvent(store.db, {
        at: number,
        ...(number % 3 === 0 ? {} : { study: "pain" }),
        actor: "staff:a",
        action: "data.read",
        detail: { number },
      });
    await store.close();
  });
  afterEach(() => place.remove());
  const verdict = () => verifyAudit(place.location, 0);
  async function tamper(change: (db: Kysely<Tables>) => Promise<unknown>): Promise<void> {
    const store = await place.open();
    await change(store.db);
    await store.close();
  }

  test("is whole when nobody touched it, with a chain for each study", async () => {
    const found = await verdict();
    if (found.kind !== "whole") throw new Error("expected a whole audit");
    expect(found.chains.map(({ study, lines }) => [study, lines])).toEqual([
      ["", 2],
      ["pain", 4],
    ]);
  });

  const changes: readonly [string, string, number][] = [
    ["changed in one letter", `update audit set detail = '{"number":9}' where detail = '{"number":2}'`, 2],
    ["given another time", `update audit set at = 99 where detail = '{"number":4}'`, 3],
    ["taken out of the middle", `delete from audit where detail = '{"number":2}'`, 2],
    ["taken off the end", `delete from audit where detail = '{"number":5}'`, 4],
  ];
  test.each(changes)("names the first line that is not as it was: %s", async (_name, statement, line) => {
    await tamper((db) => sql.raw(statement).execute(db));
    expect(await verdict()).toMatchObject({ kind: "broken", study: "pain", line });
  });

  test("passes through ends that were kept elsewhere, and does not once it was written anew or cut short", async () => {
    const found = await verdict();
    const kept = found.kind === "whole" ? found.chains : [];
    expect(await verifyAudit(place.location, 0, kept)).toEqual(found);
    const other = kept.map((each) => ({ ...each, hash: "0".repeat(64) }));
    const anew = { kind: "broken", study: "pain", line: 4, expected: "the hash that was kept elsewhere" };
    expect(await verifyAudit(place.location, 0, other.slice(1))).toMatchObject(anew);
    const longer = kept.map((each) => ({ ...each, lines: each.lines + 1 }));
    expect(await verifyAudit(place.location, 0, longer.slice(1))).toMatchObject({ study: "pain", line: 5 });
    const gone = { study: "gone", lines: 3, hash: "0".repeat(64) };
    expect(await verifyAudit(place.location, 0, [gone])).toMatchObject({ study: "gone", line: 1 });
  });

  test("finds a line that was put in beside the chains", async () => {
    await tamper((db) =>
      sql
        .raw("insert into audit (id, at, actor, action, detail) values ('x', 1, 'staff:b', 'y', '{}')")
        .execute(db),
    );
    expect(await verdict()).toMatchObject({ kind: "broken", id: "x" });
  });

  test("has no branches however many servers write at once", async () => {
    // SQLite belongs to one server; there the writes of one meet each other.
    const stores = await Promise.all(engine === "sqlite" ? [place.open()] : [place.open(), place.open()]);
    const writes = stores.flatMap(({ db }) =>
      Array.from({ length: 15 }, (_, at) =>
        recordEvent(db, { at, study: "pain", actor: "a", action: "data.read" }),
      ),
    );
    await Promise.all(writes);
    for (const store of stores) await store.close();
    const found = await verdict();
    expect(found.kind === "whole" && found.chains.find(({ study }) => study === "pain")?.lines).toBe(
      4 + 15 * stores.length,
    );
  });
});
