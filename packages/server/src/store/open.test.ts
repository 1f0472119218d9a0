import { chmodSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import { openStore, withoutPassword } from "./open.ts";

afterAll(stopPostgres);

/** In the order in which they are carried out. */
const migrations = [
  "0001-spine",
  "0002-run-heartbeat",
  "0003-discussion",
  "0004-runs-and-deviations",
  "0005-releases",
  "0006-mail",
  "0007-own-record",
  "0008-comment-parent",
  "0009-departures",
  "0009-erasure-requests",
  "0009-audit-chain",
  "0010-contacts",
  "0011-roles",
  "0012-sessions",
  "0013-sealed",
  "0014-letters",
  "0015-versions",
  "0016-staff-entry",
  "0017-open-link",
  "0019-passkeys",
  "0019-returned-mail",
  "0021-consents",
  "0017-inbox",
  "0020-contact-changes",
  "0022-data-queries",
  "0023-imports",
];

describe.each(engines)("the store on %s", (engine) => {
  test("brings its tables up to date once, and opens again with what it holds", async () => {
    const place = await makePlace(engine);
    const first = await place.open(5);
    await first.close();
    const second = await place.open(9);
    const rows = await second.db.selectFrom("migration").selectAll().execute();
    expect(rows).toEqual(migrations.map((name) => ({ name, applied_at: 5 })));
    await second.close();
    await place.remove();
  });

  test.runIf(engine === "postgres")(
    "is brought up to date once by processes that open it at the same moment",
    async () => {
      const place = await makePlace(engine);
      const stores = await Promise.all(Array.from({ length: 4 }, () => place.open(5)));
      const rows = await stores[0]?.db.selectFrom("migration").selectAll().execute();
      expect(rows).toHaveLength(migrations.length);
      for (const store of stores) await store.close();
      await place.remove();
    },
  );

  test("gives whole numbers of 64 bits as numbers", async () => {
    const place = await makePlace(engine);
    const store = await place.open();
    const { rows } = await sql<{
      n: number;
    }>`select cast(1795383091065 as bigint) as n, count(*) as c`.execute(store.db);
    expect(rows).toEqual([{ n: 1_795_383_091_065, c: 1 }]);
    await store.close();
    await place.remove();
  });
});

describe("a store that cannot be opened", () => {
  test("says where and why, and never shows a password", async () => {
    const databaseUrl = "postgres://anna:secret@127.0.0.1:1/none";
    const opening = openStore({ dataDir: tmpdir(), databaseUrl }, 0);
    await expect(opening).rejects.toThrow(/postgres:\/\/anna:…@127\.0\.0\.1:1\/none/);
    await expect(openStore({ dataDir: tmpdir(), databaseUrl }, 0)).rejects.not.toThrow(/secret/);
    expect(withoutPassword("postgres://127.0.0.1/x")).toBe("postgres://127.0.0.1/x");
    expect(withoutPassword("postgres://anna:s@cr:et/1@host:5432/x")).toBe("postgres://anna:…@host:5432/x");
    expect(withoutPassword("postgres://host/x?user=anna&password=secret")).toBe("postgres://host/x");
  });

  test("says so when the file is not a database", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "longwave-broken-"));
    writeFileSync(
      join(dataDir, "longwave.sqlite"),
      "this is not a database, and long enough to be taken for one".repeat(20),
    );
    await expect(openStore({ dataDir }, 0)).rejects.toThrow(/not a database/);
  });
});

describe("SQLite", () => {
  test("keeps its files readable by their owner only, even in a folder that is open to others", async () => {
    const place = await makePlace("sqlite");
    chmodSync(place.location.dataDir, 0o755);
    const store = await place.open();
    for (const name of readdirSync(place.location.dataDir))
      expect(statSync(join(place.location.dataDir, name)).mode & 0o077, name).toBe(0);
    await store.close();
    await place.remove();
  });

  test("syncs its log at every commit, so that what was acknowledged survives a power cut", async () => {
    const place = await makePlace("sqlite");
    const store = await place.open();
    const pragma = async (name: string) =>
      (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(store.db)).rows[0];
    expect(await pragma("journal_mode")).toEqual({ journal_mode: "wal" });
    expect(await pragma("synchronous")).toEqual({ synchronous: 2 });
    await store.close();
    await place.remove();
  });
});
